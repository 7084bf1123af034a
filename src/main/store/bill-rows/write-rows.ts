import type { Db } from '../open.ts'
import type { NewBillRow } from './rows-file.ts'

/** Nearly every row is a payment with no more than these. What is not bound costs nothing, and binding costs the most. */
const PAYMENT = ['line', 'med_org_ord', 'pay_ord_id', 'trade_time', 'amount_fen'] as const
const ROW = [...PAYMENT, 'movement', 'app_refd_sn', 'others_json'] as const

/** Writes rows within one transaction that `end` closes. */
export class RowWriter {
  readonly #db: Db
  readonly #payments: Batch
  readonly #rows: Batch
  readonly #unreadable: Batch

  constructor(db: Db) {
    this.#db = db
    this.#payments = new Batch(db, PAYMENT, { movement: 'paid' })
    this.#rows = new Batch(db, ROW, {})
    this.#unreadable = new Batch(db, ['line', 'raw', 'reason'], {})
    db.exec('BEGIN')
  }

  add(line: number, row: NewBillRow): void {
    const { movement, medOrgOrd, payOrdId, appRefdSn, tradeTime, amountFen, others } = row
    if (movement === 'paid' && appRefdSn === null && others.length === 0) {
      this.#payments.add(line, medOrgOrd, payOrdId, tradeTime, amountFen)
    } else {
      const cells = others.length === 0 ? null : JSON.stringify(others)
      this.#rows.add(line, medOrgOrd, payOrdId, tradeTime, amountFen, movement, appRefdSn, cells)
    }
  }

  addUnreadable(line: number, raw: string, reason: string): void {
    this.#unreadable.add(line, raw, reason)
  }

  end(): void {
    for (const batch of [this.#payments, this.#rows, this.#unreadable]) batch.end()
    this.#db.exec('COMMIT')
  }
}

type Value = string | number | null

/** Rows of one statement: calling into SQLite takes longer than the row. */
const ROWS = 32

/** Rows of the same columns, which go into the file together. */
class Batch {
  readonly #one
  readonly #many
  readonly #columns: number
  readonly #waiting: Value[] = []

  /** @param fixed what each row has besides */
  constructor(db: Db, columns: readonly string[], fixed: Fixed) {
    this.#one = db.prepare<Value[]>(insertOf(columns, fixed, 1))
    this.#many = db.prepare<Value[]>(insertOf(columns, fixed, ROWS))
    this.#columns = columns.length
  }

  add(...row: readonly Value[]): void {
    this.#waiting.push(...row)
    if (this.#waiting.length < ROWS * this.#columns) return
    this.#many.run(...this.#waiting)
    this.#waiting.length = 0
  }

  end(): void {
    for (let at = 0; at < this.#waiting.length; at += this.#columns) {
      this.#one.run(...this.#waiting.slice(at, at + this.#columns))
    }
    this.#waiting.length = 0
  }
}

type Fixed = Readonly<Record<string, string>>

function insertOf(columns: readonly string[], fixed: Fixed, rows: number): string {
  const names = [...columns, ...Object.keys(fixed)].join(', ')
  const row = [...columns.map(() => '?'), ...Object.values(fixed).map((word) => `'${word}'`)].join(', ')
  return `INSERT INTO main.bill_row (${names}) VALUES ${Array.from({ length: rows }, () => `(${row})`).join(', ')}`
}
