import { createStore, type StoreApi } from 'zustand'
import type { OrderSummary } from '#shared/contract/orders.ts'
import type { Output } from '#shared/contract/table.ts'
import type { AttentionReason } from '#shared/domain/order-view.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'

type AttentionPage = Output<'orders.attention'>

export interface AttentionState {
  readonly page: Remote<AttentionPage>
  /** Only orders of this reason; `null` for all. */
  readonly reason: AttentionReason | null
  readonly active: string | null
  /** The order that the centre is being asked about. */
  readonly asking: string | null
  readonly failure: ShownFailure | null
  load(): Promise<void>
  show(reason: AttentionReason | null): Promise<void>
  setActive(medOrgOrd: string): void
  /** F4: asks the centre about the order that the list stands on. */
  ask(): Promise<void>
}

/** Orders that a person should look at, the longest waiting first; an event takes an order in or lets it go. */
export function createAttentionStore({ client }: FeatureDeps): StoreApi<AttentionState> {
  const store = createStore<AttentionState>((set, get) => ({
    ...{ page: IDLE, reason: null, active: null, asking: null, failure: null },

    async load() {
      const { reason, page } = get()
      set({ page: loadingAfter(page) })
      const answer = await client.call('orders.attention', reason === null ? {} : { reason })
      if (get().reason !== reason) return
      if (!answer.ok) return set({ page: { status: 'failed', failure: answer.error, value: lastValue(page) } })
      set({ page: { status: 'ready', value: answer.value }, active: stillThere(get().active, answer.value.orders) })
    },

    async show(reason) {
      set({ reason, active: null, failure: null })
      await get().load()
    },

    setActive: (active) => set({ active }),

    async ask() {
      const { active, asking } = get()
      if (active === null || asking !== null) return
      set({ asking: active, failure: null })
      const answer = await client.call('orders.refresh', { medOrgOrd: active })
      set({ asking: null, failure: answer.ok ? null : answer.error })
    },
  }))
  client.onEvent((event) => {
    const { page, reason, active } = store.getState()
    const known = lastValue(page)
    if (event.name !== 'order.changed' || known === undefined) return
    const before = known.orders.find(({ medOrgOrd }) => medOrgOrd === event.payload.medOrgOrd)
    if (before === undefined && event.payload.attention === undefined) return
    const orders = withOrder(known.orders, event.payload, reason)
    store.setState({ page: { status: 'ready', value: { ...known, orders } }, active: stillThere(active, orders) })
    // Only the main process counts those that are not shown.
    if (before?.attention?.reason !== event.payload.attention?.reason) void store.getState().load()
  })
  client.onConnection((connection) => {
    if (connection === 'open' && store.getState().page.status !== 'idle') void store.getState().load()
  })
  return store
}

/** The list after this order changed; of one reason, or of all. */
export function withOrder(
  orders: readonly OrderSummary[],
  told: OrderSummary,
  reason: AttentionReason | null,
): OrderSummary[] {
  const others = orders.filter(({ medOrgOrd }) => medOrgOrd !== told.medOrgOrd)
  const belongs = told.attention !== undefined && (reason === null || told.attention.reason === reason)
  return belongs ? [...others, told].toSorted(byAge) : others
}

function byAge(left: OrderSummary, right: OrderSummary): number {
  return (left.attention?.sinceMs ?? 0) - (right.attention?.sinceMs ?? 0)
}

/** The row that the keys stand on; the first when that one is gone. */
function stillThere(active: string | null, orders: readonly OrderSummary[]): string | null {
  return orders.some(({ medOrgOrd }) => medOrgOrd === active) ? active : (orders[0]?.medOrgOrd ?? null)
}
