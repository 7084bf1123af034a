import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const PART = '.part'

/**
 * The raw files of bills, each under its own hash, so that the same file is there once. Only this user may read them:
 * an unmapped column may hold a person. A disk that refuses is thrown and becomes STORE_UNWRITABLE at the dispatcher.
 */
export class BillFiles {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  /** A new name to download to. */
  incoming(): string {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    return join(this.#dir, `${randomUUID()}${PART}`)
  }

  /** @returns the name under which it is kept. */
  keep(incoming: string, sha256: string): string {
    const name = `${sha256}.raw`
    renameSync(incoming, this.pathOf(name))
    return name
  }

  discard(incoming: string): void {
    rmSync(incoming, { force: true })
  }

  pathOf(name: string): string {
    return join(this.#dir, name)
  }

  /** Removes what a crash in the middle of a download left behind. */
  sweep(): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(this.#dir)) if (name.endsWith(PART)) this.discard(this.pathOf(name))
  }
}
