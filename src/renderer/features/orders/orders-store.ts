import { createStore, type StoreApi } from 'zustand'
import type { FoundOrder, Order } from '#shared/contract/orders.ts'
import { ok } from '#shared/domain/result.ts'
import { dayOf } from '#shared/domain/time.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { createFrameBatch } from '../../lib/frame-batch.ts'
import { moneyBlock } from '../../lib/money-block.ts'
import { createPagedRows, type PagedRows, type RowsSource } from '../../lib/paged-rows.ts'
import { IDLE, lastValue, type Remote } from '../../lib/remote.ts'
import { createRequestIntent } from '../../lib/request-intent.ts'
import type { CallResult, RpcClient, ShownFailure } from '../../lib/rpc-client.ts'
import { type ListPosition, newListPosition } from '../../ui/use-long-scroll.ts'
import { exportInput, FIRST_FILTER, isNewTo, listInput, type OrdersFilter, searchInput } from './orders-filter.ts'

/** What the list in sight answers. */
interface Shown {
  readonly filter: OrdersFilter
  readonly readAtMs: number
}

export interface OrdersState {
  readonly filter: OrdersFilter
  readonly rows: PagedRows<FoundOrder>
  readonly position: ListPosition
  readonly shown: Shown | null
  /** Place in the list of the row that the arrow keys stand on. */
  readonly active: number | null
  /** Numbers of the orders that came after the list was read; they are shown when they are asked for. */
  readonly fresh: readonly string[]
  readonly chosen: string | null
  readonly detail: Remote<Order>
  readonly busy: 'query' | 'revoke' | null
  readonly askingRevoke: boolean
  readonly failure: ShownFailure | null
  /** Why the last export did not begin. */
  readonly exportFailure: ShownFailure | null
  setFilter(change: Partial<OrdersFilter>): void
  /** The screen is shown: the list as it was left, or a new one where that is not worth keeping. */
  enter(): void
  /** Reads the list anew and shows its top. */
  load(): Promise<void>
  setActive(index: number): void
  /** Everything that the filter finds, as a file; the strip of long work tells how far it is and where the file is. */
  exportFound(): Promise<void>
  choose(medOrgOrd: string): Promise<void>
  query(): Promise<void>
  askRevoke(): void
  revoke(): Promise<void>
  back(): void
}

/** A person types faster than this; whoever stops wants an answer. */
const SEARCH_AFTER_MS = 150
const MOST_FRESH = 999

/** Orders from the local store, also without network; events replace what they name, the choice stays. */
export function createOrdersStore({ client, app }: FeatureDeps): StoreApi<OrdersState> {
  const intent = createRequestIntent()
  const exportIntent = createRequestIntent()
  const now = () => app.clock.now()
  let typing: ReturnType<typeof setTimeout> | undefined

  const store = createStore<OrdersState>((set, get) => {
    const takeOrders = (told: readonly Order[]) => {
      const { rows, shown, fresh, chosen } = get()
      rows.put(told)
      const order = told.find(({ medOrgOrd }) => medOrgOrd === chosen)
      if (order !== undefined) showDetail(order)
      if (shown === null) return
      const newest = rows.view().rowAt(0)
      const added = told
        .filter((one) => isNewTo(one, newest, shown.filter, now()) && !fresh.includes(one.medOrgOrd))
        .map(({ medOrgOrd }) => medOrgOrd)
      if (added.length === 0) return
      if (newest === undefined) void load()
      else set({ fresh: [...fresh, ...added].slice(0, MOST_FRESH) })
    }
    const showDetail = (order: Order) =>
      set({ detail: { status: 'ready', value: order }, askingRevoke: get().askingRevoke && order.may.revoke })
    const load = async () => {
      clearTimeout(typing)
      const { filter, rows } = get()
      const readAtMs = now()
      set({ fresh: [], active: null })
      const source = ordersOf(client, filter, readAtMs)
      await rows.load({ ...source, onShown: () => set({ shown: { filter, readAtMs } }) })
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
      if (answer.ok) takeOrders([answer.value])
      set(answer.ok || get().chosen !== chosen ? { busy: null } : { busy: null, failure: answer.error })
    }

    const takeOncePerFrame = createFrameBatch<Order>(({ medOrgOrd }) => medOrgOrd, takeOrders)
    client.onEvent((event) => {
      if (event.name === 'order.changed') takeOncePerFrame(event.payload)
    })
    let wasLost = false
    client.onConnection((connection) => {
      if (connection === 'open' && wasLost) {
        void load()
        const { chosen } = get()
        if (chosen !== null) void loadDetail(chosen)
      }
      wasLost = connection === 'lost'
    })

    return {
      filter: FIRST_FILTER,
      rows: createPagedRows<FoundOrder>(
        ({ medOrgOrd }) => medOrgOrd,
        (held, told) => ({ ...told, matched: held.matched }),
      ),
      position: newListPosition(),
      shown: null,
      active: null,
      fresh: [],
      chosen: null,
      detail: IDLE,
      busy: null,
      askingRevoke: false,
      failure: null,
      exportFailure: null,
      setFilter(change) {
        set({ filter: { ...get().filter, ...change } })
        clearTimeout(typing)
        if (change.text === undefined || change.text === '') void load()
        else typing = setTimeout(() => void load(), SEARCH_AFTER_MS)
      },
      enter() {
        const { rows, shown, fresh, position } = get()
        const { status } = rows.view()
        if (status === 'loading') return
        const isOfToday = shown !== null && dayOf(shown.readAtMs) === dayOf(now())
        if (status === 'ready' && isOfToday && (fresh.length === 0 || position.topRow > 0)) return
        void load()
      },
      load,
      setActive: (active) => set({ active }),
      async exportFound() {
        const input = exportInput(get().filter, now())
        const requestId = exportIntent.idFor(`export ${JSON.stringify(input)}`)
        const answer = await client.call('orders.export', { requestId, ...input })
        if (answer.ok || answer.error.code !== 'DISCONNECTED') exportIntent.settle()
        set({ exportFailure: answer.ok ? null : answer.error })
      },
      async choose(medOrgOrd) {
        const active = get().rows.indexOf(medOrgOrd) ?? null
        set({ chosen: medOrgOrd, active, detail: { status: 'loading' }, askingRevoke: false, failure: null })
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

/** The orders of a filter, page by page. What is found by a text comes in an order that has no outline. */
function ordersOf(client: RpcClient, filter: OrdersFilter, nowMs: number): RowsSource<FoundOrder> {
  const source: RowsSource<FoundOrder> = {
    async page(cursor, limit) {
      const answer = await client.call('orders.search', { ...searchInput(filter, nowMs, cursor), limit })
      return answer.ok ? ok({ rows: answer.value.orders, nextCursor: answer.value.nextCursor }) : answer
    },
  }
  if (filter.text.trim() !== '') return source
  return {
    ...source,
    outline: (cursor, every) => client.call('orders.outline', { ...listInput(filter, nowMs), cursor, every }),
  }
}
