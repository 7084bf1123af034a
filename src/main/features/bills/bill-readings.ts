import { createHash } from 'node:crypto'
import type { BillRecord, NewBill } from '#main/store/bills.ts'
import type { OpenOptions } from '#main/store/open.ts'
import type { Store } from '#main/store/store.ts'
import type { TaskBoard, TaskEnd } from '#main/tasks/task-board.ts'
import type { JobEnd } from '#main/worker/job.ts'
import type { JobOptions, JobRunner } from '#main/worker/job-runner.ts'
import { type BillNames, DEFAULT_BILL_NAMES } from '#shared/domain/bill-columns.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { BillFiles } from './bill-files.ts'
import { BILL_READER_VERSION } from './read-bill.ts'

export interface ReadingParts {
  readonly store: Store
  readonly files: BillFiles
  /** Header names and words of this site. */
  readonly names: BillNames
  readonly clock: Clock
  readonly jobs: JobRunner
  readonly tasks: TaskBoard
  /** Of the desk, whose orders a bill is compared with. */
  readonly database: OpenOptions
}

export type ReadFailure = Failure<'BILL_UNREADABLE' | 'BILL_TOO_LARGE' | 'BILL_CANCELLED' | 'STORE_UNWRITABLE'>

/** From this size on, some ten thousand rows, reading a bill is long work, which is shown and can be cancelled. */
const LONG_BYTES = 1024 * 1024

/** Reads raw bills into files of rows and compares these, by workers; what a reading found is kept in the store. */
export class BillReadings {
  readonly #parts: ReadingParts

  constructor(parts: ReadingParts) {
    this.#parts = parts
  }

  /** The same file is read anew when the site's names, ours or the reader have changed. */
  get rulesHash(): string {
    const { columns, words } = this.#parts.names
    const rules = [BILL_READER_VERSION, columns, words, DEFAULT_BILL_NAMES]
    return createHash('sha256').update(JSON.stringify(rules)).digest('hex')
  }

  /** @returns the id of the bill; nothing of it is kept when it cannot be read, or is cancelled, but the raw file. */
  async read(bill: NewBill): Promise<Result<number, ReadFailure>> {
    const { store, files, names, jobs } = this.#parts
    const part = files.incoming()
    try {
      const made = await this.#run('billImport', bill.fileBytes, (options) =>
        jobs.run('billImport', { ...this.#wanted(bill, part), raw: files.pathOf(bill.fileName), names }, options),
      )
      if (!made.ok)
        return err(failure(made.error.reason === 'cancelled' ? 'BILL_CANCELLED' : 'STORE_UNWRITABLE', made.error.words))
      const read = made.value
      if (!read.read) {
        const words = `${read.words}。原始文件已保存：bills/${bill.fileName}`
        return err(failure(read.code, words, { fileName: bill.fileName, headers: read.headers }))
      }
      files.keepRows(part, bill)
      const before = store.bills.findSame(bill)
      if (before !== undefined && before.rulesHash !== bill.rulesHash) files.discard(files.rowsOf(before))
      return ok(store.transaction(() => store.bills.save(bill, read.facts, read.comparison)))
    } finally {
      files.discard(part)
    }
  }

  /** Compares a bill with the orders as they are now; where that is given up, what was found before still stands. */
  async compare(bill: BillRecord): Promise<void> {
    const { store, files, jobs } = this.#parts
    if (!files.hasRows(bill)) return this.#readAgain(bill)
    const part = files.incoming()
    try {
      const made = await this.#run('billCompare', bill.fileBytes, (options) =>
        jobs.run('billCompare', { ...this.#wanted(bill, part), rows: files.rowsOf(bill) }, options),
      )
      if (!made.ok) return
      files.keepRows(part, bill)
      store.transaction(() => store.bills.setComparison(bill, made.value.comparison))
    } finally {
      files.discard(part)
    }
  }

  /** Of an earlier version, or removed by hand: the raw file has it all. */
  async #readAgain(bill: BillRecord): Promise<void> {
    if (this.#parts.files.hasRaw(bill.fileName)) await this.read({ ...bill, rulesHash: this.rulesHash })
  }

  #wanted({ billDate, billType }: NewBill, part: string) {
    const { database, clock } = this.#parts
    return { part, database: database.path, key: database.key, billDate, billType, nowMs: clock.now() }
  }

  #run<T>(
    kind: 'billImport' | 'billCompare',
    bytes: number,
    run: (options: JobOptions) => Promise<JobEnd<T>>,
  ): Promise<JobEnd<T>> {
    if (bytes < LONG_BYTES) return run({})
    return this.#parts.tasks.run(kind, async ({ signal, progress }) => {
      const value = await run({ signal, onProgress: progress })
      return { value, end: endOf(value) }
    })
  }
}

function endOf(end: JobEnd<unknown>): TaskEnd {
  return end.ok ? { state: 'done', words: null } : { state: end.error.reason, words: end.error.words }
}
