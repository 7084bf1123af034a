import { closeSync, fdatasync, openSync } from 'node:fs'
import { promisify } from 'node:util'

/** Makes what was written to a file durable. Rejects with what the disk says. */
export type DataSync = (handle: number) => Promise<void>

export const systemDataSync: DataSync = promisify(fdatasync)

/** How many syncs of one file may be under way: the next commit need not wait until the disk has ended the one before. */
const MOST_UNDER_WAY = 2

/**
 * Makes one file durable beside the event loop, in libuv's pool. A sync covers what was written before it began, so all
 * that ask while none can begin share the next one. Each sync under way has a descriptor of its own: of a write that
 * failed the system tells every descriptor once, and says afterwards that all is well.
 */
export class SyncLine {
  readonly #datasync: DataSync
  readonly #free: number[]
  #next: PromiseWithResolvers<void> | undefined
  #closed = false
  #freed: PromiseWithResolvers<void> | undefined

  /** @param path of a file that is there. Opened for writing: Windows syncs no other. */
  constructor(path: string, datasync: DataSync = systemDataSync) {
    this.#datasync = datasync
    this.#free = Array.from({ length: MOST_UNDER_WAY }, () => openSync(path, 'r+'))
  }

  /** Resolves when a sync could begin at once; undefined where it could now. */
  untilFree(): Promise<void> | undefined {
    if (this.#free.length > 0) return undefined
    this.#freed ??= Promise.withResolvers<void>()
    return this.#freed.promise
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
    try {
      await this.#datasync(handle)
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
