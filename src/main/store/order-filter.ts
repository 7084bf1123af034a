import type { OrderState } from '#shared/domain/order-status.ts'
import { startOfDayMs } from '#shared/domain/time.ts'
import type { Condition } from './search-rungs.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Which orders a list is of. */
export interface OrderList {
  readonly states?: readonly OrderState[] | undefined
  /** Half-open range of creation times. */
  readonly fromMs?: number | undefined
  readonly beforeMs?: number | undefined
  readonly attention?: boolean | undefined
}

/** The place of an order among the others. */
export interface OrderKey {
  readonly createdAtMs: number
  readonly medOrgOrd: string
}

export const NEWEST_FIRST = 'ORDER BY created_at_ms DESC, med_org_ord DESC'

/** Calendar days, inclusive, as a half-open range of instants; of several the narrowest. */
export function daysInMs(
  from: readonly (string | undefined)[],
  to: readonly (string | undefined)[],
): Pick<OrderList, 'fromMs' | 'beforeMs'> {
  const starts = from.flatMap((day) => (day === undefined ? [] : startOfDayMs(day)))
  const ends = to.flatMap((day) => (day === undefined ? [] : startOfDayMs(day) + DAY_MS))
  return {
    fromMs: starts.length === 0 ? undefined : Math.max(...starts),
    beforeMs: ends.length === 0 ? undefined : Math.min(...ends),
  }
}

/**
 * What the filters say of one order.
 * @param after the order behind which to go on.
 */
export function filterOf(list: OrderList, after: OrderKey | undefined): Condition {
  const range = rangeOf(list, after)
  const conditions = [range.sql]
  const values = [...range.values]
  const { states = [] } = list
  if (states.length > 0) {
    conditions.push(`state IN (${states.map(() => '?').join(', ')})`)
    values.push(...states)
  }
  if (list.attention === true) conditions.push('attention_reason IS NOT NULL')
  return { sql: conditions.join(' AND '), values }
}

/**
 * The keys of the orders of a list, newest first, each with its `rowid`: from an index alone, and for the rarer states
 * from one of their own, so that what is rare is not looked for among a million.
 */
export function keysOf({ states = [], attention, ...list }: OrderList, after: OrderKey | undefined): Condition {
  const range = rangeOf(list, after)
  const keys = (index: string, condition: string) =>
    `SELECT orders.rowid AS place, created_at_ms, med_org_ord FROM orders INDEXED BY ${index}
     WHERE ${condition} AND ${range.sql}`
  if (attention === true) {
    const filter = filterOf({ states }, undefined)
    const sql = `${keys('orders_attention', `attention_reason IS NOT NULL AND ${filter.sql}`)} ${NEWEST_FIRST}`
    return { sql, values: [...filter.values, ...range.values] }
  }
  if (states.length === 0) return { sql: `${keys('orders_by_created', '1')} ${NEWEST_FIRST}`, values: range.values }
  if (states.includes('settled')) {
    const filter = filterOf({ states }, undefined)
    const sql = `${keys('orders_by_created', filter.sql)} ${NEWEST_FIRST}`
    return { sql, values: [...filter.values, ...range.values] }
  }
  const each = [...new Set(states)]
  const ofState = keys('orders_by_state', `state = ? AND state <> 'settled'`)
  return {
    sql: `${each.map(() => ofState).join(' UNION ALL ')} ${NEWEST_FIRST}`,
    values: each.flatMap((state) => [state, ...range.values]),
  }
}

function rangeOf({ fromMs, beforeMs }: OrderList, after: OrderKey | undefined): Condition {
  const conditions: string[] = ['1']
  const values: (string | number)[] = []
  const where = (condition: string, ...bound: readonly (string | number)[]) => {
    conditions.push(condition)
    values.push(...bound)
  }
  if (fromMs !== undefined) where('created_at_ms >= ?', fromMs)
  // One bound from above, so that the index is entered at the place that counts.
  const isBoundByAfter = after !== undefined && (beforeMs === undefined || after.createdAtMs < beforeMs)
  if (beforeMs !== undefined && !isBoundByAfter) where('created_at_ms < ?', beforeMs)
  if (after !== undefined) where('(created_at_ms, med_org_ord) < (?, ?)', after.createdAtMs, after.medOrgOrd)
  return { sql: conditions.join(' AND '), values }
}
