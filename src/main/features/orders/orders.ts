import type { Handlers } from '#main/rpc/dispatcher.ts'
import { outlineOf } from '#main/store/outline.ts'
import type { Store } from '#main/store/store.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { CentreAsker } from './ask-centre.ts'
import { readKey, writeKey } from './order-cursor.ts'
import { daysInMs, searchOrders, WRONG_CURSOR } from './search-orders.ts'

/** Orders for viewing, wholly from the store, and the one question that may be asked about them at any time. */
export function orderHandlers(
  store: Store,
  clock: Clock,
  asker: CentreAsker,
): Pick<Handlers, 'orders.search' | 'orders.outline' | 'orders.get' | 'orders.refresh'> {
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
  }
}
