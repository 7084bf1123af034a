import type { OrderSummary } from '#shared/contract/orders.ts'
import type { Input } from '#shared/contract/table.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import { dayOf } from '#shared/domain/time.ts'

export const RANGES = ['today', 'week', 'month', 'all', 'days'] as const
export type Range = (typeof RANGES)[number]

export interface OrdersFilter {
  readonly text: string
  readonly states: readonly OrderState[]
  readonly range: Range
  /** Calendar days in UTC+8, inclusive; used when the range is `days`. Empty: no limit. */
  readonly from: string
  readonly to: string
}

export const FIRST_FILTER: OrdersFilter = { text: '', states: [], range: 'week', from: '', to: '' }

const DAY_MS = 86_400_000

/** The days of a filter as calendar days; an absent side has no limit. */
export function daysOf(filter: OrdersFilter, nowMs: number): { from?: string; to?: string } {
  switch (filter.range) {
    case 'today':
      return { from: dayOf(nowMs) }
    case 'week':
      return { from: dayOf(nowMs - 6 * DAY_MS) }
    case 'month':
      return { from: dayOf(nowMs - 29 * DAY_MS) }
    case 'all':
      return {}
    case 'days':
      return { ...(filter.from && { from: filter.from }), ...(filter.to && { to: filter.to }) }
  }
}

/** What `orders.search` is asked. */
export function searchInput(filter: OrdersFilter, nowMs: number, cursor?: string): Input<'orders.search'> {
  const text = filter.text.trim()
  return {
    ...(text !== '' && { text }),
    ...(filter.states.length > 0 && { states: [...filter.states] }),
    ...daysOf(filter, nowMs),
    ...(cursor !== undefined && { cursor }),
    limit: 50,
  }
}

/** Whether an order that has just come up belongs on top of the list. With a search text only the store can tell. */
export function belongs(order: OrderSummary, filter: OrdersFilter, nowMs: number): boolean {
  if (filter.text.trim() !== '') return false
  if (filter.states.length > 0 && !filter.states.includes(order.state)) return false
  const { from, to } = daysOf(filter, nowMs)
  const day = dayOf(order.createdAtMs)
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}

/** The list with one order's newest telling in its place, or on top when it is new here. */
export function mergeOrder(
  orders: readonly OrderSummary[],
  told: OrderSummary,
  filter: OrdersFilter,
  nowMs: number,
): readonly OrderSummary[] {
  if (orders.some((order) => order.medOrgOrd === told.medOrgOrd)) {
    return orders.map((order) => (order.medOrgOrd === told.medOrgOrd ? told : order))
  }
  return belongs(told, filter, nowMs) ? [told, ...orders] : orders
}
