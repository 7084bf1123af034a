import { describe, expect, it } from 'vitest'
import type { OrderSummary } from '#shared/contract/orders.ts'
import { anOrder } from '#test/support/window-fixtures.ts'
import { withOrder } from './attention-store.ts'

const waiting = (medOrgOrd: string, sinceMs: number): OrderSummary => ({
  ...anOrder({ medOrgOrd }),
  attention: { reason: 'outcomeUnknown', sinceMs, detail: null },
})

describe('the attention list', () => {
  it('keeps the longest waiting first, takes an order once, and lets it go when nobody needs to look', () => {
    const list = withOrder(withOrder([], waiting('B', 2000)), waiting('A', 1000))
    expect(list.map(({ medOrgOrd }) => medOrgOrd)).toEqual(['A', 'B'])
    expect(withOrder(list, waiting('B', 500)).map(({ medOrgOrd }) => medOrgOrd)).toEqual(['B', 'A'])
    const { attention: _settled, ...calm } = waiting('A', 1000)
    expect(withOrder(list, calm).map(({ medOrgOrd }) => medOrgOrd)).toEqual(['B'])
  })
})
