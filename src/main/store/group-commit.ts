import type { Timers } from '#shared/domain/time.ts'
import { describeSqliteError } from './store-problem.ts'
import type { Transactions } from './transactions.ts'

/** How many turns of the event loop a commit waits at most while each turn still brings another message. */
const MOST_TURNS = 32
/** With so many a commit goes off: the disk works on them while the next are read. */
const COMPANY = 16
/** How much work without a waiting caller one commit takes along: it must not keep those who wait for long. */
const MOST_FOLLOWING = 64
/** Under load, work without a waiting caller rides with the next commit; this long, in ms, it waits for one. */
const RIDE_WITHIN_MS = 10

/** How work comes to its commit. Work may run twice, the first time undone: all that it does is in the database. */
export interface Commits {
  /** Resolves with the value of `work` when that is durable. */
  join<T>(work: () => T): Promise<T>
  /** Work that nobody waits for. */
  follow(work: () => void): void
  /** Resolves when all that is committed by now is durable: only then may it have an effect outside of this machine. */
  durable(): Promise<void>
  /** Commits everything that waits, now. Those who wait are told when it is durable. */
  flush(): void
}

interface Member {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/**
 * One commit for everything that waits for one at the same moment; one that comes alone waits for nobody. The disk makes
 * it durable beside the event loop, while the next are read and committed. Each member is a transaction of its own: what
 * goes wrong in one is told to that one, and undoes no other. When the store itself fails, all fail.
 */
export class GroupCommit implements Commits {
  readonly #transactions: Transactions
  readonly #report: (error: unknown) => void
  readonly #timers: Timers
  #waiting: Member[] = []
  #following: (() => void)[] = []
  #planned = false
  #getOff: (() => void) | undefined
  /** How many commits took along lately; falls by half with each smaller one. */
  #crowd = 0

  /** @param report gets what goes wrong where no caller waits. */
  constructor(transactions: Transactions, report: (error: unknown) => void, timers: Timers) {
    this.#transactions = transactions
    this.#report = report
    this.#timers = timers
  }

  /** Runs `work` in the next commit. Resolves with its value when that is durable. */
  join<T>(work: () => T): Promise<T> {
    const joined = new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject })
    })
    this.#plan()
    return joined
  }

  /** Work that nobody waits for: with the next commit while there is load, else in one of its own at once. */
  follow(work: () => void): void {
    this.#following.push(work)
    if (this.#planned || this.#getOff !== undefined) return
    if (this.#crowd <= 1) this.#plan()
    else this.#getOff = this.#timers.after(RIDE_WITHIN_MS, () => this.#plan())
  }

  durable(): Promise<void> {
    return this.#transactions.durable()
  }

  /** Commits everything that waits, now. */
  flush(): void {
    while (this.#waiting.length + this.#following.length > 0) this.#commitNext()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    setImmediate(() => this.#gather(0, 1))
  }

  /** One that comes alone waits for nobody; under load those who wait for the disk anyway share a commit. */
  #gather(before: number, turn: number): void {
    const count = this.#waiting.length
    const busy = this.#transactions.untilDiskIsFree()
    if (count > before && count < COMPANY && turn < MOST_TURNS) setImmediate(() => this.#gather(count, turn + 1))
    else if (busy !== undefined) void busy.then(() => this.#gather(count, turn))
    else this.#commitNext()
  }

  #commitNext(): void {
    this.#planned = false
    this.#getOff?.()
    this.#getOff = undefined
    const members = this.#waiting
    const following = this.#following.splice(0, MOST_FOLLOWING)
    this.#waiting = []
    if (members.length + following.length === 0) return
    this.#crowd = Math.max(members.length, Math.floor(this.#crowd / 2))
    this.#commit(members, following)
    if (this.#following.length > 0) this.#plan()
  }

  #commit(members: readonly Member[], following: readonly (() => void)[]): void {
    const refuse = (error: unknown) => {
      for (const { reject } of members) reject(error)
      // A store that fails is seen by its light; what had no effect yet has it when the store works again.
      if (members.length === 0 && describeSqliteError(error) === undefined) this.#report(error)
    }
    try {
      const { value, durable } = this.#transactions.commit(() => ({
        ends: members.map((member) => this.#run(member)),
        problems: following.flatMap((work) => this.#runFollowing(work)),
      }))
      durable.then(() => {
        for (const end of value.ends) end()
      }, refuse)
      for (const problem of value.problems) this.#report(problem)
    } catch (error) {
      refuse(error)
    }
  }

  /** @returns what to tell the caller once the commit is durable. @throws when the store itself fails. */
  #run({ work, resolve, reject }: Member): () => void {
    try {
      const value = this.#transactions.run(work)
      return () => resolve(value as never)
    } catch (error) {
      if (describeSqliteError(error) !== undefined) throw error
      return () => reject(error)
    }
  }

  /** @returns what to report once the commit stands: it may not be the last try. @throws when the store itself fails. */
  #runFollowing(work: () => void): readonly unknown[] {
    try {
      this.#transactions.run(work)
      return []
    } catch (error) {
      if (describeSqliteError(error) !== undefined) throw error
      return [error]
    }
  }
}
