import { NameParts } from './name-parts.ts'
import type { Db, Statement } from './open.ts'
import type { OrderRecord } from './order-record.ts'
import {
  CHARGE_COLUMNS,
  ORDER_COLUMNS,
  type OrderRow,
  readOrderRow,
  type StateRow,
  toOrderRow,
  toStateRow,
} from './order-row.ts'

const FIXED: ReadonlySet<string> = new Set(['med_org_ord', 'created_at_ms', ...CHARGE_COLUMNS])
const STATE_COLUMNS = ORDER_COLUMNS.filter((name): name is keyof StateRow => !FIXED.has(name))

/** Writes no index anew that is over what did not change: SQLite does not compare what it is told to set. */
const SAVE = `INSERT INTO orders (${ORDER_COLUMNS.join(', ')}) VALUES (${ORDER_COLUMNS.map((name) => `@${name}`).join(', ')})
  ON CONFLICT (med_org_ord) DO UPDATE SET
  ${STATE_COLUMNS.map((name) => `${name} = excluded.${name}`).join(', ')}`
const SAVE_CHARGE = `UPDATE orders SET ${CHARGE_COLUMNS.map((name) => `${name} = @${name}`).join(', ')}
  WHERE med_org_ord = @med_org_ord AND (${CHARGE_COLUMNS.join(', ')}) IS NOT (${CHARGE_COLUMNS.map((name) => `@${name}`).join(', ')})`

/** The table `orders`. Knows nothing of rules: what a record says is decided in `order-book.ts`. */
export class OrderRepository {
  readonly #db
  readonly #byNumber
  readonly #has
  readonly #save
  readonly #saveCharge
  readonly #names
  readonly #updates = new Map<string, Statement>()
  readonly #due
  readonly #attention
  readonly #byPayOrdId

  constructor(db: Db) {
    this.#db = db
    this.#has = db.prepare<[string], number>('SELECT 1 FROM orders WHERE med_org_ord = ?').pluck()
    this.#byNumber = db.prepare<[string], OrderRow>('SELECT * FROM orders WHERE med_org_ord = ?')
    this.#save = db.prepare<[OrderRow]>(SAVE)
    this.#saveCharge = db.prepare<[OrderRow]>(SAVE_CHARGE)
    this.#names = new NameParts(db)
    this.#due = db.prepare<[number, number], { med_org_ord: string }>(
      'SELECT med_org_ord FROM orders WHERE next_query_at_ms <= ? ORDER BY next_query_at_ms LIMIT ?',
    )
    this.#attention = db.prepare<[], number>('SELECT count(*) FROM orders WHERE attention_reason IS NOT NULL').pluck()
    this.#byPayOrdId = db
      .prepare<[string], string>('SELECT med_org_ord FROM orders WHERE pay_ord_id = ? LIMIT 1')
      .pluck()
  }

  find(medOrgOrd: string): OrderRecord | undefined {
    const row = this.#byNumber.get(medOrgOrd)
    return row === undefined ? undefined : readOrderRow(row)
  }

  has(medOrgOrd: string): boolean {
    return this.#has.get(medOrgOrd) !== undefined
  }

  save(record: OrderRecord): void {
    const row = toOrderRow(record)
    this.#save.run(row)
    this.#saveCharge.run(row)
    this.#names.remember(row.patient_name, row.name_initials)
  }

  /** An order that is stored as `before`: writes the columns in which `after` differs, and so only the indexes over these. */
  update(before: OrderRecord, after: OrderRecord): void {
    if (before.charge !== after.charge) {
      this.save(after)
      return
    }
    const stored = toStateRow(before)
    const row = toStateRow(after)
    const changed = STATE_COLUMNS.filter((name) => stored[name] !== row[name])
    if (changed.length === 0) return
    this.#setting(changed).run(...changed.map((name) => row[name]), row.med_org_ord)
  }

  /** A payment has a few dozen kinds of steps; each is prepared once. */
  #setting(columns: readonly (keyof StateRow)[]) {
    const set = columns.map((name) => `${name} = ?`).join(', ')
    const known = this.#updates.get(set)
    if (known !== undefined) return known
    const statement = this.#db.prepare<unknown[]>(`UPDATE orders SET ${set} WHERE med_org_ord = ?`)
    this.#updates.set(set, statement)
    return statement
  }

  /** Numbers of the orders that the centre should be asked about now, the longest waiting first. */
  due(nowMs: number, limit: number): readonly string[] {
    return this.#due.all(nowMs, limit).map((row) => row.med_org_ord)
  }

  /** The order that the centre knows under this number, if it is known here. */
  numberOfPayOrdId(payOrdId: string): string | undefined {
    return this.#byPayOrdId.get(payOrdId)
  }

  attentionCount(): number {
    return Number(this.#attention.get())
  }
}
