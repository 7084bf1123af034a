import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Handlers } from '#main/rpc/dispatcher.ts'
import { RowReader } from '#main/store/bill-rows/read-rows.ts'
import type { BillRecord } from '#main/store/bills.ts'
import { outlineOf } from '#main/store/outline.ts'
import type { BillMatch, BillRow } from '#shared/contract/bills.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'
import { BillReadings, type ReadingParts } from './bill-readings.ts'
import { BillDownloads, type DownloadParts } from './download-bill.ts'
import { billCsv } from './export-csv.ts'
import { presentBill, unmappedHeaders } from './present-bill.ts'

const MOST_EXPORTED_ROWS = 50_000
/** Rows that are read for an export without a turn for others. */
const EXPORT_PAGE = 500
const FIRST_DAY = '0000-01-01'
const LAST_DAY = '9999-12-31'

type BillHandlers = Pick<
  Handlers,
  'bills.download' | 'bills.list' | 'bills.get' | 'bills.rows' | 'bills.outline' | 'bills.export'
>

export type BillParts = Omit<DownloadParts, 'readings'> & ReadingParts

/** Bills: fetched from the centre once, looked at from the store ever after. */
export function billHandlers(parts: BillParts): BillHandlers {
  const { store, files } = parts
  // What a crash left half done is nobody's bill.
  store.bills.dropUnfinished()
  files.sweep()
  const readings = new BillReadings(parts)
  const downloads = new BillDownloads({ ...parts, readings })
  return {
    'bills.download': (wanted, { operator }) => downloads.download(wanted, operator.name),
    'bills.list': ({ from = FIRST_DAY, to = LAST_DAY, limit }) =>
      ok({ bills: store.bills.list(from, to, limit).map((bill) => presentBill(files, bill)) }),
    'bills.get': async ({ billId }) => {
      const before = store.bills.find(billId)
      if (before === undefined) return err(failure('BILL_NOT_FOUND'))
      await readings.compare(before)
      return ok(presentBill(files, store.bills.find(billId) ?? before))
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
      const reader = readerOf(parts, bill)
      if (reader === undefined) return ok({ rows: 0, cursors: [] })
      try {
        const { rows, keys } = await outlineOf(reader.stepper(match), after, every)
        return ok({ rows, cursors: keys.map(String) })
      } finally {
        reader.close()
      }
    },
    'bills.export': async ({ billId }) => {
      const bill = store.bills.find(billId)
      if (bill === undefined) return err(failure('BILL_NOT_FOUND'))
      const rows = await rowsToExport(parts, bill)
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

/** Undefined where the rows are not kept any more. */
function readerOf({ files, database: { key } }: BillParts, bill: BillRecord): RowReader | undefined {
  return files.hasRows(bill) ? new RowReader({ path: files.rowsOf(bill), key }) : undefined
}

interface Page {
  readonly match: BillMatch | undefined
  /** Line of the last row of the page before; for what is missing, how many were shown. */
  readonly after: number
  readonly limit: number
}

function readPage(parts: BillParts, bill: BillRecord, page: Page): { rows: BillRow[]; nextCursor?: string } {
  const reader = readerOf(parts, bill)
  if (reader === undefined) return { rows: [] }
  try {
    const more = { ...page, limit: page.limit + 1 }
    const rows = rowsBehind(reader, bill, more)
    const shown = rows.slice(0, page.limit)
    const last = page.match === 'missing' ? page.after + shown.length : shown.at(-1)?.line
    return { rows: shown, ...(rows.length > page.limit && { nextCursor: String(last) }) }
  } finally {
    reader.close()
  }
}

function rowsBehind(reader: RowReader, bill: BillRecord, { match, after, limit }: Page): readonly BillRow[] {
  if (match === 'missing') return reader.missing(after, limit)
  return reader.rows(unmappedHeaders(bill), { match, afterLine: after, limit })
}

/** What the bill lacks stands first: it is what somebody has to look into. Page by page, and others have their turn. */
async function rowsToExport(parts: BillParts, bill: BillRecord): Promise<readonly BillRow[]> {
  const rows: BillRow[] = []
  for (const match of ['missing', undefined] as const) {
    let after: number | undefined = 0
    while (after !== undefined && rows.length <= MOST_EXPORTED_ROWS) {
      const page = readPage(parts, bill, { match, after, limit: EXPORT_PAGE })
      rows.push(...page.rows)
      after = page.nextCursor === undefined ? undefined : Number(page.nextCursor)
      await nextTurn()
    }
  }
  return rows
}

function readCursor(cursor = '0'): number | undefined {
  return /^\d{1,12}$/.test(cursor) ? Number(cursor) : undefined
}
