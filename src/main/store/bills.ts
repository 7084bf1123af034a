import type { z } from 'zod'
import type { BillType } from '#shared/centre/download-bill.ts'
import { BILL_TYPES } from '#shared/centre/download-bill.ts'
import { type BillComparison, billComparisonSchema, billSchema } from '#shared/contract/bills.ts'
import { oneOf } from './columns.ts'
import type { Db } from './open.ts'

/** What reading the file found. */
export const billFactsSchema = billSchema.pick({
  compression: true,
  encoding: true,
  separator: true,
  columns: true,
  notes: true,
  rows: true,
  unreadable: true,
  totals: true,
})
export type BillFacts = z.infer<typeof billFactsSchema>

/** Kept as one text, because nothing is searched by it. */
const storedFactsSchema = billFactsSchema.extend({
  /** What the last comparison found; absent in bills that an earlier version read, until they are looked at. */
  comparison: billComparisonSchema.optional(),
})

export interface NewBill {
  readonly billDate: string
  readonly billType: BillType
  readonly sha256: string
  /** Of the names and the reader under which it is read: others may read the same file differently. */
  readonly rulesHash: string
  readonly fileName: string
  readonly fileBytes: number
  readonly downloadedAtMs: number
  readonly downloadedBy: string
}

export interface BillRecord extends NewBill {
  readonly id: number
  readonly facts: BillFacts
  readonly comparison: BillComparison | undefined
}

interface BillTableRow {
  id: number
  bill_date: string
  bill_type: string
  sha256: string
  rules_hash: string
  file_name: string
  file_bytes: number
  downloaded_at_ms: number
  downloaded_by: string
  facts_json: string
  compared_at_ms: number
}

/**
 * The table `bill`: what each bill is as a whole. Its rows are a file of its own (`bill-rows/`); the table `bill_row` is
 * of versions before that, and what stands there goes when the bill is read again.
 */
export class BillRepository {
  readonly #insert
  readonly #update
  readonly #setFacts
  readonly #find
  readonly #same
  readonly #again
  readonly #list
  readonly #dropUnfinished
  readonly #dropOldRows

  constructor(db: Db) {
    this.#insert = db.prepare<[string, string, string, string, string, number, number, string, string, number]>(
      `INSERT INTO bill (bill_date, bill_type, sha256, rules_hash, file_name, file_bytes, downloaded_at_ms,
         downloaded_by, complete, facts_json, compared_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    )
    this.#update = db.prepare<[string, number, string, number]>(
      'UPDATE bill SET rules_hash = ?, downloaded_at_ms = ?, downloaded_by = ? WHERE id = ?',
    )
    this.#setFacts = db.prepare<[string, number, number]>(
      'UPDATE bill SET facts_json = ?, compared_at_ms = ? WHERE id = ?',
    )
    this.#find = db.prepare<[number], BillTableRow>('SELECT * FROM bill WHERE id = ? AND complete = 1')
    this.#same = db.prepare<[string, string, string], BillTableRow>(
      'SELECT * FROM bill WHERE bill_date = ? AND bill_type = ? AND sha256 = ? AND complete = 1',
    )
    this.#again = db.prepare<[number, string, number]>(
      'UPDATE bill SET downloaded_at_ms = ?, downloaded_by = ? WHERE id = ?',
    )
    this.#list = db.prepare<[string, string, number], BillTableRow>(
      `SELECT * FROM bill WHERE bill_date BETWEEN ? AND ? AND complete = 1
       ORDER BY bill_date DESC, downloaded_at_ms DESC, id DESC LIMIT ?`,
    )
    this.#dropUnfinished = db.prepare('DELETE FROM bill WHERE complete = 0')
    this.#dropOldRows = db.prepare<[number]>('DELETE FROM bill_row WHERE bill_id = ?')
  }

  /**
   * A bill that was read and compared; one of the same file that was read before keeps its number. Call inside a
   * transaction. @returns its id.
   */
  save(bill: NewBill, facts: BillFacts, comparison: BillComparison): number {
    const { billDate, billType, sha256, rulesHash, fileName, fileBytes, downloadedAtMs, downloadedBy } = bill
    const stored = JSON.stringify({ ...facts, comparison })
    const same = this.findSame(bill)
    if (same === undefined) {
      const of = [billDate, billType, sha256, rulesHash, fileName, fileBytes, downloadedAtMs, downloadedBy] as const
      return Number(this.#insert.run(...of, stored, comparison.comparedAtMs).lastInsertRowid)
    }
    this.#update.run(rulesHash, downloadedAtMs, downloadedBy, same.id)
    this.#setFacts.run(stored, comparison.comparedAtMs, same.id)
    this.#dropOldRows.run(same.id)
    return same.id
  }

  /** It was compared anew. */
  setComparison({ id, facts }: BillRecord, comparison: BillComparison): void {
    this.#setFacts.run(JSON.stringify({ ...facts, comparison }), comparison.comparedAtMs, id)
  }

  /** What a crash in the middle of a reading left behind, in the versions that read into this database. */
  dropUnfinished(): void {
    this.#dropUnfinished.run()
  }

  find(billId: number): BillRecord | undefined {
    const row = this.#find.get(billId)
    return row === undefined ? undefined : fromRow(row)
  }

  findSame(bill: Pick<NewBill, 'billDate' | 'billType' | 'sha256'>): BillRecord | undefined {
    const row = this.#same.get(bill.billDate, bill.billType, bill.sha256)
    return row === undefined ? undefined : fromRow(row)
  }

  /** The same file was downloaded once more. */
  downloadedAgain(billId: number, atMs: number, by: string): void {
    this.#again.run(atMs, by, billId)
  }

  /** Newest day first. @param from @param to calendar days, inclusive */
  list(from: string, to: string, limit: number): readonly BillRecord[] {
    return this.#list.all(from, to, limit).map(fromRow)
  }
}

function fromRow(row: BillTableRow): BillRecord {
  const { comparison, ...facts } = storedFactsSchema.parse(JSON.parse(row.facts_json))
  return {
    id: row.id,
    billDate: row.bill_date,
    billType: oneOf(BILL_TYPES, row.bill_type),
    sha256: row.sha256,
    rulesHash: row.rules_hash,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    downloadedAtMs: row.downloaded_at_ms,
    downloadedBy: row.downloaded_by,
    facts,
    comparison,
  }
}
