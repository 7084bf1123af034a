import { describe, expect, test } from 'vitest'
import { centreExample, changedExample, changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { readFeeDetailReply, readFeeDetailRequest } from './fee-detail.ts'
import { readFeeListRequest } from './fee-list.ts'
import { isJsonObject, JsonNumber, type JsonObject, stringifyJson } from './json.ts'
import { readMiniProgramResult } from './mini-program-result.ts'
import { readNotifyClinicReply } from './notify-clinic.ts'
import { readQueryOrderReply } from './query-order.ts'
import { readRefundReply } from './refund.ts'
import { readRevokeUploadReply } from './revoke-upload.ts'
import { readSettlementResult } from './settlement-result.ts'
import { readUploadFeesReply } from './upload-fees.ts'
import { MOST_FINDINGS, type WireDrift } from './wire-drift.ts'
import type { ReplyRead, WireRead } from './wire-read.ts'
import { safeFieldName, shapeOf } from './wire-shape.ts'

type Reader = (bodyText: string) => WireRead<unknown> | ReplyRead<unknown>

function driftOf(read: Reader, body: string): readonly WireDrift[] {
  const answer = read(body)
  if (!('drift' in answer)) throw new Error(`not read: ${JSON.stringify(answer)}`)
  return answer.drift
}

const READERS: Readonly<Record<string, Reader>> = {
  '1.3-query-order.response': readQueryOrderReply,
  '1.4-refund.response': readRefundReply,
  '1.6-upload-fees.response': readUploadFeesReply,
  '1.7-revoke-upload.response': readRevokeUploadReply,
  '1.8-notify-clinic.response': readNotifyClinicReply,
  '2.1-pending-fee-detail.request': readFeeDetailRequest,
  '2.1-pending-fee-detail.response': readFeeDetailReply,
  '2.2-settlement-result.request': readSettlementResult,
  '2.3-mini-program-result.request': readMiniProgramResult,
  '2.4-pending-charge-list.request': readFeeListRequest,
}

test.each(Object.entries(READERS))('%s as published does not drift from the document', (name, read) => {
  expect(driftOf(read, centreExample(name))).toEqual([])
})

describe('what is counted', () => {
  const detail = (change: JsonObject) => driftOf(readFeeDetailReply, changedExampleData(FEE_DETAIL, change))
  const query = (change: JsonObject) => driftOf(readQueryOrderReply, changedExampleData(QUERY, change))
  const settlement = (change: JsonObject) => driftOf(readSettlementResult, changedExampleData(SETTLEMENT, change))

  test('an unknown field, with how it is built and nothing of what it says', () => {
    expect(query({ mobile: '13800000000' })).toEqual([
      { kind: 'unknownField', path: 'data.mobile', sample: '"99999999999"' },
    ])
    expect(driftOf(readQueryOrderReply, changedExample(QUERY, { traceId: 'a-1' }))).toEqual([
      { kind: 'unknownField', path: 'traceId', sample: '"a-9"' },
    ])
  })

  test('a field that table and example carry and the reader can do without', () => {
    expect(query({ extData: undefined })).toEqual([{ kind: 'missingField', path: 'data.extData' }])
    expect(detail({ caty: null, medType: undefined })).toEqual([
      { kind: 'missingField', path: 'data.caty' },
      { kind: 'missingField', path: 'data.medType' },
    ])
    const reply = changedExampleData('1.6-upload-fees.response', { payToken: undefined })
    expect(driftOf(readUploadFeesReply, reply)).toEqual([{ kind: 'missingField', path: 'data.payToken' }])
  })

  test('a number where the document says text, and the reverse', () => {
    expect(query({ payOrdId: new JsonNumber('140100') })).toEqual([
      { kind: 'changedType', path: 'data.payOrdId', sample: '999999' },
    ])
    expect(settlement({ feeSumamt: '40.09' })).toEqual([{ kind: 'changedType', path: 'feeSumamt', sample: '"99.99"' }])
    // The document itself writes these both ways (Q8).
    expect(query({ feeSumamt: '39.09' })).toEqual([])
    expect(detail({ medfeeSumamt: new JsonNumber('40.12') })).toEqual([])
  })

  test('a code that its dictionary does not name', () => {
    expect(query({ ordStas: '99', setlType: 'BOTH' })).toEqual([
      { kind: 'unknownCode', path: 'data.ordStas', sample: '"99"' },
      { kind: 'unknownCode', path: 'data.setlType', sample: '"aaaa"' },
    ])
    expect(detail({ insutype: '999', medType: '110104' })).toEqual([
      { kind: 'unknownCode', path: 'data.insutype', sample: '"999"' },
    ])
  })

  test('inside lists, each place under one path', () => {
    const { data } = parsedExample(FEE_DETAIL)
    if (!isJsonObject(data) || !Array.isArray(data.feedetailList)) throw new Error('the example has lines')
    const [line] = data.feedetailList
    const changed = { ...line, medType: 'zz', bilgDrName: undefined, colour: '红' }
    expect(detail({ feedetailList: [changed, changed] })).toEqual([
      { kind: 'unknownCode', path: 'data.feedetailList[].medType', sample: '"aa"' },
      { kind: 'missingField', path: 'data.feedetailList[].bilgDrName' },
      { kind: 'unknownField', path: 'data.feedetailList[].colour', sample: '"字"' },
    ])
  })

  test('inside the insurance details, as an object or as its text (Q5), with what contradicts in them (Q6)', () => {
    const extData = {
      setlinfo: { medType: 'x1', newOne: true, psnCashPay: '1.00' },
      SETLINFO: { psn_cash_pay: '2.00' },
    }
    const expected: WireDrift[] = [
      { kind: 'unknownCode', path: 'extData.setlinfo.medType', sample: '"a9"' },
      { kind: 'unknownField', path: 'extData.setlinfo.newOne', sample: 'true' },
      { kind: 'conflict', path: 'extData.setlinfo.psnCashPay/SETLINFO.psn_cash_pay' },
    ]
    expect(settlement({ extData })).toEqual(expected)
    expect(settlement({ extData: stringifyJson(extData) })).toEqual(expected)
  })

  test('never more than a bounded number a message, and documented fields before a flood of others', () => {
    const flood = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`x${index}`, index]))
    const drift = query({ ...flood, ordStas: '99' })
    expect(drift).toHaveLength(MOST_FINDINGS)
    expect(drift[0]?.path).toBe('data.ordStas')
  })
})

