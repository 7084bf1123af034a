import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayOf, formatCompactTime, formatDateTime, parseWireTime, startOfDayMs } from './time.ts'

const AT_113442 = Date.UTC(2023, 3, 18, 3, 34, 42)

describe('parseWireTime', () => {
  test.each([
    ['20230418113442', AT_113442],
    ['2023-04-18 11:34:42', AT_113442],
    ['2023-04-18T11:34:42', AT_113442],
    ['20230418', Date.UTC(2023, 3, 17, 16)],
    ['2023-04-18', Date.UTC(2023, 3, 17, 16)],
    ['20240229000000', Date.UTC(2024, 1, 28, 16)],
  ])('reads %s as Beijing time (Q11)', (text, atMs) => {
    expect(parseWireTime(text)).toBe(atMs)
  })

  test.each([
    '20230229',
    '2023-02-30',
    '20231301',
    '20230400',
    '20230418240000',
    '20230418236000',
    '20230418235960',
    '2023-0418',
    '202304-18',
    '2023-4-18',
    '2023041811',
    '202304181134',
    '2023/04/18',
    '2023-04-18 11:34:42.000',
    '2023-04-18T11:34:42Z',
    ' 20230418',
    '',
    '0',
    '1681788882000',
  ])('refuses %s', (text) => {
    expect(parseWireTime(text)).toBeUndefined()
  })

  test('reads back what the formatters write', () => {
    const anySecond = fc.integer({ min: 0, max: 4_102_444_800 }).map((second) => second * 1000)
    fc.assert(
      fc.property(anySecond, (atMs) => {
        expect(parseWireTime(formatDateTime(atMs))).toBe(atMs)
        expect(parseWireTime(formatCompactTime(atMs))).toBe(atMs)
      }),
    )
  })
})

describe('the calendar day', () => {
  test('changes at midnight in Beijing, which is 16:00 UTC', () => {
    expect(dayOf(Date.UTC(2023, 3, 17, 15, 59, 59, 999))).toBe('2023-04-17')
    expect(dayOf(Date.UTC(2023, 3, 17, 16))).toBe('2023-04-18')
    expect(dayOf(Date.UTC(2023, 11, 31, 16))).toBe('2024-01-01')
  })

  test('starts at its first millisecond', () => {
    expect(startOfDayMs('2023-04-18')).toBe(Date.UTC(2023, 3, 17, 16))
    expect(dayOf(startOfDayMs('2024-02-29'))).toBe('2024-02-29')
    expect(() => startOfDayMs('2023-02-29')).toThrow(RangeError)
  })

  test('is written in the forms of the wire', () => {
    expect(formatDateTime(AT_113442)).toBe('2023-04-18 11:34:42')
    expect(formatCompactTime(AT_113442)).toBe('20230418113442')
  })
})
