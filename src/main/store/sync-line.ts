import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { systemTimers } from '#main/desk/system-timers.ts'
import type { Timers } from '#shared/domain/time.ts'

/** Makes what was written to a file durable. Rejects with what the disk says. */
export type DataSync = (handle: number) => Promise<void>

export const systemDataSync: DataSync = promisify(fdatasync)

/** How many syncs of one file may be under way: the next commit need not wait until the disk has ended the one before. */
const MOST_UNDER_WAY = 3
/** Less than this, in ms, is not waited for: a timer is no finer. */
const LEAST_APART_MS = 1
/** One sync that took long says little about the next. */
const MOST_APART_MS = 10

/**
 * Makes one file durable beside the event loop, in libuv's pool. A sync covers what was written before it began, so all
 * that ask while none can begin share the next one. Each sync under way has a descriptor of its own: of a write that
 * failed the system tells every descriptor once, and says afterwards that all is well.
 */
export class SyncLine {
  readonly #datasync: DataSync
  readonly #timers: Timers
  readonly #free: number[]
  #next: PromiseWithResolvers<void> | undefined
  #closed = false
  #freed: PromiseWithResolvers<void> | undefined
  #lastBeganMs = 0
  #lastTookMs = 0

  /** @param path of a file that is there. Opened for writing: Windows syncs no other. */
  constructor(path: string, datasync: DataSync = systemDataSync, timers: Timers = systemTimers) {
    this.#datasync = datasync
    this.#timers = timers
    this.#free = Array.from({ length: MOST_UNDER_WAY }, () => openSync(path, 'r+'))
  }

  /** Resolves when it is time for another sync; undefined where that is now. */
  untilFree(): Promise<void> | undefined {
    if (this.#free.length === 0) {
      this.#freed ??= Promise.withResolvers<void>()
      return this.#freed.promise
    }
    const apartMs = this.#apartMs()
    if (apartMs < LEAST_APART_MS) return undefined
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#timers.after(apartMs, resolve)
    return promise
  }

  /**
   * How long another sync had better wait, in ms. Begun one right behind the other they would also end so, and who comes
   * a moment later finds none free for as long as one takes; spread evenly, the next begins soon whenever one comes.
   */
  #apartMs(): number {
    if (this.#free.length === MOST_UNDER_WAY) return 0
    const apartMs = Math.min(this.#lastTookMs / MOST_UNDER_WAY, MOST_APART_MS)
    return this.#lastBeganMs + apartMs - this.#timers.monotonicMs()
  }

  /** Resolves when all that is written by now is durable. Rejects with what the disk says. */
  durable(): Promise<void> {
    const handle = this.#free.pop()
    if (handle !== undefined) return this.#sync(handle)
    this.#next ??= Promise.withResolvers<void>()
    return this.#next.promise
  }

  /** What is under way, or waits to be, comes to its end. */
  close(): void {
    this.#closed = true
    for (const handle of this.#free.splice(0)) closeSync(handle)
  }

  async #sync(handle: number): Promise<void> {
    const beganMs = this.#timers.monotonicMs()
    this.#lastBeganMs = beganMs
    try {
      await this.#datasync(handle)
      this.#lastTookMs = this.#timers.monotonicMs() - beganMs
    } finally {
      this.#goOn(handle)
    }
  }

  #goOn(handle: number): void {
    const next = this.#next
    this.#next = undefined
    if (next !== undefined) this.#sync(handle).then(next.resolve, next.reject)
    else if (this.#closed) closeSync(handle)
    else this.#free.push(handle)
    this.#freed?.resolve()
    this.#freed = undefined
  }
}
