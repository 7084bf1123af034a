import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { OrderKey } from '#main/store/order-filter.ts'
import type { Store } from '#main/store/store.ts'
import type { TaskBoard, TaskEnd, TaskHandle } from '#main/tasks/task-board.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'
import { type FileRules, oldFiles } from './old-files.ts'

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
  readonly files: FileRules
}

/**
 * Takes persons out of orders that are older than the hospital wants to keep them for, and removes the files that still
 * name them, in small steps. Numbers, amounts and what happened stay.
 */
export class Retention {
  readonly #parts: RetentionParts
  readonly #stops: (() => void)[] = []
  /** Behind this order everything is done already; a start looks from the beginning again. */
  #doneTo = BEGINNING

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  start(): void {
    const { personalDays, files, timers } = this.#parts
    if (personalDays + files.bills.days + files.exports.days === 0) return
    this.#stops.push(timers.after(FIRST_LOOK_AFTER_MS, () => this.look()))
    this.#stops.push(timers.every(LOOK_EVERY_MS, () => this.look()))
  }

  /** Begins to remove what is due, unless that is under way. */
  look(): void {
    const { tasks, files, clock } = this.#parts
    if (tasks.isRunning('retention')) return
    const old = oldFiles(files, clock.now())
    if (old.length > 0 || this.#hasOldPersons()) tasks.start('retention', (handle) => this.#clean(old, handle))
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  #hasOldPersons(): boolean {
    const { store, personalDays } = this.#parts
    return personalDays > 0 && store.personalData.hasOlder(this.#beforeMs(), this.#doneTo)
  }

  #beforeMs(): number {
    const { clock, personalDays } = this.#parts
    return clock.now() - personalDays * DAY_MS
  }

  /** Cancelled or ended in the middle, it goes on next time: each step is whole. */
  async #clean(old: readonly string[], handle: TaskHandle): Promise<TaskEnd> {
    let removed = 0
    for (const path of old) {
      if (handle.signal.aborted) return STOPPED
      rmSync(path, { force: true })
      removed += 1
      handle.progress(removed, null)
      await pause(REST_MS)
    }
    const looked = await this.#purge(removed, handle)
    if (handle.signal.aborted) return STOPPED
    const { personalDays } = this.#parts
    const words = [
      ...(looked === 0 ? [] : [`${personalDays} 天以前的订单已不含个人信息`]),
      ...(removed === 0 ? [] : [`清除了 ${removed} 个过期文件`]),
    ]
    return { state: 'done', words: words.join('，') }
  }

  /** @returns how many orders it looked at. */
  async #purge(before: number, { signal, progress }: TaskHandle): Promise<number> {
    const { store } = this.#parts
    if (!this.#hasOldPersons()) return 0
    const beforeMs = this.#beforeMs()
    let looked = 0
    while (!signal.aborted) {
      const last = store.transaction(() => store.personalData.purgeNext(beforeMs, this.#doneTo, STEP))
      if (last === undefined) return looked
      this.#doneTo = last
      looked += STEP
      progress(before + looked, null)
      await pause(REST_MS)
    }
    return looked
  }
}

const STOPPED: TaskEnd = { state: 'cancelled', words: '已停下，下次接着清除' }
