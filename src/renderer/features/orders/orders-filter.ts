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

/** States and days, as `orders.outline` is asked. */
export function listInput(filter: OrdersFilter, nowMs: number): Omit<Input<'orders.outline'>, 'cursor' | 'every'> {
  return { ...(filter.states.length > 0 && { states: [...filter.states] }), ...daysOf(filter, nowMs) }
}

/** What `orders.search` is asked. */
export function searchInput(filter: OrdersFilter, nowMs: number, cursor: string | undefined): Input<'orders.search'> {
  return { ...exportInput(filter, nowMs), ...(cursor !== undefined && { cursor }) }
}

/** The whole filter, as `orders.export` is asked. */
export function exportInput(filter: OrdersFilter, nowMs: number): Omit<Input<'orders.export'>, 'requestId'> {
  const text = filter.text.trim()
  return { ...(text !== '' && { text }), ...listInput(filter, nowMs) }
}

/** Whether a list would show this order. With a search text only the store can tell. */
function belongs(order: OrderSummary, filter: OrdersFilter, nowMs: number): boolean {
  if (filter.text.trim() !== '') return false
  if (filter.states.length > 0 && !filter.states.includes(order.state)) return false
  const { from, to } = daysOf(filter, nowMs)
  const day = dayOf(order.createdAtMs)
  return (from === undefined || day >= from) && (to === undefined || day <= to)
}

/** Whether an order that was told is newer than a list and belongs on top of it. @param newest the list's first row */
export function isNewTo(
  order: OrderSummary,
  newest: OrderSummary | undefined,
  filter: OrdersFilter,
  nowMs: number,
): boolean {
  const isNewer =
    newest === undefined ||
    order.createdAtMs > newest.createdAtMs ||
    (order.createdAtMs === newest.createdAtMs && order.medOrgOrd > newest.medOrgOrd)
  return isNewer && belongs(order, filter, nowMs)
}