const QUERY = '1.3-query-order.response'
const SETTLEMENT = '2.2-settlement-result.request'
const FEE_DETAIL = '2.1-pending-fee-detail.response'

describe('a shape', () => {
  test.each<[unknown, string]>([
    ['测试甲', '"字字字"'],
    ['99010119900101001X', '"99999999999999999a"'],
    ['2023-04-18', '"9999-99-99"'],
    ['ÄßЖ٣\u0000😀', '"aaa9··"'],
    [new JsonNumber('-12.50'), '-99.99'],
    [true, 'true'],
    [null, 'null'],
    [['测试甲'], '[…]'],
    [{ 测试甲: 1 }, '{…}'],
  ])('of %j holds nothing of the value', (value, shape) => {
    expect(shapeOf(value)).toBe(shape)
  })

  test('is at most 40 characters', () => {
    expect(shapeOf('测'.repeat(1_000_000))).toBe(`"${'字'.repeat(40)}"`)
    expect(shapeOf('😀'.repeat(100))).toHaveLength(42)
  })

  test('a name is kept if it looks like one, and else by its shape', () => {
    for (const name of ['newField', 'snake_case', 'SETLINFO', 'x12']) expect(safeFieldName(name)).toBe(name)
    expect(safeFieldName('99010119900101001X')).toBe('〈99999999999999999a〉')
    expect(safeFieldName('A99010119900101001X')).toBe('〈a99999999999999999a〉')
    expect(safeFieldName('张三')).toBe('〈字字〉')
    expect(safeFieldName('a'.repeat(1000))).toHaveLength(42)
  })
})
