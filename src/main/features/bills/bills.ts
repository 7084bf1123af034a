import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { BillRecord } from '#main/store/bills.ts'
import { outlineOf, type Stepper } from '#main/store/outline.ts'
import type { BillMatch, BillRow } from '#shared/contract/bills.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { BillDownloads, type BillParts } from './download-bill.ts'
import { billCsv } from './export-csv.ts'
import { presentBill, unmappedHeaders } from './present-bill.ts'

const MOST_EXPORTED_ROWS = 50_000
const FIRST_DAY = '0000-01-01'
const LAST_DAY = '9999-12-31'

type BillHandlers = Pick<
  Handlers,
  'bills.download' | 'bills.list' | 'bills.get' | 'bills.rows' | 'bills.outline' | 'bills.export'
>

/** Bills: fetched from the centre once, looked at from the store ever after. */
export function billHandlers(parts: BillParts): BillHandlers {
  const { store, clock } = parts
  // What a crash left half done is nobody's bill.
  store.bills.dropUnfinished()
  parts.files.sweep()
  const downloads = new BillDownloads(parts)
  return {
    'bills.download': (wanted, { operator }) => downloads.download(wanted, operator.name),
    'bills.list': ({ from = FIRST_DAY, to = LAST_DAY, limit }) =>
      ok({ bills: store.bills.list(from, to, limit).map((bill) => presentBill(store, bill)) }),
    'bills.get': async ({ billId }) => {
      if (store.bills.find(billId) === undefined) return err(failure('BILL_NOT_FOUND'))
      await store.billComparer.compare(billId, clock.now())
      const bill = store.bills.find(billId)
      return bill === undefined ? err(failure('BILL_NOT_FOUND')) : ok(presentBill(store, bill))
    },
    'bills.rows': ({ billId, match, cursor, limit }) => {
      const bill = store.bills.find(billId)
      if (bill === undefined) return err(failure('BILL_NOT_FOUND'))
      const after = readCursor(cursor)
      if (after === undefined) return err(WRONG_CURSOR)
      return ok(readPage(parts, bill, { match, after, limit }))
    },
    'bills.outline': async ({ billId, match, cursor, every }) => {
      const bill = store.bills.find(billId)
      if (bill === undefined) return err(failure('BILL_NOT_FOUND'))
      const after = readCursor(cursor)
      if (after === undefined) return err(WRONG_CURSOR)
      const { rows, keys } = await outlineOf(stepperOf(parts, bill, match), after, every)
      return ok({ rows, cursors: keys.map(String) })
    },
    'bills.export': ({ billId }) => {
      const bill = store.bills.find(billId)
      if (bill === undefined) return err(failure('BILL_NOT_FOUND'))
      // What the bill lacks stands first: it is what somebody has to look into.
      const rows = [
        ...store.billComparer.missing(bill),
        ...store.bills.rows(billId, unmappedHeaders(bill), { afterLine: 0, limit: MOST_EXPORTED_ROWS + 1 }),
      ]
      const written = rows.slice(0, MOST_EXPORTED_ROWS)
      return ok({
        fileName: `对账单-${bill.billDate}-${bill.billType}.csv`,
        csv: billCsv(written),
        rows: written.length,
        truncated: rows.length > written.length,
      })
    },
  }
}

const WRONG_CURSOR = failure('INPUT_INVALID', 'cursor：应为上一页给出的值')

interface Page {
  readonly match: BillMatch | undefined
  /** Line of the last row of the page before; for what is missing, how many were shown. */
  readonly after: number
  readonly limit: number
}

function readPage(
  { store }: BillParts,
  bill: BillRecord,
  { match, after, limit }: Page,
): { rows: BillRow[]; nextCursor?: string } {
  if (match === 'missing') {
    const all = store.billComparer.missing(bill)
    const next = after + limit < all.length ? { nextCursor: String(after + limit) } : {}
    return { rows: all.slice(after, after + limit), ...next }
  }
  const rows = store.bills.rows(bill.id, unmappedHeaders(bill), { match, afterLine: after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? { nextCursor: String(page.at(-1)?.line ?? after) } : {}
  return { rows: page, ...next }
}

/** By the same cursors as the pages. */
function stepperOf({ store }: BillParts, bill: BillRecord, match: BillMatch | undefined): Stepper<number> {
  if (match !== 'missing') return store.bills.stepper(bill.id, match)
  const all = store.billComparer.missing(bill).length
  return {
    skip: (shown, rows) => (shown + rows <= all ? shown + rows : undefined),
    rest: (shown) => all - shown,
  }
}

function readCursor(cursor = '0'): number | undefined {
  return /^\d{1,12}$/.test(cursor) ? Number(cursor) : undefined
}
