import { describe, expect, it } from 'vitest'
import { ORDER_STATES } from './order-status.ts'
import { receiptObstacle } from './receipt.ts'

const nothing = { settledAtMs: null, refunds: [] }
const settled = { settledAtMs: 1, refunds: [] }
const refunded = { settledAtMs: 1, refunds: [{ state: 'failed' }, { state: 'succeeded' }] } as const

describe('a receipt', () => {
  it('says of no order what is not proved', () => {
    for (const state of ORDER_STATES) {
      expect(receiptObstacle({ state, ...nothing }, 'settlement')).toBeDefined()
      expect(receiptObstacle({ state, ...settled }, 'refund')).toBeDefined()
    }
  })

  it('of a settlement stays possible after the refund, and not while the sums contradict each other', () => {
    expect(receiptObstacle({ state: 'settled', ...settled }, 'settlement')).toBeUndefined()
    expect(receiptObstacle({ state: 'refunded', ...refunded }, 'settlement')).toBeUndefined()
    expect(receiptObstacle({ state: 'suspense', ...settled }, 'settlement')).toBe('needsPerson')
  })

  it('of a refund needs one that is proved, also half of one, and none whose outcome is open', () => {
    expect(receiptObstacle({ state: 'refunded', ...refunded }, 'refund')).toBeUndefined()
    expect(receiptObstacle({ state: 'partlyRefunded', ...refunded }, 'refund')).toBeUndefined()
    expect(receiptObstacle({ state: 'refunding', ...refunded }, 'refund')).toBe('outcomeUnknown')
    expect(receiptObstacle({ state: 'settled', settledAtMs: 1, refunds: [{ state: 'failed' }] }, 'refund')).toBe(
      'notRefunded',
    )
  })
})
