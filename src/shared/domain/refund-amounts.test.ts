import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen } from './money.ts'
import { exceedsPaid, leftOnLegs, ordStasAfterReply, type RefundMoney, spentLegs } from './refund-amounts.ts'
import { REFUND_TYPES, type RefundPosition, refundObstacle } from './refund-step.ts'
import { NO_AMOUNTS, type SettlementAmounts } from './settlement.ts'

/** Insurance 41.07, cash 7.61: the published refund of 1.4. */
const PAID: SettlementAmounts = { ...NO_AMOUNTS, fundFen: fen(2434), accountFen: fen(1673), ownPayFen: fen(761) }
const refund = (change: Partial<RefundMoney> = {}): RefundMoney => ({
  ...{ state: 'succeeded', refdType: 'ALL', totalFen: fen(4868), cashFen: fen(761) },
  ...change,
})
const HI = refund({ refdType: 'HI', totalFen: fen(4107), cashFen: null })
const CASH = refund({ refdType: 'CASH', totalFen: fen(761), cashFen: null })

describe('what is left to give back', () => {
  test.each([
    ['nothing was given back', [], 4107, 761],
    ['everything', [refund()], 0, 0],
    ['the insurance part', [HI], 0, 761],
    ['the cash part', [CASH], 4107, 0],
    ['both, one after the other', [HI, CASH], 0, 0],
    ['part of the cash', [refund({ refdType: 'CASH', totalFen: fen(261), cashFen: fen(261) })], 4107, 500],
    ['more than was paid is never below zero', [CASH, CASH], 4107, 0],
    ['a try that failed', [refund({ state: 'failed' })], 4107, 761],
    ['one whose amounts nobody told', [refund({ state: 'resolved', totalFen: null, cashFen: null })], 4107, 761],
  ])('%s', (_name, refunds, insuranceFen, cashFen) => {
    expect(leftOnLegs(PAID, refunds)).toEqual({ insuranceFen, cashFen })
  })

  test('is not known while the amounts are not', () => {
    expect(leftOnLegs(NO_AMOUNTS, [HI])).toEqual({ insuranceFen: null, cashFen: null })
    expect(spentLegs(NO_AMOUNTS, [refund()])).toEqual({ insurance: false, cash: false })
  })
})

test('a leg whose money is all given back is not refunded again, whatever its state says', () => {
  const order = (refunds: readonly RefundMoney[]): RefundPosition => ({
    ...{ state: 'settled', setlType: 'ALL', legs: { insurance: 'paid', cash: 'paid' } },
    spent: spentLegs(PAID, refunds),
  })
  const obstacles = (refunds: readonly RefundMoney[]) =>
    REFUND_TYPES.map((type) => refundObstacle(order(refunds), type) ?? 'legal')
  expect(obstacles([])).toEqual(['legal', 'legal', 'insuranceFirst'])
  expect(obstacles([HI])).toEqual(['nothingLeft', 'nothingLeft', 'insuranceFirst'])
  expect(obstacles([CASH])).toEqual(['nothingLeft', 'legal', 'insuranceFirst'])
  // A part of nothing can still be given back: that is how a free order comes to be refunded as a whole.
  const free = { ...PAID, ownPayFen: fen(0) }
  expect(spentLegs(free, [HI])).toEqual({ insurance: true, cash: false })
})

describe('more back than was paid', () => {
  test('by one fen, in one refund or in several', () => {
    expect(exceedsPaid(PAID, [HI, CASH])).toBe(false)
    expect(exceedsPaid(PAID, [refund({ totalFen: fen(4869) })])).toBe(true)
    expect(exceedsPaid(PAID, [HI, { totalFen: fen(762) }])).toBe(true)
    expect(exceedsPaid({ ...PAID, prepaidFen: fen(1) }, [HI, { totalFen: fen(762) }])).toBe(false)
    expect(exceedsPaid(NO_AMOUNTS, [refund()])).toBe(false)
  })

  test('never, as long as each step takes at most what is left', () => {
    const parts = fc.array(fc.record({ isCash: fc.boolean(), share: fc.double({ min: 0, max: 1, noNaN: true }) }))
    fc.assert(
      fc.property(parts, (steps) => {
        const done: RefundMoney[] = []
        for (const { isCash, share } of steps) {
          const left = leftOnLegs(PAID, done)
          const most = (isCash ? left.cashFen : left.insuranceFen) ?? 0
          const totalFen = fen(Math.floor(most * share))
          done.push(refund({ refdType: isCash ? 'CASH' : 'HI', totalFen, cashFen: null }))
        }
        expect(exceedsPaid(PAID, done)).toBe(false)
      }),
    )
  })
})

describe('the status that a reply proves', () => {
  const settled: RefundPosition = { state: 'settled', setlType: 'ALL', legs: { insurance: 'paid', cash: 'paid' } }
  const half: RefundPosition = { ...settled, state: 'partlyRefunded', legs: { insurance: 'refunded', cash: 'paid' } }
  test.each([
    ['all asked, all told', 'ALL', settled, 761, 761, '7'],
    ['all asked, the cash not told', 'ALL', settled, 761, null, '7'],
    ['all asked, no cash came back', 'ALL', settled, 761, 0, '8'],
    ['all asked, part of the cash came back', 'ALL', settled, 761, 500, '11'],
    ['the rest asked, none came back', 'CASH', half, 761, 0, '8'],
    ['the rest asked, all came back', 'CASH', half, 761, 761, '7'],
    ['the rest asked, part came back', 'CASH', half, 761, 1, '11'],
    ['insurance asked', 'HI', settled, undefined, null, '8'],
    ['nobody knows how much cash there was', 'ALL', settled, null, 0, '7'],
  ] as const)('%s', (_name, type, position, due, told, expected) => {
    const amount = (value: number | null) => (value === null ? null : fen(value))
    expect(ordStasAfterReply(type, position, due === undefined ? undefined : amount(due), amount(told))).toBe(expected)
  })
})
