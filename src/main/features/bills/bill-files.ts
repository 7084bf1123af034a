import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { NewBill } from '#main/store/bills.ts'
import { renameDurably } from '#main/store/durable-file.ts'

const PART = '.part'
/** With the version of its form: a file of another form is not there, and its rows are read again from the raw file. */
const ROWS = '.2.rows'
const ROWS_OF_ANY_FORM = '.rows'

/** Which reading of which bill. */
type BillReading = Pick<NewBill, 'billDate' | 'billType' | 'sha256' | 'rulesHash'>

/**
 * The raw files of bills, each under its own hash, so that the same file is there once, and the rows that were read from
 * them. Only this user may read them:
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

  /** Where the rows of a bill are, once they were read. The name holds all that they depend on. */
  rowsOf({ billDate, billType, sha256, rulesHash }: BillReading): string {
    return this.pathOf(`${billDate}-${billType}-${sha256.slice(0, 16)}-${rulesHash.slice(0, 8)}${ROWS}`)
  }

  hasRows(bill: BillReading): boolean {
    return existsSync(this.rowsOf(bill))
  }

  hasRaw(name: string): boolean {
    return existsSync(this.pathOf(name))
  }

  /** Gives rows that are whole their name, in the place of those that had it before. */
  keepRows(incoming: string, bill: BillReading): void {
    renameDurably(incoming, this.rowsOf(bill))
  }

  discard(incoming: string): void {
    rmSync(incoming, { force: true })
  }

  pathOf(name: string): string {
    return join(this.#dir, name)
  }

  /** Removes what a crash in the middle of a download left behind, and rows in the form of an earlier version. */
  sweep(): void {
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    for (const name of readdirSync(this.#dir)) if (isLeftBehind(name)) this.discard(this.pathOf(name))
  }
}

function isLeftBehind(name: string): boolean {
  return name.endsWith(PART) || (name.endsWith(ROWS_OF_ANY_FORM) && !name.endsWith(ROWS))
}
