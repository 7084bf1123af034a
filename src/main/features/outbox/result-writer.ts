import type { HisAnswer, HisResult } from '#main/his/his-source.ts'
import type { Backlog, OutboxRecord } from '#main/store/outbox.ts'
import type { Store } from '#main/store/store.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import { toldBody } from './result-body.ts'

/** How often the writer looks whether something is due; the results' own times are set by the ladder. */
const LOOK_EVERY_MS = 500
const AT_ONCE = 4
/** Pauses after the first, second, third try in vain; the last goes on for ever. */
const LADDER_MS = [5_000, 30_000, 120_000, 600_000]

export interface WriterParts {
  readonly store: Store
  readonly clock: Clock
  readonly timers: Timers
  /** Tells the hospital's system; ok only when it took the result. */
  readonly write: (result: HisResult) => Promise<HisAnswer<void>>
  /** Told after each look. */
  readonly onBacklog: (backlog: Backlog) => void
  readonly report: (error: unknown) => void
}

/**
 * Writes results back until the hospital's system takes them: in their order for each order, never again after it took
 * one, again and again before. A crash between its taking and our noting it makes a repeat with the same `resultId`.
 */
export class ResultWriter {
  readonly #parts: WriterParts
  readonly #underWay = new Map<string, Promise<void>>()
  #stopLooking: (() => void) | undefined
  #closed = false

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  start(): void {
    this.#stopLooking = this.#parts.timers.every(LOOK_EVERY_MS, () => void this.look())
  }

  /** Writes what is due now. @returns when that is taken or put off. */
  async look(): Promise<void> {
    const { store, clock, onBacklog } = this.#parts
    for (const result of store.outbox.due(clock.now(), AT_ONCE + this.#underWay.size)) {
      if (this.#underWay.size >= AT_ONCE) break
      if (!this.#underWay.has(result.medOrgOrd)) this.#underWay.set(result.medOrgOrd, this.#write(result))
    }
    onBacklog(store.outbox.backlog())
    await Promise.all(this.#underWay.values())
  }

  /** What is under way and was not answered stays in the outbox as it is. */
  async close(): Promise<void> {
    this.#closed = true
    this.#stopLooking?.()
    await Promise.all(this.#underWay.values())
  }

  async #write(result: OutboxRecord): Promise<void> {
    const { store, write, onBacklog, report } = this.#parts
    try {
      if (!(await this.#isDurable())) return
      const answer = await write({ ...result, body: toldBody(result) })
      if (answer.ok) this.#noteTaken(result)
      else if (!this.#closed) this.#noteDelay(result, answer.error.message)
      onBacklog(store.outbox.backlog())
    } catch (error) {
      report(error)
    } finally {
      this.#underWay.delete(result.medOrgOrd)
    }
  }

  /** What a power cut could undo is not told: recorded anew, it would be told again under another number. */
  #isDurable(): Promise<boolean> {
    // A disk that failed is shown by the store's light.
    return this.#parts.store.commits.durable().then(
      () => true,
      () => false,
    )
  }

  #noteTaken({ id, medOrgOrd, resultType }: OutboxRecord): void {
    const { store, clock } = this.#parts
    store.book.change(medOrgOrd, (record) => {
      store.outbox.taken(id, clock.now())
      return { record, entries: [{ kind: 'resultWritten', actor: 'desk', data: { resultType } }] }
    })
  }

  #noteDelay({ id, medOrgOrd, resultType, attempts }: OutboxRecord, words: string): void {
    const { store, clock } = this.#parts
    const nextAtMs = clock.now() + pauseMs(attempts)
    if (attempts > 0) {
      store.outbox.failed(id, nextAtMs)
      return
    }
    store.book.change(medOrgOrd, (record) => {
      store.outbox.failed(id, nextAtMs)
      return { record, entries: [{ kind: 'resultDelayed', actor: 'desk', data: { resultType, words } }] }
    })
  }
}

function pauseMs(attempts: number): number {
  return LADDER_MS[Math.min(attempts, LADDER_MS.length - 1)] ?? 0
}
