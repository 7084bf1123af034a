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

/** JSON as no serializer writes it: members twice, places for names, blanks, any spelling of a number. */
const written: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.constantFrom('0', '-0', '1', '1.0', '1.00', '-1e0', '1E+0', '10e-1', '9007199254740993', '9007199254740992'),
      fc.constantFrom('"1"', '":1,"', '"\\""', '"\\\\"', '"\\\\\\" : 1"', '"{"', 'null', 'true', '"\\u0031"'),
    ),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[ ${items.join(' ,')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', '1', '0', '__proto__', '\\"', ''), tie('value')), { maxLength: 4 })
      .map((members) => `{${members.map(([name, value]) => `"${name}"\n: ${value}`).join(',')}}`),
  ),
})).value

test('every number keeps its own digits, whatever order the language gives to names', () => {
  const slowly = (text: string) =>
    JSON.parse(text, ((_key: string, value: unknown, { source }: { source: string }) =>
      typeof value === 'number' ? new JsonNumber(source) : value) as (key: string, value: unknown) => unknown)
  fc.assert(
    fc.property(written, (text) => {
      expect(parseJson(text)?.value).toEqual(slowly(text))
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['{"2":1.0,"1":1}', '{"1":1,"2":1.0}'],
  ['{"a":"s","b":1,"a":1.0}', '{"a":1.0,"b":1}'],
  ['{"a":{"x":1.00},"a":2,"b":3}', '{"a":2,"b":3}'],
])('names that are places, or stand twice, move no digits: %s', (text, expected) => {
  expect(stringifyJson(parseJson(text)?.value)).toBe(expected)
})

test('a text nested deeper than can be walked is an answer, not an exception', () => {
  expect(parseJson(`${'['.repeat(200_000)}1${']'.repeat(200_000)}`)).toBeUndefined()
})
