import { z } from 'zod'
import type { BillType } from '#shared/centre/download-bill.ts'
import { BILL_TYPES } from '#shared/centre/download-bill.ts'
import { BILL_MATCHES, type BillMatch, type BillRow, billSchema } from '#shared/contract/bills.ts'
import { BILL_MOVEMENTS } from '#shared/domain/bill-columns.ts'
import { nullableFen, oneOf } from './columns.ts'
import type { Db } from './open.ts'
import type { Stepper } from './outline.ts'

/** What reading the file found; kept as one text, because nothing is searched by it. */
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
export type StoredFacts = z.infer<typeof billFactsSchema>

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
  readonly facts: StoredFacts
  readonly comparedAtMs: number
}

/** One line of the file to be kept. The amount is positive, whichever way it moved. */
export interface NewBillRow {
  readonly line: number
  readonly movement: BillRow['movement']
  readonly medOrgOrd: string | null
  readonly payOrdId: string | null
  readonly appRefdSn: string | null
  readonly tradeTime: string | null
  readonly tradeAtMs: number | null
  readonly amountFen: number | null
  /** Cells of the unmapped columns. */
  readonly others: readonly string[]
  readonly raw: string | null
  readonly reason: string | null
}

export interface BillRowPage {
  readonly match?: Exclude<BillMatch, 'missing'> | undefined
  readonly afterLine: number
  readonly limit: number
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

interface RowTableRow {
  line: number
  verdict: string
  movement: string | null
  med_org_ord: string | null
  pay_ord_id: string | null
  app_refd_sn: string | null
  trade_time: string | null
  trade_at_ms: number | null
  amount_fen: number | null
  others_json: string
  raw: string | null
  reason: string | null
  order_number: string | null
  ours_fen: number | null
}

/** The tables `bill` and `bill_row`: bills as they were read. How they stand against orders is `bill-comparison.ts`. */
export class BillRepository {
  readonly #db: Db
  readonly #insert
  readonly #insertRow
  readonly #find
  readonly #same
  readonly #again
  readonly #list

  constructor(db: Db) {
    this.#db = db
    this.#insert = db.prepare<[string, string, string, string, string, number, number, string]>(
      `INSERT INTO bill (bill_date, bill_type, sha256, rules_hash, file_name, file_bytes, downloaded_at_ms,
         downloaded_by, complete, facts_json, compared_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '{}', 0)`,
    )
    this.#insertRow = db.prepare<[Omit<RowTableRow, 'order_number' | 'ours_fen'> & { bill_id: number }]>(
      `INSERT INTO bill_row (bill_id, line, verdict, movement, med_org_ord, pay_ord_id, app_refd_sn, trade_time,
         trade_at_ms, amount_fen, others_json, raw, reason)
       VALUES (@bill_id, @line, @verdict, @movement, @med_org_ord, @pay_ord_id, @app_refd_sn, @trade_time,
         @trade_at_ms, @amount_fen, @others_json, @raw, @reason)`,
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
  }

