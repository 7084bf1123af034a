import { describe, expect, test } from 'vitest'
import { centreExample, changedExample, changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { checkIdentity } from '../domain/settlement.ts'
import { isJsonObject, JsonNumber, type JsonObject, stringifyJson } from './json.ts'
import { readMiniProgramResult } from './mini-program-result.ts'
import { toSettlementAmounts } from './settlement-amounts.ts'
import { readSettlementResult } from './settlement-result.ts'

const NAME = '2.2-settlement-result.request'
const published = readSettlementResult(centreExample(NAME))

function flatExample(change: JsonObject = {}): string {
  const { data } = parsedExample(NAME)
  return stringifyJson({ ...(isJsonObject(data) ? data : {}), ...change })
}

describe('a settlement result (2.2)', () => {
  test('satisfies the identity as published', () => {
    if (!published.ok) throw new Error('the example is read')
    expect(checkIdentity(toSettlementAmounts(published.value))).toMatchObject({ holds: true, leftFen: 4009 })
  })

  test('is the same flat as in the table and wrapped as in the example (Q7)', () => {
    expect(readSettlementResult(flatExample())).toEqual(published)
  })

  test('repeats a field on both levels without harm when they agree (Q7)', () => {
    expect(readSettlementResult(changedExample(NAME, { feeSumamt: '40.090', setlType: 'HI' }))).toEqual(published)
  })

  test('with different values on the two levels is a conflict (Q7)', () => {
    expect(readSettlementResult(changedExample(NAME, { feeSumamt: '40.10' }))).toMatchObject({
      ok: false,
      problems: [{ path: 'feeSumamt/data.feeSumamt' }],
    })
  })

  test('whose wrapper says failure is no settlement', () => {
    for (const code of [new JsonNumber('0'), '500', 'x', null]) {
      expect(readSettlementResult(changedExample(NAME, { code }))).toMatchObject({
        ok: false,
        problems: [{ path: 'code' }],
      })
    }
    expect(readSettlementResult(changedExample(NAME, { code: '1' }))).toMatchObject({ ok: true })
    expect(readSettlementResult(changedExample(NAME, { code: undefined }))).toMatchObject({ ok: true })
  })

  test('names the cash part either way (Q4)', () => {
    const lower = changedExampleData(NAME, { ownPayAmt: undefined, ownpayAmt: new JsonNumber('17.59') })
    expect(readSettlementResult(lower)).toEqual(published)
    expect(readSettlementResult(changedExampleData(NAME, { ownpayAmt: '17.59' }))).toEqual(published)
    expect(readSettlementResult(changedExampleData(NAME, { ownpayAmt: '17.60' }))).toMatchObject({
      ok: false,
      problems: [{ path: 'ownPayAmt/ownpayAmt' }],
    })
  })

  test('carries its details as objects or as JSON text (Q5)', () => {
    const { data } = parsedExample(NAME)
    if (!isJsonObject(data)) throw new Error('the example is wrapped')
    const asText = { extData: stringifyJson(data.extData), uploadInfo: stringifyJson(data.uploadInfo) }
    expect(readSettlementResult(changedExampleData(NAME, asText))).toEqual(published)
    for (const extData of [undefined, null, '']) {
      expect(readSettlementResult(changedExampleData(NAME, { extData }))).toMatchObject({
        ok: true,
        value: { extData: {} },
      })
    }
  })

  test('is not refused for details that cannot be read; they are counted', () => {
    for (const extData of ['{"setlinfo":', 'text', [], new JsonNumber('1')]) {
      expect(readSettlementResult(changedExampleData(NAME, { extData }))).toMatchObject({
        ok: true,
        value: { extData: {}, feeSumamt: 4009 },
        drift: [{ kind: 'unreadableField', path: 'extData' }],
      })
    }
  })

  test('takes amounts as text or number (Q8) and times in every spelling (Q11)', () => {
    expect(
      readSettlementResult(changedExampleData(NAME, { fundPay: '21.5', hiChrgTime: '2023-04-18 11:34:42' })),
    ).toEqual(
      expect.objectContaining({
        ok: true,
        value: expect.objectContaining({
          fundPay: 2150,
          hiChrgTime: { text: '2023-04-18 11:34:42', atMs: Date.UTC(2023, 3, 18, 3, 34, 42) },
        }),
      }),
    )
  })

  test('keeps a status and a settlement type that nobody listed (Q17, Q20)', () => {
    expect(readSettlementResult(changedExampleData(NAME, { ordStas: '77', setlType: 'MIX' }))).toMatchObject({
      ok: true,
      value: { ordStas: '77', setlType: 'MIX' },
    })
  })

  test('reads the fields that only the example carries (Q18), and does without them', () => {
    expect(published).toMatchObject({ ok: true, drift: [], value: { ordStas: '6', callType: '1' } })
    const byTheTable = { ordStas: undefined, callType: undefined, traceTime: undefined, ecCode: undefined }
    const read = readSettlementResult(changedExampleData(NAME, byTheTable))
    expect(read).toMatchObject({ ok: true })
    expect(read.ok && read.value.ordStas).toBeUndefined()
  })

  test('other amounts in its details are no reason to refuse it (Q15)', () => {
    if (!published.ok) throw new Error('the example is read')
    expect(published.value.extData).toMatchObject({ setlinfo: { medfeeSumamt: new JsonNumber('39.09') } })
    expect(published.value.feeSumamt).toBe(4009)
  })

  test.each(['feeSumamt', 'fundPay', 'psnAcctPay', 'ownPayAmt', 'hiChrgTime', 'medOrgOrd', 'payOrdId', 'setlType'])(
    'without %s is refused by name',
    (field) => {
      expect(readSettlementResult(changedExampleData(NAME, { [field]: undefined }))).toMatchObject({
        ok: false,
        problems: [{ path: field, expected: '缺少必填字段' }],
      })
    },
  )

  test('with less than a fen in an amount is refused, not rounded', () => {
    expect(readSettlementResult(changedExampleData(NAME, { fundPay: new JsonNumber('21.501') }))).toMatchObject({
      ok: false,
      problems: [{ path: 'fundPay' }],
    })
  })
})

describe('a mini-program result (2.3)', () => {
  const MINI = '2.3-mini-program-result.request'
  const flat = readMiniProgramResult(centreExample(MINI))

  test('whose amounts do not make a whole is read all the same (Q16)', () => {
    if (!flat.ok) throw new Error('the example is read')
    expect(checkIdentity(toSettlementAmounts(flat.value))).toMatchObject({ holds: false, differenceFen: 3268 - 20223 })
  })

  test('may come wrapped, and with the other spelling (Q4, Q7)', () => {
    const { ownpayAmt, ...rest } = parsedExample(MINI)
    const wrapped = { code: '1', data: { ...rest, ownPayAmt: ownpayAmt } }
    expect(readMiniProgramResult(stringifyJson(wrapped))).toEqual(flat)
  })
})

test('amounts that were not told are null, which is not zero', () => {
  if (!published.ok) throw new Error('the example is read')
  const { outOfMIFee: _out, prePaidDeduction: _pre, ...rest } = published.value
  expect(toSettlementAmounts(rest)).toMatchObject({ outOfCatalogueFen: null, prepaidFen: null, accountFen: 0 })
  expect(toSettlementAmounts(published.value)).toMatchObject({ outOfCatalogueFen: 0, prepaidFen: 100 })
})
