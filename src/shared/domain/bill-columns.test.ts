import { describe, expect, test } from 'vitest'
import {
  type BillNames,
  DEFAULT_BILL_NAMES,
  isBillHeader,
  mapBillColumns,
  movementOf,
  movementWords,
} from './bill-columns.ts'

const NONE: BillNames = {
  columns: {
    medOrgOrd: [],
    payOrdId: [],
    tradeTime: [],
    amount: [],
    refundAmount: [],
    tradeType: [],
    status: [],
    appRefdSn: [],
  },
  words: { paid: [], refunded: [], ignored: [] },
}
const fieldsOf = (headers: readonly string[], names = NONE) =>
  mapBillColumns(headers, names).map((column) => column.field)

describe('the columns of a bill', () => {
  test('are known by Chinese and English names, whatever their case, width and underscores', () => {
    expect(fieldsOf(['交易时间', '商户订单号', '平台订单号', '自费金额', '退款流水号'])).toEqual([
      'tradeTime',
      'medOrgOrd',
      'payOrdId',
      'amount',
      'appRefdSn',
    ])
    expect(fieldsOf(['med_org_ord', 'PAYORDID', ' ownPayAmt ', 'ｔｒａｄｅＴｙｐｅ'])).toEqual([
      'medOrgOrd',
      'payOrdId',
      'amount',
      'tradeType',
    ])
  })

  test('a stronger name wins; the weaker one is unmapped and shown', () => {
    expect(fieldsOf(['订单号', '商户订单号', '金额'])).toEqual([null, 'medOrgOrd', 'amount'])
  })

  test('a name that two columns bear decides nothing', () => {
    const columns = mapBillColumns(['订单号', '金额', '金额'], NONE)
    expect(columns.map((column) => column.field)).toEqual(['medOrgOrd', null, null])
    expect(isBillHeader(columns)).toBe(false)
  })

  test('the unit stands in the header', () => {
    const columns = mapBillColumns(['订单号', '金额（分）', '退款金额(元)'], NONE)
    expect(columns.map(({ field, inFen }) => [field, inFen])).toEqual([
      ['medOrgOrd', false],
      ['amount', true],
      ['refundAmount', false],
    ])
  })

  test('what the site says stands above the defaults', () => {
    const site: BillNames = { ...NONE, columns: { ...NONE.columns, amount: ['应缴'], medOrgOrd: ['平台订单号'] } }
    expect(fieldsOf(['平台订单号', '金额', '应缴'], site)).toEqual(['medOrgOrd', null, 'amount'])
  })

  test('a header has an order number and an amount', () => {
    expect(isBillHeader(mapBillColumns(['商户订单号', '退款金额'], NONE))).toBe(true)
    expect(isBillHeader(mapBillColumns(['总交易单数', '应结订单总金额', '退款总金额'], NONE))).toBe(false)
  })
})

describe('the words of a row', () => {
  test.each([
    ['SUCCESS', 'paid'],
    ['支付成功', 'paid'],
    ['refund', 'refunded'],
    ['退费', 'refunded'],
    ['支付失败', 'ignored'],
    ['交易关闭', undefined],
    ['JSAPI', undefined],
    ['部分退款', undefined],
    ['', undefined],
  ])('%s', (word, movement) => {
    expect(movementOf(word, movementWords(NONE))).toBe(movement)
  })

  test('of the site win', () => {
    const site = movementWords({ ...NONE, words: { ...NONE.words, refunded: ['02', 'success'] } })
    expect(movementOf('02', site)).toBe('refunded')
    expect(movementOf('SUCCESS', site)).toBe('refunded')
  })
})

test('no name stands for two fields, and no word for two movements', () => {
  for (const lists of [DEFAULT_BILL_NAMES.columns, DEFAULT_BILL_NAMES.words]) {
    const names = Object.values<readonly string[]>(lists).flatMap((list) => list.map((name) => name.toLowerCase()))
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  }
})
