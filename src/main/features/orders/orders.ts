import { z } from 'zod'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { OrderKey } from '#main/store/orders.ts'
import { outlineOf } from '#main/store/outline.ts'
import type { Store } from '#main/store/store.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { startOfDayMs } from '#shared/domain/time.ts'
import type { CentreAsker } from './ask-centre.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const PAGE = 50

/** Orders for viewing, wholly from the store, and the one question that may be asked about them at any time. */
export function orderHandlers(
  store: Store,
  asker: CentreAsker,
): Pick<Handlers, 'orders.search' | 'orders.outline' | 'orders.get' | 'orders.refresh'> {
  return {
    'orders.search': ({ text, states, from, to, attention, cursor, limit = PAGE }) => {
      const after = cursor === undefined ? undefined : readCursor(cursor)
      if (cursor !== undefined && after === undefined) return err(WRONG_CURSOR)
      const records = store.orders.search({
        text,
        states,
        attention,
        after,
        ...daysInMs(from, to),
        limit: limit + 1,
      })
      const page = records.slice(0, limit)
      const last = page.at(-1)
      return ok({
        orders: page.map((record) => store.book.summarise(record)),
        ...(records.length > limit && last !== undefined ? { nextCursor: writeCursor(last) } : {}),
      })
    },
    'orders.outline': async ({ states, from, to, cursor, every }) => {
      const after = readCursor(cursor)
      if (after === undefined) return err(WRONG_CURSOR)
      const stepper = store.orders.stepper({ states, ...daysInMs(from, to), after })
      const { rows, keys } = await outlineOf(stepper, after, every)
      return ok({ rows, cursors: keys.map(writeCursor) })
    },
    'orders.get': ({ medOrgOrd }) => {
      const order = store.book.present(medOrgOrd)
      return order === undefined ? err(failure('ORDER_NOT_FOUND')) : ok(order)
    },
    'orders.refresh': ({ medOrgOrd }) => asker.ask(medOrgOrd),
  }
}

const WRONG_CURSOR = failure('INPUT_INVALID', 'cursor：应为上一页给出的值')

/** Calendar days, inclusive, as a half-open range of instants. */
function daysInMs(from: string | undefined, to: string | undefined) {
  return {
    fromMs: from === undefined ? undefined : startOfDayMs(from),
    beforeMs: to === undefined ? undefined : startOfDayMs(to) + DAY_MS,
  }
}

const cursorSchema = z.tuple([z.int(), z.string()])

function writeCursor(last: OrderKey): string {
  return Buffer.from(JSON.stringify([last.createdAtMs, last.medOrgOrd])).toString('base64url')
}

function readCursor(cursor: string): OrderKey | undefined {
  try {
    const read = cursorSchema.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return read.success ? { createdAtMs: read.data[0], medOrgOrd: read.data[1] } : undefined
  } catch {
    // Not a cursor of ours; the caller answers with the field's name.
    return undefined
  }
}
