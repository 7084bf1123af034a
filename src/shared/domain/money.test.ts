import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  addFen,
  type Fen,
  fen,
  fenFromYuanText,
  fenSchema,
  formatYuan,
  MAX_FEN,
  parseDecimal,
  subtractFen,
  sumYuanTextsToFen,
  yuanText,
} from './money.ts'

const anyFen = fc.integer({ min: -MAX_FEN, max: MAX_FEN }).map(fen)

/** A decimal with up to six places, as text and as an exact integer of millionths. */
const anyDecimal = fc
  .record({ whole: fc.bigInt({ min: 0n, max: 10n ** 9n }), millionths: fc.bigInt({ min: 0n, max: 999_999n }) })
  .map(({ whole, millionths }) => ({
    text: `${whole}.${String(millionths).padStart(6, '0')}`,
    millionths: whole * 1_000_000n + millionths,
  }))

describe('fen', () => {
  test('is a whole number within the limits', () => {
    expect(fen(MAX_FEN)).toBe(MAX_FEN)
    for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_FEN + 1, -MAX_FEN - 1]) {
      expect(() => fen(bad)).toThrow(RangeError)
    }
    expect(fenSchema.safeParse('1').success).toBe(false)
  })

  test('adds and subtracts exactly, and refuses to leave its range', () => {
    expect(addFen(fen(10), fen(20), fen(-5))).toBe(25)
    expect(addFen()).toBe(0)
    expect(subtractFen(fen(4009), fen(3909))).toBe(100)
    expect(() => addFen(fen(MAX_FEN), fen(1))).toThrow(RangeError)
  })
})

describe('yuan text', () => {
  test('goes to fen and back unchanged', () => {
    fc.assert(fc.property(anyFen, (amount) => fenFromYuanText(yuanText(amount)) === amount))
  })

  test.each([
    ['0', 0],
    ['0.00', 0],
    ['-0.00', 0],
    ['21.5', 2150],
    ['21.50', 2150],
    ['40.100000', 4010],
    ['58', 5800],
    ['-7.61', -761],
    ['1e2', 10000],
    ['4.009E1', 4009],
    ['1.5e-1', 15],
    ['0.29', 29],
    ['1.005e3', 100500],
    ['22517998136852.48', MAX_FEN],
  ])('%s is %i fen', (text, expected) => {
    expect(fenFromYuanText(text)).toBe(expected)
  })

  test('zero has no sign', () => {
    expect(Object.is(fenFromYuanText('-0.00'), 0)).toBe(true)
  })

  test.each([
    ['0.001', 'a part smaller than one fen'],
    ['40.123456', 'a part smaller than one fen'],
    ['1e-3', 'a part smaller than one fen'],
    ['22517998136852.49', 'beyond the limit'],
    ['90071992547409.93', 'where a float would already have lost the fen'],
    ['-22517998136852.49', 'beyond the limit'],
    ['1e99', 'beyond the limit'],
    ['', 'no number'],
    ['+1.5', 'a plus sign, which JSON does not write'],
    ['--1', 'two signs'],
    [' 1', 'blanks'],
    ['1,234.00', 'grouping'],
    ['1.', 'no fraction'],
    ['.5', 'no whole part'],
    ['NaN', 'no number'],
    ['Infinity', 'no number'],
    ['0x10', 'no decimal'],
    ['١٢', 'digits of another script'],
    ['1e999', 'exponent too long'],
  ])('%s is refused: %s', (text) => {
    expect(fenFromYuanText(text)).toBeUndefined()
  })

  test('anything smaller than a fen is refused, never rounded', () => {
    fc.assert(
      fc.property(anyDecimal, ({ text, millionths }) => {
        const expected = millionths % 10_000n === 0n ? Number(millionths / 10_000n) : undefined
        return fenFromYuanText(text) === expected
      }),
    )
  })

  test('is grouped for people, with two decimals and the sign in front', () => {
    expect(formatYuan(fen(123_456_789))).toBe('1,234,567.89')
    expect(formatYuan(fen(-100_000))).toBe('-1,000.00')
    expect(formatYuan(fen(5))).toBe('0.05')
    expect(formatYuan(fen(99_999))).toBe('999.99')
    expect(yuanText(fen(123_456))).toBe('1234.56')
  })
})

describe('sum of fee lines', () => {
  test('equals exact integer arithmetic, rounded half up once at the end', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal, { maxLength: 60 }), (lines) => {
        const exact = lines.reduce((sum, line) => sum + line.millionths, 0n)
        const rounded = (exact + 5_000n) / 10_000n
        return sumYuanTextsToFen(lines.map((line) => line.text)) === Number(rounded)
      }),
    )
  })

  test.each<[string, string[], number]>([
    ['no line', [], 0],
    ['tenths that no float can hold', ['0.1', '0.2'], 30],
    ['ten times a tenth', Array.from({ length: 10 }, () => '0.1'), 100],
    ['halves of a fen are not rounded line by line', ['0.004', '0.004', '0.004'], 1],
    ['half a fen goes up', ['0.005'], 1],
    ['the example of 2.1', ['40.123456'], 4012],
    ['a large sum keeps its fen', ['22517998136852.47', '0.01'], MAX_FEN],
  ])('%s', (_name, lines, expected) => {
    expect(sumYuanTextsToFen(lines)).toBe(expected)
  })

  test('a line that is no number, or a sum beyond the limit, gives no sum', () => {
    expect(sumYuanTextsToFen(['1.00', 'x'])).toBeUndefined()
    expect(sumYuanTextsToFen(['22517998136852.48', '0.01'])).toBeUndefined()
  })
})

test('a decimal keeps more digits than a float has', () => {
  expect(parseDecimal('90071992547409.93')?.toFixed()).toBe('90071992547409.93')
  expect(parseDecimal('123456789012345678901234.123456789012')?.toFixed()).toBe('123456789012345678901234.123456789012')
})

test('a plain number is no amount until it has passed `fen`', () => {
  expectTypeOf<number>().not.toExtend<Fen>()
  expectTypeOf(fen(1)).toExtend<number>()
})
