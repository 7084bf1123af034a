import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Db, OpenOptions } from '../open.ts'
import { describeSqliteError } from '../store-problem.ts'
import { AT, type CheckpointOrder, ORDER, STATE } from './checkpoint-thread.ts'

/** The log is looked at after so many commits. */
const LOOK_EVERY = 8
/** So many pages that are not in the database yet are worth a checkpoint; SQLite's own number. */
const ENOUGH = 1_000
/**
 * 64 MB. A log begins anew only when all of it was moved before the next commit, to which the thread never gets under
 * load: then this thread moves the last pages.
 */
const MOST = 16_384
const PAGE = 4_096
/** A thread that says nothing for so long, in ms, is not waited for: the whole program closes within 2,500. */
const CLOSE_WITHIN_MS = 1_500
/** In MB: it needs next to nothing. */
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 } as const

/** The thread's entry as it stands in the sources. What was built names its own. */
export const CHECKPOINT_SOURCE = new URL('../../checkpoint.ts', import.meta.url)

export interface CheckpointParts {
  readonly db: Db
  readonly database: OpenOptions
  /** The thread's entry; absent: SQLite makes the checkpoints within commits, on this thread. */
  readonly file: URL | undefined
  readonly report: (error: unknown) => void
}

/**
 * Moves the log into the database on a thread of its own, so that its two syncs hold no event loop
 * (docs/decisions/0011). The thread is started when the log is long for the first time; until then, and again where it
 * died, SQLite does it within a commit.
 */
export class Checkpointer {
  readonly #parts: CheckpointParts
  readonly #board = new Int32Array(new SharedArrayBuffer(8))
  #thread: Worker | undefined
  #died = false
  #commits = 0

  constructor(parts: CheckpointParts) {
    this.#parts = parts
  }

  /** Call it after each commit, outside of any transaction. */
  committed(): void {
    if (this.#parts.file === undefined || this.#died) return
    this.#commits += 1
    if (this.#commits % LOOK_EVERY !== 0) return
    try {
      this.#look(this.#parts.file)
    } catch (error) {
      // What was committed is committed. As in SQLite's own checkpoints, a disk at fault is told of by the next commit.
      if (describeSqliteError(error) === undefined) this.#parts.report(error)
    }
  }

  /** Before the database: whoever closes its last connection moves what is left and removes the log. */
  close(): void {
    if (this.#thread === undefined) return
    this.#order(ORDER.close)
    Atomics.wait(this.#board, AT.state, STATE.open, CLOSE_WITHIN_MS)
    this.#thread = undefined
  }

  #look(file: URL): void {
    const { log, checkpointed } = lengthOf(this.#parts.db)
    const left = log - checkpointed
    if (left >= ENOUGH / 2) this.#thread ??= this.#start(file)
    if (this.#thread === undefined) return
    // Twice as long: the thread fails, whatever it is.
    if ((log >= MOST && left < ENOUGH) || log >= 2 * MOST) this.#parts.db.pragma('wal_checkpoint(PASSIVE)')
    else if (left >= ENOUGH) this.#order(ORDER.checkpoint)
  }

  #order(order: number): void {
    Atomics.store(this.#board, AT.order, order)
    Atomics.notify(this.#board, AT.order)
  }

  #start(file: URL): Worker {
    const { db, database, report } = this.#parts
    const order: CheckpointOrder = { path: database.path, key: database.key, board: this.#board }
    const thread = new Worker(file, { workerData: order, resourceLimits: LIMITS })
    // It keeps no process from ending, and has no event loop to end by.
    thread.unref()
    thread.once('error', report)
    thread.once('exit', () => {
      this.#died = true
      if (this.#thread !== thread) return
      this.#thread = undefined
      if (db.open) db.pragma(`wal_autocheckpoint = ${ENOUGH}`)
    })
    db.pragma('wal_autocheckpoint = 0')
    db.pragma(`journal_size_limit = ${MOST * PAGE}`)
    return thread
  }
}

const lengthSchema = z.tuple([z.object({ log: z.number(), checkpointed: z.number() })])

/** In pages, of the log as it is used now; it does not shrink as a file. Asking moves nothing. */
function lengthOf(db: Db): { readonly log: number; readonly checkpointed: number } {
  return lengthSchema.parse(db.pragma('wal_checkpoint(NOOP)'))[0]
}
