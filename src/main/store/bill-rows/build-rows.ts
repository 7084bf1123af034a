import { writeFileSync } from 'node:fs'
import { CANCELLED, type JobContext, type JobFailure } from '#main/worker/job.ts'
import type { BillComparison } from '#shared/contract/bills.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { syncFile } from '../durable-file.ts'
import { attach, connect, type Db } from '../open.ts'
import { describeSqliteError } from '../store-problem.ts'
import type { RowsWanted } from './bill-jobs.ts'
import { compareRows } from './compare-rows.ts'
import { ROWS_SCHEMA } from './rows-file.ts'

/** Progress is counted in these; how it is divided says only roughly where the time goes. */
const STEPS = 1_000
const FILLING = 450

/** What stops the filling of a file: neither a bug nor a fault of the store. */
class Cancelled extends Error {}

/** Told how far the filling is, from 0 to 1. Throws when it is to stop, which is caught here. */
export type FillStep = (part: number) => void

/**
 * Makes the file of a bill's rows: filled, then compared with the orders of the desk's database, which it only reads.
 * Whatever goes wrong, or when it is cancelled, what is there has no name yet, and the caller removes it.
 */
export async function buildRows<T>(
  { part, database, key, ...bill }: RowsWanted,
  { progress, isCancelled }: JobContext,
  fill: (db: Db, step: FillStep) => Promise<T> | T,
): Promise<Result<{ readonly filled: T; readonly comparison: BillComparison }, JobFailure>> {
  const seal = key === undefined ? undefined : Buffer.from(key)
  let db: Db | undefined
  try {
    writeFileSync(part, '', { mode: 0o600 })
    db = openPart(part, seal)
    const filled = await fill(db, (done) => {
      progress(Math.round(done * FILLING), STEPS)
      if (isCancelled()) throw new Cancelled()
    })
    attach(db, 'desk', { path: database, key: seal })
    // In KiB. Neighbours in the bill are neighbours in the desk's table too, more often than the default holds.
    db.pragma('desk.cache_size = -8000')
    const comparison = compareRows(db, bill, (done) => {
      progress(FILLING + Math.round(done * (STEPS - FILLING)), STEPS)
      return !isCancelled()
    })
    if (comparison === undefined) return err(CANCELLED)
    db.close()
    syncFile(part)
    return ok({ filled, comparison })
  } catch (error) {
    if (error instanceof Cancelled) return err(CANCELLED)
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err({ reason: 'failed', words: `对账单没有核对完：${problem.words}` })
  } finally {
    db?.close()
  }
}

/** Nobody else knows this file, and half of it is worth nothing: it needs no journal, and one fsync at its end. */
function openPart(path: string, key: Buffer | undefined): Db {
  const db = connect({ path, key })
  // Named, or the desk's database would get them too.
  for (const setting of ['page_size = 16384', 'journal_mode = OFF', 'synchronous = OFF']) db.pragma(`main.${setting}`)
  db.exec(ROWS_SCHEMA)
  return db
}
