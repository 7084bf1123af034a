import { expect, test } from 'vitest'
import { code128Widths } from './code128.ts'

const modules = (text: string) => code128Widths(text).reduce((sum, width) => sum + width, 0)

test('a text has a start, a symbol for each character, a check symbol and a stop', () => {
  for (const text of ['A', 'Aa1-zZ9_ec:42', ' !"~']) expect(modules(text)).toBe((text.length + 2) * 11 + 13)
})

test('the usual worked example, "PJJ123C": check value 54 after start A, so 55 after start B', () => {
  expect(code128Widths('PJJ123C').slice(-13, -7).join('')).toBe('311321')
})

test('every printable character has bars of its own', () => {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  const symbols = printable.map((character) => code128Widths(character).slice(6, 12).join(''))
  expect(new Set(symbols).size).toBe(95)
})
