import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJsonObject, JsonNumber, parseJson, stringifyJson } from './json.ts'

test('a number keeps the digits in which it was written', () => {
  const text = '{"a":40.10,"b":[0.30000000000000004,1e2],"c":90071992547409.93,"d":-0.00,"e":12345678901234567890}'
  const read = parseJson(text)?.value
  expect(read).toMatchObject({ a: new JsonNumber('40.10'), c: new JsonNumber('90071992547409.93') })
  expect(stringifyJson(read)).toBe(text)
})

test('text that is not JSON is an answer, not an exception', () => {
  for (const text of ['', '{', 'NaN', '<html>', '{"a":1,}', '\u0000', "{'a':1}"])
    expect(parseJson(text)).toBeUndefined()
  expect(parseJson('null')).toEqual({ value: null })
})

test('a key called __proto__ is a key and changes no prototype', () => {
  const read = parseJson('{"__proto__":{"code":1}}')?.value
  expect(isJsonObject(read) && Object.hasOwn(read, 'code')).toBe(false)
  expect((read as { code?: unknown }).code).toBeUndefined()
  expect(stringifyJson(read)).toBe('{"__proto__":{"code":1}}')
})

test('an array, a number and null are no objects', () => {
  expect([[], new JsonNumber('1'), null, 'x', undefined].some(isJsonObject)).toBe(false)
  expect(isJsonObject({})).toBe(true)
})

test('any JSON is written back as it was read', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const canonical = JSON.stringify(JSON.parse(text))
      return stringifyJson(parseJson(canonical)?.value) === canonical
    }),
  )
})
