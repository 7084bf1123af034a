import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wireAmount, wireText } from './fields.ts'
import { JsonNumber } from './json.ts'
import {
  describeProblems,
  readCode,
  readFields,
  readObject,
  readReply,
  requireThat,
  sameValue,
  unifySpellings,
} from './wire-read.ts'

const schema = z.object({ name: wireText })
const reply = (body: string) => readReply(schema, body)

describe('the envelope', () => {
  test.each(['1', '"1"'])('code %s is success (Q1)', (code) => {
    expect(reply(`{"code":${code},"message":"成功","data":{"name":"x"}}`)).toEqual({
      outcome: 'success',
      value: { name: 'x' },
      drift: [],
    })
  })

  test.each([
    ['0', '0'],
    ['-1', '-1'],
    ['"500"', '500'],
    ['11', '11'],
  ])("code %s is a refusal with the centre's own words", (code, text) => {
    expect(reply(`{"code":${code},"message":"余额不足"}`)).toEqual({
      outcome: 'refused',
      code: text,
      message: '余额不足',
    })
  })

  test.each(['1.0', 'true', '"01"', '"00"', '-0', '" 1"', '"１"', 'null', '[1]', '1e0', '"1\\n"'])(
    'code %s is neither',
    (code) => {
      expect(reply(`{"code":${code},"data":{"name":"x"}}`)).toMatchObject({
        outcome: 'unreadable',
        problems: [{ path: 'code' }],
      })
    },
  )

  test('message may be missing (Q2)', () => {
    expect(reply('{"code":1,"data":{"name":"x"}}')).toMatchObject({ outcome: 'success' })
    expect(reply('{"code":0}')).toEqual({ outcome: 'refused', code: '0', message: '' })
  })

  test.each([
    '"success":true,"data":{"name":"x"}',
    '"success":"true","data":{"name":"x"}',
    '"data":{"name":"x","success":"true"}',
  ])('a true success in either type changes nothing (Q3): %s', (rest) => {
    expect(reply(`{"code":1,${rest}}`)).toMatchObject({ outcome: 'success' })
  })

  test.each([
    '"success":false,"data":{"name":"x"}',
    '"success":"false","data":{"name":"x"}',
    '"data":{"name":"x","success":false}',
    '"success":true,"data":{"name":"x","success":"false"}',
  ])('a false success beside code 1 is a refusal (Q3): %s', (rest) => {
    expect(reply(`{"code":1,"message":"m",${rest}}`)).toEqual({ outcome: 'refused', code: '1', message: 'm' })
  })

  test.each(['', 'null', '[]', '"1"', '<html>502</html>', '{}', '{"data":{"name":"x"}}'])(
    '%s is unreadable',
    (body) => {
      expect(reply(body).outcome).toBe('unreadable')
    },
  )

  test('data of another kind is unreadable, missing data is an empty one', () => {
    expect(reply('{"code":1,"data":"x"}')).toMatchObject({ problems: [{ path: 'data' }] })
    expect(reply('{"code":1,"data":[]}')).toMatchObject({ problems: [{ path: 'data' }] })
    expect(reply('{"code":1}')).toMatchObject({ problems: [{ path: 'data.name', expected: '缺少必填字段' }] })
    expect(readReply(z.object({}), '{"code":1,"data":null}')).toMatchObject({ outcome: 'success' })
  })
})

describe('fields', () => {
  test('a problem names the path and never the value', () => {
    const nested = z.object({ lines: z.array(z.object({ amount: wireAmount })) })
    const read = readFields(nested, { lines: [{ amount: '1' }, { amount: '99010119900101001X' }, {}] }, 'data')
    if (read.ok) throw new Error('it has two problems')
    expect(read.problems.map((problem) => problem.path)).toEqual(['data.lines.1.amount', 'data.lines.2.amount'])
    expect(read.problems[1]?.expected).toBe('缺少必填字段')
    expect(describeProblems(read.problems)).not.toContain('9901')
  })

  test('what the schema does not name is counted, and not handed on', () => {
    expect(readFields(schema, { name: 'x', extra: '1' }, 'data')).toEqual({
      ok: true,
      value: { name: 'x' },
      drift: [{ kind: 'unknownField', path: 'data.extra', sample: '"9"' }],
    })
  })

  test('a rule over several fields is asked only of what could be read', () => {
    const problem = { path: 'name', expected: '应为 x' }
    const read = readFields(schema, { name: 'y' })
    expect(requireThat(read, (value) => value.name === 'x', problem)).toEqual({ ok: false, problems: [problem] })
    expect(requireThat(read, (value) => value.name === 'y', problem)).toBe(read)
    const unreadable = readObject('[')
    expect(requireThat(unreadable, () => true, problem)).toBe(unreadable)
  })

  test('problems become one line', () => {
    expect(
      describeProblems([
        { path: 'a', expected: '应为数字' },
        { path: '', expected: '应为 JSON' },
      ]),
    ).toBe('a：应为数字；应为 JSON')
  })
})

describe('two spellings of one field (Q4)', () => {
  const unify = (object: Record<string, unknown>) => unifySpellings(object, ['ownPayAmt', 'ownpayAmt'])

  test('either is read under the first name', () => {
    expect(unify({ ownpayAmt: '1' })).toMatchObject({ ok: true, value: { ownPayAmt: '1' } })
    expect(unify({ ownPayAmt: '1' })).toMatchObject({ ok: true, value: { ownPayAmt: '1' } })
    expect(unify({ other: '1' })).toEqual({ ok: true, value: { other: '1' }, drift: [] })
  })

  test('both with the same value, however it is written, are one', () => {
    expect(unify({ ownPayAmt: new JsonNumber('17.590'), ownpayAmt: '17.59' })).toMatchObject({ ok: true })
  })

  test('both with different values are a conflict', () => {
    expect(unify({ ownPayAmt: '17.59', ownpayAmt: '17.60' })).toMatchObject({
      ok: false,
      problems: [{ path: 'ownPayAmt/ownpayAmt' }],
    })
  })
})

test('the same value on the wire', () => {
  const number = (text: string) => new JsonNumber(text)
  expect(sameValue(number('0'), '0.00')).toBe(true)
  expect(sameValue(number('100'), number('100.00'))).toBe(true)
  expect(sameValue({ a: [number('1')] }, { a: [number('1')] })).toBe(true)
  expect(sameValue(number('100'), number('1'))).toBe(false)
  expect(sameValue('007', '7')).toBe(false)
  expect(sameValue('', '0')).toBe(false)
  expect(sameValue(null, '')).toBe(false)
  expect(sameValue({ a: '1' }, { a: '2' })).toBe(false)
})

test('the code is read as text', () => {
  expect(readCode(new JsonNumber('1'))).toBe('1')
  expect(readCode('-32000')).toBe('-32000')
  expect(readCode(1)).toBeUndefined()
})
