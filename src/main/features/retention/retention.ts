import { setTimeout as pause } from 'node:timers/promises'
import type { OrderKey } from '#main/store/order-filter.ts'
import type { Store } from '#main/store/store.ts'
import type { TaskBoard, TaskEnd, TaskHandle } from '#main/tasks/task-board.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'

const FIRST_LOOK_AFTER_MS = 5 * 60_000
const LOOK_EVERY_MS = 6 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** Orders of one commit, and the rest between two: patients and callbacks must notice nothing. */
const STEP = 4
const REST_MS = 20
/** Where no order is before. */
const BEGINNING: OrderKey = { createdAtMs: -1, medOrgOrd: '' }

export interface RetentionParts {
  readonly store: Store
  readonly tasks: TaskBoard
  readonly clock: Clock
  readonly timers: Timers
  /** 0: persons are kept. */
  readonly personalDays: number
}

/** Takes persons out of orders that are older than the hospital wants to keep them for, in small steps. */
export class Retention {
  readonly #parts: RetentionParts
  readonly #stops: (() => void)[] = []
  /** Behind this order everything is done already; a start looks from the beginning again. */
  #doneTo = BEGINNING

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  start(): void {
    const { personalDays, timers } = this.#parts
    if (personalDays === 0) return
    this.#stops.push(timers.after(FIRST_LOOK_AFTER_MS, () => this.look()))
    this.#stops.push(timers.every(LOOK_EVERY_MS, () => this.look()))
  }

  /** Begins to purge what is due, unless that is under way. */
  look(): void {
    const { tasks, store } = this.#parts
    if (tasks.isRunning('retention') || !store.personalData.hasOlder(this.#beforeMs(), this.#doneTo)) return
    tasks.start('retention', (handle) => this.#purge(handle))
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  #beforeMs(): number {
    const { clock, personalDays } = this.#parts
    return clock.now() - personalDays * DAY_MS
  }

  /** Cancelled or ended in the middle, it goes on next time: each step is whole. */
  async #purge({ signal, progress }: TaskHandle): Promise<TaskEnd> {
    const { store, personalDays } = this.#parts
    const beforeMs = this.#beforeMs()
    let looked = 0
    while (!signal.aborted) {
      const last = store.transaction(() => store.personalData.purgeNext(beforeMs, this.#doneTo, STEP))
      if (last === undefined) return { state: 'done', words: `${personalDays} 天以前的订单已不含个人信息` }
      this.#doneTo = last
      looked += STEP
      progress(looked, null)
      await pause(REST_MS)
    }
    return { state: 'cancelled', words: '已停下，下次接着清除' }
  }
}
