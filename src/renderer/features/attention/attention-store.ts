import { createStore, type StoreApi } from 'zustand'
import type { OrderSummary } from '#shared/contract/orders.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'

/** As many as a person can work through; the count in the frame is the whole number. */
const SHOWN = 200

export interface AttentionState {
  readonly orders: Remote<readonly OrderSummary[]>
  load(): Promise<void>
}

/** Orders that a person should look at, the longest waiting first; an event takes an order in or lets it go. */
export function createAttentionStore({ client }: FeatureDeps): StoreApi<AttentionState> {
  const store = createStore<AttentionState>((set, get) => ({
    orders: IDLE,
    async load() {
      set({ orders: loadingAfter(get().orders) })
      const answer = await client.call('orders.search', { attention: true, limit: SHOWN })
      set({
        orders: answer.ok
          ? { status: 'ready', value: answer.value.orders.toSorted(byAge) }
          : { status: 'failed', failure: answer.error, value: lastValue(get().orders) },
      })
    },
  }))
  client.onEvent((event) => {
    const known = lastValue(store.getState().orders)
    if (event.name !== 'order.changed' || known === undefined) return
    store.setState({ orders: { status: 'ready', value: withOrder(known, event.payload) } })
  })
  client.onConnection((connection) => {
    if (connection === 'open' && store.getState().orders.status !== 'idle') void store.getState().load()
  })
  return store
}

/** The list after this order changed. */
export function withOrder(orders: readonly OrderSummary[], told: OrderSummary): readonly OrderSummary[] {
  const others = orders.filter(({ medOrgOrd }) => medOrgOrd !== told.medOrgOrd)
  return told.attention === undefined ? others : [...others, told].toSorted(byAge)
}

function byAge(left: OrderSummary, right: OrderSummary): number {
  return (left.attention?.sinceMs ?? 0) - (right.attention?.sinceMs ?? 0)
}
