import type { JournalCopy } from './journal-copy/journal-copy.ts'
import type { JournalRecord } from './journal-copy/journal-record.ts'
import type { Db } from './open.ts'
import type { StoreFaults } from './store-faults.ts'

/** A transaction that has committed, while the journal's copy may still be on its way to the disk. */
export interface Committed<T> {
  readonly value: T
  /** Resolves when the copy is durable too; nothing may be acknowledged before. Undefined where nothing was noted. */
  readonly copied: Promise<void> | undefined
}

/**
 * The write transactions of one connection: everything of one commits, or nothing does. A transaction inside another is
 * a savepoint of it, so that its failure undoes no more than itself. Synchronous: none lives across an await. What was
 * noted for the journal's copy is written before the commit, so that whatever the database holds, the copy holds too.
 */
export class Transactions {
  readonly #db: Db
  readonly #journal: JournalCopy
  readonly #faults: StoreFaults
  readonly #perform
  #effects: (() => void)[] = []

  constructor(db: Db, journal: JournalCopy, faults: StoreFaults) {
    this.#db = db
    this.#journal = journal
    this.#faults = faults
    this.#perform = db.transaction((work: () => unknown) => work())
  }

  run<T>(work: () => T): T {
    if (this.#db.inTransaction) return this.#within(work)
    const value = this.#outermost(() => {
      const result = work()
      if (this.#journal.write()) this.#journal.syncNow()
      return result
    })
    this.publish()
    return value
  }

  /** Goes into the journal's copy with this transaction; outside of any, at once. */
  note(record: () => JournalRecord): void {
    this.#journal.note(record)
    if (!this.#db.inTransaction && this.#journal.write()) this.#journal.syncNow()
  }

  /** Told to others only when it is durable: what a rollback undoes is never heard of. */
  afterCommit(effect: () => void): void {
    this.#effects.push(effect)
    if (!this.#db.inTransaction) this.publish()
  }

  /** The outermost transaction alone; the copy is synced beside it, and what waits for it is left to `publish`. */
  commit<T>(work: () => T): Committed<T> {
    let copied: Promise<void> | undefined
    const value = this.#outermost(() => {
      const result = work()
      if (this.#journal.write()) copied = this.#journal.sync()
      return result
    })
    // Whoever waits hears of it too; the light turns red even when nobody does.
    copied?.catch((error) => this.#faults.note(error))
    return { value, copied }
  }

  /** @throws the first of what the effects throw, after all of them ran. */
  publish(): void {
    const problems: unknown[] = []
    for (const effect of this.#effects.splice(0)) {
      try {
        effect()
      } catch (error) {
        problems.push(error)
      }
    }
    if (problems.length > 0) throw problems[0]
  }

  /** Takes the lock at once, so that it never fails half way for want of it. */
  #outermost<T>(work: () => T): T {
    try {
      // The driver hands the work's own value through; its type does not.
      const value = this.#perform.immediate(work) as T
      this.#faults.clear()
      return value
    } catch (error) {
      this.#effects = []
      this.#journal.takeBack(0)
      this.#faults.note(error)
      throw error
    }
  }

  #within<T>(work: () => T): T {
    const effects = this.#effects.length
    const noted = this.#journal.mark
    try {
      return this.#perform(work) as T
    } catch (error) {
      this.#effects.length = effects
      this.#journal.takeBack(noted)
      throw error
    }
  }
}
