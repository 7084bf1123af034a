import type { Store } from '#main/store/store.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'

/** How often the poller looks whether a question is due. The questions' own times are set by `query-ladder.ts`. */
const LOOK_EVERY_MS = 500
/** Questions under way at once: enough for a busy desk, too few to be a burden for the centre. */
const AT_ONCE = 4

export interface PollerParts {
  readonly store: Store
  readonly clock: Clock
  readonly timers: Timers
  readonly ask: (medOrgOrd: string) => Promise<unknown>
  readonly report: (error: unknown) => void
}

/** Asks about every order whose question is due, until it needs no more asking (money-safety.md, rule 13). */
export class Poller {
  readonly #parts: PollerParts
  readonly #underWay = new Map<string, Promise<void>>()
  #stopLooking: (() => void) | undefined

  constructor(parts: PollerParts) {
    this.#parts = parts
  }

  start(): void {
    this.#stopLooking = this.#parts.timers.every(LOOK_EVERY_MS, () => this.look())
  }

  /** Asks what is due now. @returns when those questions are answered or given up. */
  async look(): Promise<void> {
    const { store, clock } = this.#parts
    const due = store.orders.due(clock.now(), AT_ONCE + this.#underWay.size)
    for (const medOrgOrd of due) {
      if (this.#underWay.size >= AT_ONCE) break
      if (!this.#underWay.has(medOrgOrd)) this.#underWay.set(medOrgOrd, this.#ask(medOrgOrd))
    }
    await Promise.all(this.#underWay.values())
  }

  async close(): Promise<void> {
    this.#stopLooking?.()
    await Promise.all(this.#underWay.values())
  }

  async #ask(medOrgOrd: string): Promise<void> {
    try {
      await this.#parts.ask(medOrgOrd)
    } catch (error) {
      this.#parts.report(error)
    } finally {
      this.#underWay.delete(medOrgOrd)
    }
  }
}
