import { describe, expect, it } from 'vitest'
import type { OrderSummary } from '#shared/contract/orders.ts'
import type { AttentionReason } from '#shared/domain/order-view.ts'
import { anOrder, fakeApp, fakeClient, NOW_MS } from '#test/support/window-fixtures.ts'
import { attentionStep } from './attention-step.ts'
import { createAttentionStore, withOrder } from './attention-store.ts'

const waiting = (medOrgOrd: string, sinceMs: number, reason: AttentionReason = 'outcomeUnknown'): OrderSummary => ({
  ...anOrder({ medOrgOrd }),
  attention: { reason, sinceMs, detail: null },
})

describe('the attention list', () => {
  it('keeps the longest waiting first, takes an order once, and lets it go when nobody needs to look', () => {
    const list = withOrder(withOrder([], waiting('B', 2000), null), waiting('A', 1000), null)
    expect(list.map(({ medOrgOrd }) => medOrgOrd)).toEqual(['A', 'B'])
    expect(withOrder(list, waiting('B', 500), null).map(({ medOrgOrd }) => medOrgOrd)).toEqual(['B', 'A'])
    const { attention: _settled, ...calm } = waiting('A', 1000)
    expect(withOrder(list, calm, null).map(({ medOrgOrd }) => medOrgOrd)).toEqual(['B'])
  })

  it('of one reason takes in no other, and lets go what has another now', () => {
    const list = withOrder([], waiting('A', 1000, 'suspense'), 'suspense')
    expect(withOrder(list, waiting('B', 500), 'suspense').map(({ medOrgOrd }) => medOrgOrd)).toEqual(['A'])
    expect(withOrder(list, waiting('A', 1000), 'suspense')).toEqual([])
  })

  it('asks about the order that it stands on, once at a time, and stands on the next when that one is gone', async () => {
    const orders = [waiting('A', 1000), waiting('B', 2000)]
    const answering = Promise.withResolvers<void>()
    const { client, calls, tell } = fakeClient({
      'orders.attention': () => ({ ok: true, value: { orders: [...orders], counts: { outcomeUnknown: 2 } } }),
      'orders.refresh': async () => {
        await answering.promise
        return { ok: true, value: anOrder({ medOrgOrd: 'A' }) }
      },
    })
    const store = createAttentionStore({ client, app: fakeApp({ nowMs: NOW_MS }) })
    await store.getState().load()
    const asked = [store.getState().ask(), store.getState().ask()]
    expect(calls.filter(({ name }) => name === 'orders.refresh')).toEqual([
      { name: 'orders.refresh', input: { medOrgOrd: 'A' } },
    ])
    orders.shift()
    tell({ name: 'order.changed', payload: anOrder({ medOrgOrd: 'A' }) })
    answering.resolve()
    await Promise.all(asked)
    expect(store.getState()).toMatchObject({ active: 'B', asking: null, failure: null })
  })
})

describe('the next step', () => {
  const operation = { id: 'op', kind: 'upload', state: 'unknown', startedAtMs: 0, message: null } as const
  it.each<[AttentionReason, Partial<OrderSummary>, string]>([
    ['outcomeUnknown', { operation, questionsAsked: 4 }, 'query'],
    ['outcomeUnknown', { operation, questionsAsked: 5 }, 'confirm'],
    ['halfRefunded', {}, 'refund'],
    ['halfSettled', {}, 'query'],
    ['unpaidLong', {}, 'query'],
    ['refundingLong', {}, 'query'],
    ['centreAbnormal', {}, 'query'],
    ['suspense', {}, 'confirm'],
    ['identityFailed', {}, 'confirm'],
    ['callbackSilent', {}, 'confirm'],
  ])('%s %j: %s', (reason, change, key) => {
    expect(attentionStep({ ...waiting('A', 0, reason), ...change }, 120_000).key).toBe(key)
  })
})
