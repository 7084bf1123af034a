import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { CANCELLED, type JobContext, type JobEnd, type JobRun } from '#main/worker/job.ts'
import { CSV_START } from '#shared/domain/csv-cells.ts'
import { err, ok } from '#shared/domain/result.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import { renameDurably } from '../durable-file.ts'
import { connect, type Db } from '../open.ts'
import { daysInMs } from '../order-filter.ts'
import type { OrderRecord } from '../order-record.ts'
import { OrderSearcher } from '../order-search.ts'
import { describeSqliteError } from '../store-problem.ts'
import { ORDER_HEADER, orderLine } from './order-cells.ts'
import type { OrderExport, orderExportJob } from './order-export-job.ts'

const PAGE = 1_000

/**
 * Writes the orders of a search, newest first, under a name of its own, and gives the file its name when it is whole
 * and on disk. Reads one moment of the database: what arrives meanwhile is not in it.
 */
export const exportOrders: JobRun<typeof orderExportJob> = (wanted, context) => {
  const part = join(wanted.folder, `${wanted.fileName}.part`)
  try {
    mkdirSync(wanted.folder, { recursive: true, mode: 0o700 })
    return write(wanted, part, context)
  } catch (error) {
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err({ reason: 'failed', words: `没有导出：${problem.words}` })
  } finally {
    rmSync(part, { force: true })
  }
}

function write(wanted: OrderExport, part: string, context: JobContext): JobEnd<{ file: string; rows: number }> {
  const { source, key, wholePersons } = wanted
  const db = connect({ path: source, ...(key === undefined ? {} : { key: Buffer.from(key) }) }, { readonly: true })
  const file = openSync(part, 'w', 0o600)
  try {
    let rows = 0
    writeSync(file, CSV_START + ORDER_HEADER)
    // One read transaction: one moment.
    db.exec('BEGIN')
    for (const { records, total } of pagesOf(db, wanted)) {
      if (context.isCancelled()) return err(CANCELLED)
      writeSync(file, records.map((record) => orderLine(record, wholePersons)).join(''))
      rows += records.length
      context.progress(rows, total)
    }
    fsyncSync(file)
    const named = join(wanted.folder, wanted.fileName)
    renameDurably(part, named)
    return ok({ file: named, rows })
  } finally {
    closeSync(file)
    db.close()
  }
}

/** @returns each page, and how many orders there are in all: 0 where a search does not count them before. */
function* pagesOf(db: Db, { text, states, from, to, nowMs }: OrderExport) {
  const searcher = new OrderSearcher(db)
  const { words, ...days } = readSearchText(text, nowMs)
  const list = { states, ...daysInMs([from, days.from], [to, days.to]) }
  if (words.length > 0) {
    let after: Parameters<OrderSearcher['search']>[2]['after']
    do {
      const { records, next } = searcher.search(words, list, { after, limit: PAGE })
      yield { records, total: 0 }
      after = next
    } while (after !== undefined)
    return
  }
  const total = searcher
    .stepper(list)
    .rest({ createdAtMs: Number.MAX_SAFE_INTEGER, medOrgOrd: '' }, Number.MAX_SAFE_INTEGER)
  let page: readonly OrderRecord[]
  let after: OrderRecord | undefined
  do {
    page = searcher.list({ ...list, after, limit: PAGE })
    yield { records: page, total }
    after = page.at(-1)
  } while (after !== undefined)
}
