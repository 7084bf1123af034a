import { createStore, type StoreApi } from 'zustand'
import type { Order, OrderSummary } from '#shared/contract/orders.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { CallResult, ShownFailure } from '../../lib/rpc-client.ts'
import { FIRST_FILTER, mergeOrder, type OrdersFilter, searchInput } from './orders-filter.ts'

interface OrdersPage {
  readonly orders: readonly OrderSummary[]
  readonly nextCursor: string | undefined
  readonly readAtMs: number
}

export interface OrdersState {
  readonly filter: OrdersFilter
  readonly page: Remote<OrdersPage>
  readonly chosen: string | null
  readonly detail: Remote<Order>
  readonly busy: 'query' | 'revoke' | null
  readonly askingRevoke: boolean
  readonly failure: ShownFailure | null
  setFilter(change: Partial<OrdersFilter>): void
  load(): Promise<void>
  loadMore(): Promise<void>
  choose(medOrgOrd: string): Promise<void>
  query(): Promise<void>
  askRevoke(): void
  revoke(): Promise<void>
  back(): void
}

/** Orders from the local store, also without network; events replace what they name, the choice stays. */
export function createOrdersStore({ client, app }: FeatureDeps): StoreApi<OrdersState> {
  const intent = createRequestIntent()
  const now = () => app.clock.now()

  const store = createStore<OrdersState>((set, get) => {
    const takeOrder = (told: Order) => {
      const page = lastValue(get().page)
      if (page !== undefined) {
        const orders = mergeOrder(page.orders, told, get().filter, now())
        set({ page: { status: 'ready', value: { ...page, orders } } })
      }
      if (get().chosen === told.medOrgOrd) {
        set({ detail: { status: 'ready', value: told }, askingRevoke: get().askingRevoke && told.may.revoke })
      }
    }
    const search = async (cursor?: string) => {
      const { filter, page } = get()
      set({ page: loadingAfter(page) })
      const answer = await client.call('orders.search', searchInput(filter, now(), cursor))
      if (get().filter !== filter) return
      if (!answer.ok) return set({ page: { status: 'failed', failure: answer.error, value: lastValue(page) } })
      const before = cursor === undefined ? [] : (lastValue(page)?.orders ?? [])
      const orders = [...before, ...answer.value.orders]
      set({ page: { status: 'ready', value: { orders, nextCursor: answer.value.nextCursor, readAtMs: now() } } })
    }
    const loadDetail = async (medOrgOrd: string) => {
      const answer = await client.call('orders.get', { medOrgOrd })
      if (get().chosen !== medOrgOrd) return
      set({
        detail: answer.ok
          ? { status: 'ready', value: answer.value }
          : { status: 'failed', failure: answer.error, value: lastValue(get().detail) },
      })
    }
    const act = async (
      busy: 'query' | 'revoke',
      ask: (medOrgOrd: string) => Promise<CallResult<'orders.refresh' | 'counter.revoke'>>,
    ) => {
      const { chosen } = get()
      if (chosen === null || get().busy !== null) return
      set({ busy, failure: null, askingRevoke: false })
      const answer = await ask(chosen)
      // Without an answer the intent stays open: pressed again, it carries the same requestId.
      if (busy === 'revoke' && (answer.ok || answer.error.code !== 'DISCONNECTED')) intent.settle()
      if (answer.ok) takeOrder(answer.value)
      set(answer.ok || get().chosen !== chosen ? { busy: null } : { busy: null, failure: answer.error })
    }

    client.onEvent((event) => {
      if (event.name === 'order.changed') takeOrder(event.payload)
    })
    let wasLost = false
    client.onConnection((connection) => {
      if (connection === 'open' && wasLost) {
        void search()
        const { chosen } = get()
        if (chosen !== null) void loadDetail(chosen)
      }
      wasLost = connection === 'lost'
    })

    return {
      filter: FIRST_FILTER,
      page: IDLE,
      chosen: null,
      detail: IDLE,
      busy: null,
      askingRevoke: false,
      failure: null,
      setFilter: (change) => set({ filter: { ...get().filter, ...change } }),
      load: () => search(),
      loadMore: () => search(lastValue(get().page)?.nextCursor),
      async choose(medOrgOrd) {
        set({ chosen: medOrgOrd, detail: { status: 'loading' }, askingRevoke: false, failure: null })
        await loadDetail(medOrgOrd)
      },
      async query() {
        if (lastValue(get().detail)?.may.query !== true) return
        await act('query', (medOrgOrd) => client.call('orders.refresh', { medOrgOrd }))
      },
      askRevoke() {
        const { health, connection } = app.getState()
        const mayRevoke = lastValue(get().detail)?.may.revoke === true
        if (mayRevoke && get().busy === null && moneyBlock(health, connection) === null) set({ askingRevoke: true })
      },
      async revoke() {
        if (!get().askingRevoke) return
        await act('revoke', (medOrgOrd) =>
          client.call('counter.revoke', { requestId: intent.idFor(`revoke ${medOrgOrd}`), medOrgOrd }),
        )
      },
      back: () => set({ askingRevoke: false }),
    }
  })
  return store
}
