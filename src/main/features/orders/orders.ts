import type { Handlers } from '#main/rpc/dispatcher.ts'
import { daysInMs } from '#main/store/order-filter.ts'
import { outlineOf } from '#main/store/outline.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { CentreAsker } from './ask-centre.ts'
import { type DecideParts, decideOutcome, noteFinding } from './decide.ts'
import { readKey, writeKey } from './order-cursor.ts'
import { type RebuildParts, rebuildOrder } from './rebuild.ts'
import { searchOrders, WRONG_CURSOR } from './search-orders.ts'

/** More than a person can work through; the counts are of all. */
const MOST_WAITING = 500

export interface OrderParts extends DecideParts, RebuildParts {
  readonly asker: CentreAsker
}

/**
 * Orders for viewing, wholly from the store; the one question that may be asked about them at any time; and what a
 * person may add to them.
 */
export function orderHandlers(
  parts: OrderParts,
): Pick<
  Handlers,
  | 'orders.search'
  | 'orders.outline'
  | 'orders.get'
  | 'orders.refresh'
  | 'orders.attention'
  | 'orders.decide'
  | 'orders.note'
  | 'orders.rebuild'
> {
  const { store, clock, asker } = parts
  return {
    'orders.search': (input) => searchOrders(store, clock, input),
    'orders.outline': async ({ states, from, to, cursor, every }) => {
      const after = readKey(cursor)
      if (after === undefined) return err(WRONG_CURSOR)
      const stepper = store.orderSearch.stepper({ states, ...daysInMs([from], [to]) })
      const { rows, keys } = await outlineOf(stepper, after, every)
      return ok({ rows, cursors: keys.map(writeKey) })
    },
    'orders.get': ({ medOrgOrd }) => {
      const order = store.book.present(medOrgOrd)
      return order === undefined ? err(failure('ORDER_NOT_FOUND')) : ok(order)
    },
    'orders.refresh': ({ medOrgOrd }) => asker.ask(medOrgOrd),
    'orders.attention': ({ reason }) =>
      ok({
        orders: store.attention.waiting(reason, MOST_WAITING).map((record) => store.book.summarise(record)),
        counts: store.attention.counts(),
      }),
    'orders.decide': (input, { operator }) => decideOutcome(parts, input, operator.name),
    'orders.note': (input, { operator }) => noteFinding(parts, input, operator.name),
    'orders.rebuild': ({ number }, { operator }) => rebuildOrder(parts, number, operator.name),
  }
}
