import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, MAX_FEN, yuanText } from '../domain/money.ts'
import {
  wireAmount,
  wireDecimalText,
  wireEmbedded,
  wireOptionalAmount,
  wireOptionalText,
  wireOptionalTime,
  wireText,
  wireTime,
} from './fields.ts'
import { JsonNumber, parseJson } from './json.ts'

const number = (text: string) => new JsonNumber(text)

describe('text', () => {
  test('may stand as a number, and is trimmed', () => {
    expect(wireText.parse(' x ')).toBe('x')
    expect(wireText.parse(number('0012.50e1'))).toBe('0012.50e1')
  })

  test.each([[''], ['  '], [null], [undefined], [{}], [[]], [true]])('%j is no required text', (value) => {
    expect(wireText.safeParse(value).success).toBe(false)
  })

  test.each([[''], ['  '], [null], [undefined]])('%j means that an optional one was not told', (value) => {
    expect(wireOptionalText.parse(value)).toBeUndefined()
    expect(wireOptionalAmount.parse(value)).toBeUndefined()
    expect(wireOptionalTime.parse(value)).toBeUndefined()
  })
})

describe('amounts', () => {
  test('are strings in one interface and numbers in another (Q8)', () => {
    for (const value of ['40.1', '40.10', number('40.1'), number('40.100'), number('4.01e1')]) {
      expect(wireAmount.parse(value)).toBe(4010)
    }
  })

  test('pass from JSON text to fen without a float, as number and as string', () => {
    const anyFen = fc.integer({ min: -MAX_FEN, max: MAX_FEN }).map(fen)
    fc.assert(
      fc.property(anyFen, (amount) => {
        for (const json of [yuanText(amount), `"${yuanText(amount)}"`]) {
          expect(wireAmount.parse(parseJson(json)?.value)).toBe(amount)
        }
      }),
    )
  })

  test('an amount next to the limit keeps its fen', () => {
    expect(wireAmount.parse(parseJson('22517998136852.47')?.value)).toBe(MAX_FEN - 1)
    expect(wireAmount.parse(parseJson('22517998136852.46')?.value)).toBe(MAX_FEN - 2)
  })

  test.each(['0.001', '40.123456', '1e-3', '90071992547409.93', 'x', '1,000.00', 'NaN'])('%s is refused', (text) => {
    expect(wireAmount.safeParse(text).success).toBe(false)
    expect(wireOptionalAmount.safeParse(text).success).toBe(false)
  })

  test('a float that has slipped past the reader is refused', () => {
    expect(wireAmount.safeParse(40.1).success).toBe(false)
  })

  test('prices and counts of lines keep their digits (Q10)', () => {
    expect(wireDecimalText.parse(number('40.123456'))).toBe('40.123456')
    expect(wireDecimalText.parse('1.0000')).toBe('1.0000')
    expect(wireDecimalText.safeParse('1/3').success).toBe(false)
  })
})

describe('times (Q11)', () => {
  const atMs = Date.UTC(2023, 3, 18, 3, 34, 41)

  test.each(['20230418113441', '2023-04-18 11:34:41'])('%s is read, and its text kept', (text) => {
    expect(wireTime.parse(text)).toEqual({ text, atMs })
  })

  test('may stand as a number', () => {
    expect(wireTime.parse(number('20230418'))).toEqual({ text: '20230418', atMs: Date.UTC(2023, 3, 17, 16) })
  })

  test('an impossible day is refused, also where the time is optional', () => {
    expect(wireTime.safeParse('20230230').success).toBe(false)
    expect(wireOptionalTime.safeParse('20230230').success).toBe(false)
  })
})

describe('objects that may be text (Q5)', () => {
  test('are read alike', () => {
    const expected = { setlinfo: { acctPay: number('0.00') } }
    expect(wireEmbedded.parse({ setlinfo: { acctPay: number('0.00') } })).toEqual(expected)
    expect(wireEmbedded.parse('{"setlinfo":{"acctPay":0.00}}')).toEqual(expected)
  })

  test.each([[undefined], [null], ['']])('%j is an empty one', (value) => {
    expect(wireEmbedded.parse(value)).toEqual({})
  })

  test.each([['{'], ['[]'], ['text'], [[]], [number('1')], ['"{}"']])('%j is refused', (value) => {
    expect(wireEmbedded.safeParse(value).success).toBe(false)
  })
})
