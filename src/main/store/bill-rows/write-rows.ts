import type { Db } from '../open.ts'
import type { NewBillRow } from './rows-file.ts'

const COLUMNS = [
  'line',
  'movement',
  'med_org_ord',
  'pay_ord_id',
  'app_refd_sn',
  'trade_time',
  'amount_fen',
  'others_json',
  'raw',
  'reason',
] as const
/** Rows of one statement: calling into SQLite takes longer than the row. */
const ROWS = 32

type Value = string | number | null

/** Writes rows in the order of the file, within one transaction that `end` closes. */
export class RowWriter {
  readonly #db: Db
  readonly #many
  readonly #one
  #values: Value[] = []

  constructor(db: Db) {
    this.#db = db
    const places = `(${COLUMNS.map(() => '?').join(', ')})`
    const insert = `INSERT INTO main.bill_row (${COLUMNS.join(', ')}) VALUES `
    this.#one = db.prepare<Value[]>(insert + places)
    this.#many = db.prepare<Value[]>(insert + Array.from({ length: ROWS }, () => places).join(', '))
    db.exec('BEGIN')
  }

  add(row: NewBillRow): void {
    this.#values.push(row.line, row.movement, row.medOrgOrd, row.payOrdId, row.appRefdSn, row.tradeTime)
    this.#values.push(row.amountFen, row.others.length === 0 ? null : JSON.stringify(row.others), row.raw, row.reason)
    if (this.#values.length < ROWS * COLUMNS.length) return
    this.#many.run(...this.#values)
    this.#values = []
  }

  end(): void {
    for (let at = 0; at < this.#values.length; at += COLUMNS.length) {
      this.#one.run(...this.#values.slice(at, at + COLUMNS.length))
    }
    this.#values = []
    this.#db.exec('COMMIT')
  }
}
