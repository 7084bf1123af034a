import { describe, expect, test } from 'vitest'
import { changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { isJsonObject, JsonNumber, type JsonObject, stringifyJson } from './json.ts'
import { readQueryOrderReply } from './query-order.ts'
import { readSettlementInfo } from './settlement-info.ts'

function extDataOf(name: string): JsonObject {
  const { data } = parsedExample(name)
  const extData = isJsonObject(data) ? data.extData : undefined
  if (!isJsonObject(extData)) throw new Error(`no extData in ${name}`)
  return extData
}

const QUERY = extDataOf('1.3-query-order.response')
const REFUND = extDataOf('1.4-refund.response')

describe('settlement details (Q6)', () => {
  test('camelCase and snake_case are read into one form', () => {
    expect(readSettlementInfo(QUERY)).toMatchObject({
      info: {
        setlId: '420700G9000572017647',
        mdtrtId: '420700G9000411167987',
        setlTime: { text: '2023-04-18 11:34:41' },
        psnName: '测试甲',
        age: 27,
        insutype: '390',
        medType: '110104',
        clrType: '11',
        fundPaySumamt: 2150,
        psnCashPay: 1759,
        medfeeSumamt: 3909,
      },
      drift: [],
    })
    expect(readSettlementInfo(REFUND)).toMatchObject({
      info: { medType: '11', fundPaySumamt: -2434, acctPay: -1673, psnCashPay: -761, balc: 1673, age: 34 },
      drift: [],
    })
  })

  test('each spelling alone says the same', () => {
    const both = readSettlementInfo(QUERY)
    expect(readSettlementInfo({ setlinfo: QUERY.setlinfo })).toEqual(both)
    expect(readSettlementInfo({ SETLINFO: QUERY.SETLINFO })).toEqual(both)
    expect(readSettlementInfo({ setlinfo: QUERY.SETLINFO })).toEqual(both)
  })

  test('a difference between the two is a conflict, never a refusal; the first telling counts', () => {
    const read = readSettlementInfo({
      setlinfo: { acctPay: new JsonNumber('1.00'), setlId: 'A' },
      SETLINFO: { acct_pay: new JsonNumber('2.00'), setl_id: 'A' },
    })
    expect(read.drift).toEqual([{ kind: 'conflict', path: 'setlinfo.acctPay/SETLINFO.acct_pay' }])
    expect(read.info).toMatchObject({ acctPay: 100, setlId: 'A' })
  })

  test('the same amount in other digits is no conflict', () => {
    const read = readSettlementInfo({ setlinfo: { acctPay: '1' }, SETLINFO: { acct_pay: new JsonNumber('1.00') } })
    expect(read).toMatchObject({ info: { acctPay: 100 }, drift: [] })
  })

  test('keys are never folded blindly: another case is another field', () => {
    const read = readSettlementInfo({ Setlinfo: { acctPay: '1' }, setlinfo: { ACCTPAY: '1', acctpay: '2' } })
    expect(read.info.acctPay).toBeUndefined()
  })

  test('may stand as JSON text (Q5), or be missing', () => {
    expect(readSettlementInfo({ setlinfo: stringifyJson(QUERY.setlinfo) })).toEqual(readSettlementInfo(QUERY))
    expect(readSettlementInfo({}).info.setlId).toBeUndefined()
  })

  test('what cannot be read is left out and counted; the rest is read', () => {
    const read = readSettlementInfo({ setlinfo: { acctPay: '1.234', setlTime: 'soon', setlId: 'A' }, SETLINFO: [] })
    expect(read.info).toMatchObject({ setlId: 'A' })
    expect(read.info.acctPay).toBeUndefined()
    expect(read.drift).toEqual([
      { kind: 'unreadableField', path: 'SETLINFO' },
      { kind: 'unreadableField', path: 'setlinfo.setlTime' },
      { kind: 'unreadableField', path: 'setlinfo.acctPay' },
    ])
  })
})

test('age is 27 or 34.0 (Q19)', () => {
  for (const [age, expected] of [
    [new JsonNumber('27'), 27],
    [new JsonNumber('34.0'), 34],
    ['34.0', 34],
    ['0.5', 0.5],
  ] as const) {
    expect(readSettlementInfo({ setlinfo: { age } }).info.age).toBe(expected)
  }
  expect(readSettlementInfo({ setlinfo: { age: '-1' } }).info.age).toBeUndefined()
})

describe('a query (1.3)', () => {
  const NAME = '1.3-query-order.response'

  test('with setlType HI may name a cash part that was taken elsewhere (Q14)', () => {
    expect(readQueryOrderReply(changedExampleData(NAME, {}))).toMatchObject({
      outcome: 'success',
      value: { setlType: 'HI', ownPayAmt: 1759 },
    })
  })

  test('keeps a status that nobody listed (Q20)', () => {
    expect(readQueryOrderReply(changedExampleData(NAME, { ordStas: new JsonNumber('42') }))).toMatchObject({
      outcome: 'success',
      value: { ordStas: '42' },
    })
  })

  test('names the cash part either way (Q4)', () => {
    const lower = changedExampleData(NAME, { ownPayAmt: undefined, ownpayAmt: '17.59' })
    expect(readQueryOrderReply(lower)).toMatchObject({ outcome: 'success', value: { ownPayAmt: 1759 } })
    expect(readQueryOrderReply(changedExampleData(NAME, { ownpayAmt: '0' })).outcome).toBe('unreadable')
  })

  test('without an amount is unreadable, so that nothing is proved by it', () => {
    expect(readQueryOrderReply(changedExampleData(NAME, { fundPay: undefined }))).toEqual({
      outcome: 'unreadable',
      problems: [{ path: 'data.fundPay', expected: '缺少必填字段' }],
    })
  })
})
