import type { Db } from '../open.ts'
import type { NewBillRow } from './rows-file.ts'

/** Nearly every row has no more than these: what is not bound costs nothing. */
const COMMON = ['line', 'movement', 'med_org_ord', 'pay_ord_id', 'app_refd_sn', 'trade_time', 'amount_fen'] as const
const ALL = [...COMMON, 'others_json', 'raw', 'reason'] as const
/** Rows of one statement: calling into SQLite takes longer than the row. */
const ROWS = 32

type Value = string | number | null

/** Writes rows in the order of the file, within one transaction that `end` closes. */
export class RowWriter {
  readonly #db: Db
  readonly #common
  readonly #odd
  readonly #many
  #waiting: Value[] = []

  constructor(db: Db) {
    this.#db = db
    this.#common = db.prepare<Value[]>(insertOf(COMMON, 1))
    this.#odd = db.prepare<Value[]>(insertOf(ALL, 1))
    this.#many = db.prepare<Value[]>(insertOf(COMMON, ROWS))
    db.exec('BEGIN')
  }

  add(row: NewBillRow): void {
    const { line, movement, medOrgOrd, payOrdId, appRefdSn, tradeTime, amountFen, others, raw, reason } = row
    if (others.length > 0 || reason !== null) {
      const cells = others.length === 0 ? null : JSON.stringify(others)
      this.#odd.run(line, movement, medOrgOrd, payOrdId, appRefdSn, tradeTime, amountFen, cells, raw, reason)
      return
    }
    this.#waiting.push(line, movement, medOrgOrd, payOrdId, appRefdSn, tradeTime, amountFen)
    if (this.#waiting.length < ROWS * COMMON.length) return
    this.#many.run(...this.#waiting)
    this.#waiting = []
  }

  end(): void {
    for (let at = 0; at < this.#waiting.length; at += COMMON.length) {
      this.#common.run(...this.#waiting.slice(at, at + COMMON.length))
    }
    this.#waiting = []
    this.#db.exec('COMMIT')
  }
}

function insertOf(columns: readonly string[], rows: number): string {
  const places = `(${columns.map(() => '?').join(', ')})`
  return `INSERT INTO main.bill_row (${columns.join(', ')}) VALUES ${Array.from({ length: rows }, () => places).join(', ')}`
}
