import type { Timers } from '#shared/domain/time.ts'
import { describeSqliteError } from './store-problem.ts'
import type { Transactions } from './transactions.ts'

/** How many turns of the event loop a commit waits at most while each turn still brings another message. */
const MOST_TURNS = 32
/**
 * Under load a commit also waits for those who are on their way, since an answered caller needs some turns to come again:
 * for this part of what the last commit took, so that a slow disk is asked less often, and never longer than this, in ms.
 */
const WAIT_PART = 0.5
const LONGEST_WAIT_MS = 10
/** How much work without a waiting caller one commit takes along: it must not keep those who wait for long. */
const MOST_FOLLOWING = 64
/** Under load, work without a waiting caller rides with the next commit; this long, in ms, it waits for one. */
const RIDE_WITHIN_MS = 10

/** How work comes to its commit. */
export interface Commits {
  /** Resolves with the value of `work` when that is durable. */
  join<T>(work: () => T): Promise<T>
  /** Work that nobody waits for. */
  follow(work: () => void): void
  /** Commits everything that waits, now. */
  flush(): void
}

interface Member {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/**
 * One commit, and so one fsync, for everything that waits for a commit at the same moment. While a commit runs the
 * others gather by themselves, because it holds up the event loop; one that comes alone waits for nobody. Each member
 * has a savepoint of its own: what goes wrong in one is told to that one. When the store itself fails, all fail.
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
  #lastTookMs = 0

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

  /** Commits everything that waits, now. */
  flush(): void {
    while (this.#waiting.length + this.#following.length > 0) this.#commitNext()
  }

  #plan(): void {
    if (this.#planned) return
    this.#planned = true
    const waitUntil = this.#timers.monotonicMs() + this.#worthWaitingMs()
    setImmediate(() => this.#gather(0, 1, waitUntil))
  }

  #gather(before: number, turn: number, waitUntil: number): void {
    const count = this.#waiting.length
    const coming = count > before && turn < MOST_TURNS
    const expected = this.#timers.monotonicMs() < waitUntil
    if (coming || expected) setImmediate(() => this.#gather(count, turn + 1, waitUntil))
    else this.#commitNext()
  }

  /** One that comes alone waits for nobody. */
  #worthWaitingMs(): number {
    return this.#crowd > 1 ? Math.min(this.#lastTookMs * WAIT_PART, LONGEST_WAIT_MS) : 0
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
    const startedAt = this.#timers.monotonicMs()
    this.#commit(members, following)
    this.#lastTookMs = this.#timers.monotonicMs() - startedAt
    if (this.#following.length > 0) this.#plan()
  }

  #commit(members: readonly Member[], following: readonly (() => void)[]): void {
    try {
      const { value: ends, copied } = this.#transactions.commit(() => {
        const ends = members.map((member) => this.#run(member))
        for (const work of following) this.#runFollowing(work)
        return ends
      })
      tell(members, ends, copied)
    } catch (error) {
      for (const { reject } of members) reject(error)
      // A store that fails is seen by its light; what had no effect yet has it when the store works again.
      if (members.length === 0 && describeSqliteError(error) === undefined) this.#report(error)
      return
    }
    try {
      this.#transactions.publish()
    } catch (error) {
      this.#report(error)
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

  #runFollowing(work: () => void): void {
    try {
      this.#transactions.run(work)
    } catch (error) {
      if (describeSqliteError(error) !== undefined) throw error
      this.#report(error)
    }
  }
}

/** Nobody hears of success before the journal's copy is durable too. */
function tell(members: readonly Member[], ends: readonly (() => void)[], copied: Promise<void> | undefined): void {
  const all = () => {
    for (const end of ends) end()
  }
  if (copied === undefined) all()
  else
    copied.then(all, (error) => {
      for (const { reject } of members) reject(error)
    })
}
