import type { HandlerAnswer, ParsedInput } from '#main/rpc/dispatcher.ts'
import { nameInitials } from '#main/store/name-initials.ts'
import { daysInMs, type OrderList } from '#main/store/order-filter.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { FoundOrder } from '#shared/contract/orders.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { addFen } from '#shared/domain/money.ts'
import { err, ok } from '#shared/domain/result.ts'
import { searchMarks } from '#shared/domain/search-marks.ts'
import { readSearchText, type SearchWord } from '#shared/domain/search-text.ts'
import type { Clock } from '#shared/domain/time.ts'
import { readKey, readPlace, writeKey, writePlace } from './order-cursor.ts'

type Search = ParsedInput<'orders.search'>
type Found = HandlerAnswer<'orders.search'>

const PAGE = 50
export const WRONG_CURSOR = failure('INPUT_INVALID', 'cursor：应为上一页给出的值')

/** One page of the orders that the filters and the search box ask for, wholly from the store. */
export function searchOrders(store: Store, clock: Clock, input: Search): Found {
  const { words, from, to } = readSearchText(input.text ?? '', clock.now())
  const list = {
    states: input.states,
    attention: input.attention,
    ...daysInMs([input.from, from], [input.to, to]),
  }
  return words.length === 0 ? readList(store, list, input) : readHits(store, words, list, input)
}

function readList(store: Store, list: OrderList, { cursor, limit = PAGE }: Search): Found {
  const after = cursor === undefined ? undefined : readKey(cursor)
  if (cursor !== undefined && after === undefined) return err(WRONG_CURSOR)
  const records = store.orderSearch.list({ ...list, after, limit: limit + 1 })
  const page = records.slice(0, limit)
  const last = page.at(-1)
  return ok({
    orders: page.map((record) => store.book.summarise(record)),
    ...(records.length > limit && last !== undefined ? { nextCursor: writeKey(last) } : {}),
  })
}

function readHits(
  store: Store,
  words: readonly SearchWord[],
  list: OrderList,
  { cursor, limit = PAGE }: Search,
): Found {
  const after = cursor === undefined ? undefined : readPlace(cursor)
  if (cursor !== undefined && after === undefined) return err(WRONG_CURSOR)
  const { records, next } = store.orderSearch.search(words, list, { after, limit })
  return ok({
    orders: records.map((record) => withMarks(store, record, words)),
    ...(next === undefined ? {} : { nextCursor: writePlace(next) }),
  })
}

function withMarks(store: Store, record: OrderRecord, words: readonly SearchWord[]): FoundOrder {
  const { patientName, idNo, chargeFen, chargeOutsideFen } = record.charge
  const searched = {
    medOrgOrd: record.medOrgOrd,
    payOrdId: record.payOrdId,
    patientName,
    nameInitials: nameInitials(patientName),
    idNo,
    totalFen: addFen(chargeFen, chargeOutsideFen),
  }
  return { ...store.book.summarise(record), matched: [...searchMarks(words, searched)] }
}
