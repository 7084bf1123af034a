import { describe, expect, test } from 'vitest'
import { changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { type RefundReply, readRefundReply, viewRefund } from './refund.ts'

const NAME = '1.4-refund.response'

function refundWith(change: Record<string, unknown>): RefundReply {
  const read = readRefundReply(changedExampleData(NAME, change))
  if (read.outcome !== 'success') throw new Error('it is read')
  return read.value
}

describe('a refund (1.4)', () => {
  test('keeps the signs as published (Q9)', () => {
    expect(refundWith({})).toMatchObject({ feeSumamt: 4868, ownpayRefAmt: -761 })
  })

  test('is one positive refund, whichever signs were mixed (Q9)', () => {
    const published = viewRefund(refundWith({}))
    expect(published).toMatchObject({ totalFen: 4868, cashFen: 761, fundFen: 2434, accountFen: 1673 })
    expect(viewRefund(refundWith({ feeSumamt: '-48.68', ownpayRefAmt: '7.61' }))).toEqual(published)
  })

  test('without a cash part says so instead of naming zero', () => {
    const insuranceOnly = refundWith({ ownpayRefAmt: undefined, ownpayChannel: '', extData: undefined })
    expect(viewRefund(insuranceOnly)).toEqual({
      totalFen: 4868,
      cashFen: null,
      fundFen: null,
      accountFen: null,
      cashChannel: null,
    })
  })

  test('a top-level success that is false beside code 1 is a refusal (Q3)', () => {
    const body = JSON.stringify({ ...JSON.parse(JSON.stringify(parsedExample(NAME))), code: 1, success: 'false' })
    expect(readRefundReply(body).outcome).toBe('refused')
  })
})