  /** @returns the id of a bill that nobody sees until `finish`. */
  begin(bill: NewBill): number {
    const { billDate, billType, sha256, rulesHash, fileName, fileBytes, downloadedAtMs, downloadedBy } = bill
    const done = this.#insert.run(
      billDate,
      billType,
      sha256,
      rulesHash,
      fileName,
      fileBytes,
      downloadedAtMs,
      downloadedBy,
    )
    return Number(done.lastInsertRowid)
  }

  /** Rows that were read get their verdict when they are compared. */
  addRows(billId: number, rows: readonly NewBillRow[]): void {
    for (const row of rows) {
      this.#insertRow.run({
        bill_id: billId,
        line: row.line,
        verdict: firstVerdict(row),
        movement: row.movement,
        med_org_ord: row.medOrgOrd,
        pay_ord_id: row.payOrdId,
        app_refd_sn: row.appRefdSn,
        trade_time: row.tradeTime,
        trade_at_ms: row.tradeAtMs,
        amount_fen: row.amountFen,
        others_json: JSON.stringify(row.others),
        raw: row.raw,
        reason: row.reason,
      })
    }
  }

  /** The bill is whole; an earlier reading of the same file goes. Call inside a transaction. */
  finish(billId: number, facts: StoredFacts): void {
    this.#db
      .prepare<[number]>(
        `DELETE FROM bill WHERE complete = 1 AND (bill_date, bill_type, sha256) =
           (SELECT bill_date, bill_type, sha256 FROM bill WHERE id = ?)`,
      )
      .run(billId)
    this.#db
      .prepare<[string, number]>('UPDATE bill SET complete = 1, facts_json = ? WHERE id = ?')
      .run(JSON.stringify(facts), billId)
  }

  drop(billId: number): void {
    this.#db.prepare<[number]>('DELETE FROM bill WHERE id = ?').run(billId)
  }

  /** What a crash in the middle of a reading left behind. */
  dropUnfinished(): void {
    this.#db.prepare('DELETE FROM bill WHERE complete = 0').run()
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

  /** @param unmapped headers of the unmapped columns, in their order */
  rows(billId: number, unmapped: readonly string[], { match, afterLine, limit }: BillRowPage): readonly BillRow[] {
    const verdict = match === undefined ? '' : 'AND verdict = ?'
    const values = match === undefined ? [billId, afterLine, limit] : [billId, match, afterLine, limit]
    return this.#db
      .prepare<(number | string)[], RowTableRow>(
        `SELECT * FROM bill_row WHERE bill_id = ? ${verdict} AND line > ? ORDER BY line LIMIT ?`,
      )
      .all(...values)
      .map((row) => fromRowRow(row, unmapped))
  }

  /** Steps over the rows of a bill by their lines alone. */
  stepper(billId: number, match: BillMatch | undefined): Stepper<number> {
    const verdict = match === undefined ? '' : 'AND verdict = ?'
    const of = match === undefined ? [billId] : [billId, match]
    const behind = `FROM bill_row WHERE bill_id = ? ${verdict} AND line > ? ORDER BY line`
    const skip = this.#db.prepare<(number | string)[], number>(`SELECT line ${behind} LIMIT 1 OFFSET ?`).pluck()
    const rest = this.#db
      .prepare<(number | string)[], number>(`SELECT count(*) FROM (SELECT 1 ${behind} LIMIT ?)`)
      .pluck()
    return {
      skip: (line, rows) => skip.get(...of, line, rows - 1),
      rest: (line, most) => Number(rest.get(...of, line, most)),
    }
  }
}

function firstVerdict(row: NewBillRow): BillMatch {
  if (row.movement === null) return 'unreadable'
  return row.movement === 'ignored' ? 'ignored' : 'notHere'
}

function fromRow(row: BillTableRow): BillRecord {
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
    facts: billFactsSchema.parse(JSON.parse(row.facts_json)),
    comparedAtMs: row.compared_at_ms,
  }
}

const othersSchema = z.array(z.string())

function fromRowRow(row: RowTableRow, unmapped: readonly string[]): BillRow {
  const others = othersSchema.parse(JSON.parse(row.others_json))
  return {
    line: row.line,
    match: oneOf(BILL_MATCHES, row.verdict),
    movement: row.movement === null ? null : oneOf(BILL_MOVEMENTS, row.movement),
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    appRefdSn: row.app_refd_sn,
    tradeTime: row.trade_time,
    tradeAtMs: row.trade_at_ms,
    amountFen: nullableFen(row.amount_fen),
    oursFen: nullableFen(row.ours_fen),
    orderNumber: row.order_number,
    others: others.flatMap((value, index) => (value === '' ? [] : [{ header: unmapped[index] ?? '', value }])),
    raw: row.raw,
    reason: row.reason,
  }
}
