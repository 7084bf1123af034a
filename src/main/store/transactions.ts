import type { Db } from './open.ts'

/**
 * The write transactions of one connection: everything of one commits, or nothing does. A transaction inside another is
 * a savepoint of it, so that its failure undoes no more than itself. Synchronous: none lives across an await.
 */
export class Transactions {
  readonly #db: Db
  readonly #perform
  #effects: (() => void)[] = []

  constructor(db: Db) {
    this.#db = db
    this.#perform = db.transaction((work: () => unknown) => work())
  }

  run<T>(work: () => T): T {
    if (this.#db.inTransaction) return this.#within(work)
    const value = this.commit(work)
    this.publish()
    return value
  }

  /** Told to others only when it is durable: what a rollback undoes is never heard of. */
  afterCommit(effect: () => void): void {
    this.#effects.push(effect)
    if (!this.#db.inTransaction) this.publish()
  }

  /** The outermost transaction alone; what waits for it is left to `publish`. Takes the lock at once. */
  commit<T>(work: () => T): T {
    try {
      // The driver hands the work's own value through; its type does not.
      return this.#perform.immediate(work) as T
    } catch (error) {
      this.#effects = []
      throw error
    }
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

  #within<T>(work: () => T): T {
    const before = this.#effects.length
    try {
      return this.#perform(work) as T
    } catch (error) {
      this.#effects.length = before
      throw error
    }
  }
}
