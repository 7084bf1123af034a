import fc from 'fast-check'
import { expect, it } from 'vitest'
import { excelText } from './csv-cells.ts'

it('no text from outside begins what a spreadsheet would run, whatever it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'=+-@＝ \t\r\n01e"') })), (text) => {
      expect(excelText(text)).not.toMatch(/^[=+\-@＝\t\r\n]/)
      expect(excelText(text).trim()).not.toMatch(/^[=+\-@＝]/)
    }),
  )
})

it.each([
  ['MZ20261123000101', 'MZ20261123000101'],
  ['123456789012345678', '123456789012345678\t'],
  ['00123', '00123\t'],
  ['2026-11-23 09:00:00', '2026-11-23 09:00:00'],
  ['12E5', '12E5\t'],
  ['3/4', '3/4\t'],
  ['=1+1', "'=1+1"],
  [' =1+1', "' =1+1"],
  ['a\u0000b', 'a b'],
])('%j is written %j', (text, written) => {
  expect(excelText(text)).toBe(written)
})
