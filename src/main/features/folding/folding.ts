import { setTimeout as pause } from 'node:timers/promises'
import type { QuietKey } from '#main/store/fold/folds.ts'
import type { Store } from '#main/store/store.ts'
import type { TaskBoard, TaskEnd, TaskHandle } from '#main/tasks/task-board.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'

/** How long nothing was done to an order, in days, when it is folded: by then its bill has been compared. */
export const QUIET_DAYS = 3

const FIRST_LOOK_AFTER_MS = 10 * 60_000
const LOOK_EVERY_MS = 6 * 60 * 60_000
const DAY_MS = 24 * 60 * 60_000
/** Orders of one commit: some milliseconds. */
const STEP = 2
/** Between two steps the desk has at least this long for itself, and so many times what the step took. */
const REST_MS = 20
const REST_TIMES = 8
/** Where no order is before. */
const BEGINNING: QuietKey = { updatedAtMs: -1, place: -1 }

export interface FoldingParts {
  readonly store: Store
  readonly tasks: TaskBoard
  readonly clock: Clock
  readonly timers: Timers
}

/** Folds orders that nothing was done to for some days (`store/fold`), a few at a time. */
export class Folding {
  readonly #parts: FoldingParts
  readonly #stops: (() => void)[] = []

  constructor(parts: FoldingParts) {
    this.#parts = parts
  }

  start(): void {
    const { timers } = this.#parts
    this.#stops.push(timers.after(FIRST_LOOK_AFTER_MS, () => this.look()))
    this.#stops.push(timers.every(LOOK_EVERY_MS, () => this.look()))
  }

  /** Begins to fold what is quiet, unless that is under way. */
  look(): void {
    const { tasks, store } = this.#parts
    if (tasks.isRunning('archive') || store.folds.quiet(this.#beforeMs(), BEGINNING, 1).length === 0) return
    tasks.start('archive', (handle) => this.#foldAll(handle))
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  #beforeMs(): number {
    return this.#parts.clock.now() - QUIET_DAYS * DAY_MS
  }

  /** Cancelled or ended in the middle, it goes on next time: each step is whole. What may not be folded is passed by. */
  async #foldAll({ signal, progress }: TaskHandle): Promise<TaskEnd> {
    const { store, timers } = this.#parts
    const beforeMs = this.#beforeMs()
    let folded = 0
    let after = BEGINNING
    while (!signal.aborted) {
      const beganAtMs = timers.monotonicMs()
      const orders = store.folds.quiet(beforeMs, after, STEP)
      const last = orders.at(-1)
      if (last === undefined) return { state: 'done', words: `已整理 ${folded} 笔较早的订单` }
      folded += store.transaction(() => orders.filter(({ medOrgOrd }) => store.folds.fold(medOrgOrd, beforeMs)).length)
      after = last
      progress(folded, null)
      await pause(Math.max(REST_MS, REST_TIMES * (timers.monotonicMs() - beganAtMs)))
    }
    return { state: 'cancelled', words: '已停下，下次接着整理' }
  }
}
