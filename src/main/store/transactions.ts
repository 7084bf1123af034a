import { Announcements } from './announcements.ts'
import type { Checkpointer } from './checkpoint/checkpointer.ts'
import type { JournalCopy } from './journal-copy/journal-copy.ts'
import type { JournalRecord } from './journal-copy/journal-record.ts'
import type { Db } from './open.ts'
import type { StoreFaults } from './store-faults.ts'
import { SyncFailed } from './store-problem.ts'
import type { SyncLine } from './sync-line.ts'

export interface TransactionParts {
  readonly db: Db
  /** Of the database's write-ahead log. */
  readonly log: SyncLine
  readonly journal: JournalCopy
  readonly checkpointer: Checkpointer
  readonly faults: StoreFaults
  /** Gets what goes wrong in telling others of a commit that was durable only after `commit` had returned. */
  readonly report: (error: unknown) => void
}

/** Ends a trial; told to nobody. */
const TORN = new Error('done again with savepoints')

/** A transaction that has committed, while the disk may still be at work. */
export interface Committed<T> {
  readonly value: T
  /** Resolves when it outlives a power cut, with its copy in the journal; nothing may be acknowledged before. */
  readonly durable: Promise<void>
}

/**
 * The write transactions of one connection: everything of one commits, or nothing does. A transaction inside another is
 * a savepoint of it, so that its failure undoes no more than itself. Synchronous: none lives across an await. What was
 * noted for the journal's copy is written before the commit, so that whatever the database holds, the copy holds too.
 */
export class Transactions {
  readonly #parts: TransactionParts
  readonly #perform
  readonly #announcements = new Announcements()
  /** The last commit whose log is not synced yet: its sync covers all before it. */
  #unsynced: Promise<void> | undefined
  #failed: SyncFailed | undefined
  /** Of the commit that is tried without savepoints: whether anything within it went wrong. */
  #trial: { isTorn: boolean } | undefined

  constructor(parts: TransactionParts) {
    this.#parts = parts
    this.#perform = parts.db.transaction((work: () => unknown) => work())
  }

  /** Durable when it returns. */
  run<T>(work: () => T): T {
    const { db, journal, checkpointer, faults } = this.#parts
    if (db.inTransaction) return this.#within(work)
    const value = this.#outermost(() => {
      const result = work()
      if (journal.write()) journal.syncNow()
      return result
    })
    faults.clear()
    checkpointer.committed()
    this.#announcements.committed()()
    return value
  }

  /** Goes into the journal's copy with this transaction; outside of any, at once. */
  note(record: () => JournalRecord): void {
    const { db, journal } = this.#parts
    journal.note(record)
    if (!db.inTransaction && journal.write()) journal.syncNow()
  }

  /** Told to others only when it is durable: what a rollback undoes is never heard of. */
  afterCommit(effect: () => void): void {
    this.#announcements.add(effect)
    if (!this.#parts.db.inTransaction) this.#announcements.committed()()
  }

  /**
   * The outermost transaction, which the disk may take its time with: the log and the copy are synced beside the event loop.
   * @param work may run twice, the first time undone: all that it does is in the database.
   */
  commit<T>(work: () => T): Committed<T> {
    const { journal, log, checkpointer } = this.#parts
    let noted = false
    const value = this.#withoutSync(() =>
      this.#triedWithoutSavepoints(work, () => {
        noted = journal.write()
      }),
    )
    const logged = this.#logged(log.durable(), this.#announcements.committed())
    checkpointer.committed()
    return { value, durable: noted ? this.#bothDurable(logged, journal.sync()) : logged }
  }

  /** Resolves when all that is committed by now outlives a power cut: what it says may leave this machine. */
  durable(): Promise<void> {
    return this.#unsynced ?? Promise.resolve()
  }

  /** Resolves when the disk could begin with another commit; undefined where it could now. */
  untilDiskIsFree(): Promise<void> | undefined {
    return this.#parts.log.untilFree()
  }

  /**
   * SQLite writes the commit to its log and does not wait for the disk, which `log` does instead. Everything else of this
   * connection, and a checkpoint within this too, syncs as always (docs/decisions/0008-the-log-is-synced-beside.md).
   */
  #withoutSync<T>(run: () => T): T {
    const { db } = this.#parts
    // `exec`, because `pragma` makes an object of each, which takes eight times as long.
    db.exec('PRAGMA synchronous = NORMAL')
    try {
      return run()
    } finally {
      db.exec('PRAGMA synchronous = FULL')
    }
  }

  #logged(syncing: Promise<void>, tell: () => void): Promise<void> {
    const { faults } = this.#parts
    const { problem } = faults
    const logged: Promise<void> = syncing.then(
      () => {
        if (this.#failed !== undefined) throw this.#failed
        if (this.#unsynced === logged) this.#unsynced = undefined
        // A fault that was met after this commit is not mended by it.
        if (faults.problem === problem) faults.clear()
        this.#tell(tell)
      },
      (error) => this.#stop(error),
    )
    this.#unsynced = logged
    return logged
  }

  #tell(tell: () => void): void {
    const { report } = this.#parts
    try {
      tell()
    } catch (error) {
      report(error)
    }
  }

  /**
   * The disk refused the log. What it lost may lie below everything that is written from now on, and another sync could
   * say that all is well: so nothing is written any more, until a start has moved the log into the database.
   */
  #stop(cause: unknown): never {
    const { db, faults } = this.#parts
    this.#failed ??= new SyncFailed({ cause })
    if (db.open) db.pragma('query_only = ON')
    faults.note(this.#failed)
    throw this.#failed
  }

  /** Whoever waits hears of a copy that failed; the light turns red even when nobody does. */
  async #bothDurable(logged: Promise<void>, copied: Promise<void>): Promise<void> {
    const ends = await Promise.allSettled([logged, copied])
    for (const end of ends) {
      if (end.status === 'fulfilled') continue
      this.#parts.faults.note(end.reason)
      throw end.reason
    }
  }

  /** Takes the lock at once, so that it never fails half way for want of it. */
  #outermost<T>(work: () => T): T {
    const { journal, faults } = this.#parts
    try {
      // The driver hands the work's own value through; its type does not.
      return this.#perform.immediate(work) as T
    } catch (error) {
      this.#announcements.takeBack(0)
      journal.takeBack(0)
      faults.note(error)
      throw error
    }
  }

  /**
   * A savepoint for each transaction within takes a tenth of what a callback takes, and hardly ever one of them fails: so
   * first there are none, and where one failed all is undone and done again, with them.
   */
  #triedWithoutSavepoints<T>(work: () => T, beforeCommit: () => void): T {
    const once = () => {
      const result = work()
      if (this.#trial?.isTorn === true) throw TORN
      beforeCommit()
      return result
    }
    this.#trial = { isTorn: false }
    try {
      return this.#outermost(once)
    } catch (error) {
      if (error !== TORN) throw error
    } finally {
      this.#trial = undefined
    }
    return this.#outermost(once)
  }

  #within<T>(work: () => T): T {
    return this.#trial === undefined ? this.#inSavepoint(work) : this.#onTrial(this.#trial, work)
  }

  #onTrial<T>(trial: { isTorn: boolean }, work: () => T): T {
    try {
      return work()
    } catch (error) {
      trial.isTorn = true
      throw error
    }
  }

  #inSavepoint<T>(work: () => T): T {
    const { journal } = this.#parts
    const effects = this.#announcements.mark
    const noted = journal.mark
    try {
      return this.#perform(work) as T
    } catch (error) {
      this.#announcements.takeBack(effects)
      journal.takeBack(noted)
      throw error
    }
  }
}
