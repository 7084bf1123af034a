import { closeSync, fdatasyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '#shared/domain/time.ts'
import { syncFolder } from '../durable-file.ts'
import { SyncLine } from '../sync-line.ts'
import { journalName } from './journal-files.ts'
import type { LineCodec } from './journal-line.ts'
import type { JournalRecord } from './journal-record.ts'

/** The file of one day, and what syncs it beside the event loop. */
interface OpenDay {
  readonly name: string
  readonly handle: number
  readonly line: SyncLine
}

/**
 * The second, append-only copy of what must never be lost: every state of an operation and every acknowledged callback,
 * one line each, durable before anything is sent or acknowledged. It shares nothing with the database but the disk, so
 * what ends the one does not end the other (docs/decisions/0005-a-second-copy-of-the-journal.md).
 */
export class JournalCopy {
  readonly #folder: string
  readonly #codec: LineCodec
  readonly #clock: Clock
  #noted: (() => JournalRecord)[] = []
  #open: OpenDay | undefined

  constructor(folder: string, codec: LineCodec, clock: Clock) {
    this.#folder = folder
    this.#codec = codec
    this.#clock = clock
  }

  /** Read when the transaction is about to commit: the order then stands as the operation left it. */
  note(record: () => JournalRecord): void {
    this.#noted.push(record)
  }

  /** How much is noted; what came after it can be taken back. */
  get mark(): number {
    return this.#noted.length
  }

  takeBack(mark: number): void {
    this.#noted.length = mark
  }

  /** Hands what is noted to the system; it is durable only after a sync. @returns false when nothing was noted. */
  write(): boolean {
    if (this.#noted.length === 0) return false
    this.#append(Buffer.concat(this.#noted.splice(0).map((record) => this.#codec.write(record()))))
    return true
  }

  /** @throws when the disk does not take it. */
  syncNow(): void {
    const open = this.#open
    if (open !== undefined) this.#guarded(() => fdatasyncSync(open.handle))
  }

  /** The same beside the event loop. */
  async sync(): Promise<void> {
    const open = this.#open
    try {
      await open?.line.durable()
    } catch (error) {
      if (this.#open === open) this.close()
      throw error
    }
  }

  /** Finds out whether the copy can be written, with a line that says nothing. */
  probe(): void {
    this.#append(Buffer.from('\n'))
    this.syncNow()
  }

  close(): void {
    if (this.#open === undefined) return
    this.#open.line.close()
    closeSync(this.#open.handle)
    this.#open = undefined
  }

  #append(bytes: Buffer): void {
    const handle = this.#handle()
    this.#guarded(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    })
  }

  /** A file that failed is not written on: what follows would stand behind a torn line, or behind lost pages. */
  #guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.close()
      throw error
    }
  }

  #handle(): number {
    const name = journalName(this.#clock.now())
    if (this.#open?.name === name) return this.#open.handle
    this.close()
    mkdirSync(this.#folder, { recursive: true })
    const path = join(this.#folder, name)
    const handle = openSync(path, 'a', 0o600)
    this.#open = { name, handle, line: new SyncLine(path) }
    // Ends a line that an earlier process was torn away from; an empty line is no record.
    this.#guarded(() => writeSync(handle, '\n'))
    syncFolder(this.#folder)
    return handle
  }
}
