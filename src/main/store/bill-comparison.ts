import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BillType } from '#shared/centre/download-bill.ts'
import type { BillComparison, BillMatch, BillRow } from '#shared/contract/bills.ts'
import { type Fen, fen } from '#shared/domain/money.ts'
import { startOfDayMs } from '#shared/domain/time.ts'
import type { BillRecord } from './bills.ts'
import { type Db, inTransaction } from './open.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Rows of one transaction: a callback must not wait for a million of them. */
const CHUNK = 5_000

const CASH_IN = `('paid', 'partlyRefunded', 'refunded')`

/** Which order a row speaks of. Where it gives both numbers, both must be that order's. */
const FIND_ORDER = `UPDATE bill_row SET order_number = (
    SELECT o.med_org_ord FROM orders o WHERE o.med_org_ord = bill_row.med_org_ord
      AND (bill_row.pay_ord_id IS NULL OR o.pay_ord_id IS NULL OR o.pay_ord_id = bill_row.pay_ord_id)
    UNION ALL
    SELECT o.med_org_ord FROM orders o WHERE bill_row.med_org_ord IS NULL AND o.pay_ord_id = bill_row.pay_ord_id
    LIMIT 1)
  WHERE bill_id = @billId AND line BETWEEN @from AND @to AND movement IN ('paid', 'refunded')`

/** What this desk says of the cash of an order: what was paid, and what of it went back; null where it does not know. */
const OURS = `SELECT CASE
      WHEN bill_row.movement = 'paid' THEN CASE WHEN o.leg_cash IN ${CASH_IN} THEN o.own_pay_fen ELSE 0 END
      WHEN o.leg_cash = 'refunded' THEN o.own_pay_fen
      WHEN o.leg_cash = 'partlyRefunded' THEN (
        SELECT sum(r.cash_fen) FROM refund r JOIN operation p ON p.id = r.operation_id
        WHERE r.med_org_ord = o.med_org_ord AND p.state IN ('succeeded', 'resolved'))
      ELSE 0 END
    FROM orders o WHERE o.med_org_ord = bill_row.order_number`

const SET_OURS = `UPDATE bill_row SET ours_fen = (${OURS})
  WHERE bill_id = @billId AND line BETWEEN @from AND @to AND movement IN ('paid', 'refunded')`

const SET_NOT_HERE = `UPDATE bill_row SET verdict = 'notHere'
  WHERE bill_id = @billId AND line BETWEEN @from AND @to AND movement IN ('paid', 'refunded') AND order_number IS NULL`

/** What a bill says of each order in all of its rows together, some orders at a time. */
const ORDER_SUMS = `SELECT order_number, movement, max(ours_fen) IS sum(amount_fen) AS matched
  FROM bill_row WHERE bill_id = @billId AND (order_number, movement) > (@orderNumber, @movement)
  GROUP BY order_number, movement ORDER BY order_number, movement LIMIT ${CHUNK}`

const SET_VERDICT = 'UPDATE bill_row SET verdict = ? WHERE bill_id = ? AND order_number = ? AND movement = ?'

/** Orders of the day that took cash beside insurance (1.5 is of mixed payments only), and that the bill has no row for. */
const MISSING_PAID = `SELECT 'paid' AS movement, o.med_org_ord, o.pay_ord_id, o.own_pay_fen AS ours_fen,
    NULL AS app_refd_sn, coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) AS at_ms
  FROM orders o
  WHERE o.leg_cash IN ${CASH_IN}
    AND coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) >= @fromMs
    AND coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) < @beforeMs
    AND coalesce(o.setl_type, 'ALL') = 'ALL' AND o.own_pay_fen > 0
    AND NOT EXISTS (SELECT 1 FROM bill_row r
      WHERE r.bill_id = @billId AND r.order_number = o.med_org_ord AND r.movement = 'paid')`

/** Refunds of the day that gave cash back, and that the bill has no row for. */
const MISSING_REFUNDED = `SELECT 'refunded' AS movement, o.med_org_ord, o.pay_ord_id,
    coalesce(f.cash_fen, o.own_pay_fen) AS ours_fen, f.app_refd_sn, p.ended_at_ms AS at_ms
  FROM refund f JOIN operation p ON p.id = f.operation_id JOIN orders o ON o.med_org_ord = f.med_org_ord
  WHERE p.state IN ('succeeded', 'resolved') AND p.ended_at_ms >= @fromMs AND p.ended_at_ms < @beforeMs
    AND f.refd_type <> 'HI' AND o.leg_cash IN ('partlyRefunded', 'refunded')
    AND coalesce(o.setl_type, 'ALL') = 'ALL' AND coalesce(f.cash_fen, o.own_pay_fen) > 0
    AND NOT EXISTS (SELECT 1 FROM bill_row r
      WHERE r.bill_id = @billId AND r.order_number = o.med_org_ord AND r.movement = 'refunded')`

interface MissingRow {
  movement: 'paid' | 'refunded'
  med_org_ord: string
  pay_ord_id: string | null
  ours_fen: number
  app_refd_sn: string | null
  at_ms: number
}

interface OrderSum {
  order_number: string
  movement: string
  matched: number
}

/** How the rows of a bill stand against our orders. All of it in SQL; orders change, so it is done anew at each look. */
export class BillComparer {
  readonly #db: Db
  readonly #steps
  readonly #counts
  readonly #ours
  readonly #missingOf
  readonly #orderSums
  readonly #setVerdict

  constructor(db: Db) {
    this.#db = db
    this.#steps = [FIND_ORDER, SET_OURS, SET_NOT_HERE].map((sql) =>
      db.prepare<[{ billId: number; from: number; to: number }]>(sql),
    )
    this.#counts = db.prepare<[number], { verdict: string; count: number }>(
      'SELECT verdict, count(*) AS count FROM bill_row WHERE bill_id = ? GROUP BY verdict',
    )
    this.#ours = db.prepare<[number], { movement: string; ours: number }>(
      `SELECT movement, sum(ours_fen) AS ours FROM (SELECT movement, order_number, max(ours_fen) AS ours_fen
         FROM bill_row WHERE bill_id = ? AND order_number IS NOT NULL GROUP BY order_number, movement)
       GROUP BY movement`,
    )
    this.#orderSums = db.prepare<[{ billId: number; orderNumber: string; movement: string }], OrderSum>(ORDER_SUMS)
    this.#setVerdict = db.prepare<[BillMatch, number, string, string]>(SET_VERDICT)
    const missing = (billType: BillType) =>
      db.prepare<[{ billId: number; fromMs: number; beforeMs: number }], MissingRow>(MISSING[billType])
    this.#missingOf = { ALL: missing('ALL'), SUCCESS: missing('SUCCESS'), REFUND: missing('REFUND') }
  }

  /** Compares every row anew, a few thousand at a time, so that the desk goes on working meanwhile. */
  async compare(billId: number, nowMs: number): Promise<void> {
    const last = this.#db.prepare<[number], number>('SELECT max(line) FROM bill_row WHERE bill_id = ?').pluck()
    const lines = Number(last.get(billId) ?? 0)
    // Step by step over the whole bill: the sums of the orders need all of its rows.
    for (const step of this.#steps) {
      for (let from = 1; from <= lines; from += CHUNK) {
        inTransaction(this.#db, () => step.run({ billId, from, to: from + CHUNK - 1 }))
        await nextTurn()
      }
    }
    await this.#judgeOrders(billId)
    this.#db.prepare<[number, number]>('UPDATE bill SET compared_at_ms = ? WHERE id = ?').run(nowMs, billId)
  }

  /** By the sum of all rows of an order, so that an order that was paid twice matches in neither row. */
  async #judgeOrders(billId: number): Promise<void> {
    let last = { orderNumber: '', movement: '' }
    for (;;) {
      const sums = this.#orderSums.all({ billId, ...last })
      inTransaction(this.#db, () => {
        for (const { order_number, movement, matched } of sums) {
          this.#setVerdict.run(matched === 1 ? 'matched' : 'amountDiffers', billId, order_number, movement)
        }
      })
      const end = sums.at(-1)
      if (end === undefined) return
      last = { orderNumber: end.order_number, movement: end.movement }
      await nextTurn()
    }
  }

  /** What the last comparison found. */
  summary(bill: BillRecord): BillComparison {
    const counts = new Map(this.#counts.all(bill.id).map(({ verdict, count }) => [verdict, count]))
    const ours = new Map(this.#ours.all(bill.id).map((row) => [row.movement, row.ours]))
    const missing = this.#missing(bill)
    const [matched, amountDiffers, notHere] = ['matched', 'amountDiffers', 'notHere'].map(
      (name) => counts.get(name) ?? 0,
    )
    const oursOf = (movement: 'paid' | 'refunded'): Fen =>
      missing
        .filter((row) => row.movement === movement)
        .reduce((sum, row) => fen(sum + row.ours_fen), fen(ours.get(movement) ?? 0))
    return {
      matched: matched ?? 0,
      amountDiffers: amountDiffers ?? 0,
      notHere: notHere ?? 0,
      missing: missing.length,
      oursPaidFen: oursOf('paid'),
      oursRefundedFen: oursOf('refunded'),
      balances: [amountDiffers, notHere, missing.length, bill.facts.unreadable].every((count) => count === 0),
      comparedAtMs: bill.comparedAtMs,
    }
  }

  /** Movements of ours that the bill lacks, the earliest first. */
  missing(bill: BillRecord): readonly BillRow[] {
    return this.#missing(bill).map((row) => ({
      line: null,
      match: 'missing',
      movement: row.movement,
      medOrgOrd: row.med_org_ord,
      payOrdId: row.pay_ord_id,
      appRefdSn: row.app_refd_sn,
      tradeTime: null,
      tradeAtMs: row.at_ms,
      amountFen: null,
      oursFen: fen(row.ours_fen),
      orderNumber: row.med_org_ord,
      others: [],
      raw: null,
      reason: null,
    }))
  }

  #missing({ id, billDate, billType }: BillRecord): readonly MissingRow[] {
    const fromMs = startOfDayMs(billDate)
    return this.#missingOf[billType].all({ billId: id, fromMs, beforeMs: fromMs + DAY_MS })
  }
}

/** A bill of payments alone lacks no refunds, and the other way round. */
export const MISSING: Readonly<Record<BillType, string>> = {
  ALL: inOrder(`${MISSING_PAID} UNION ALL ${MISSING_REFUNDED}`),
  SUCCESS: inOrder(MISSING_PAID),
  REFUND: inOrder(MISSING_REFUNDED),
}

function inOrder(sql: string): string {
  return `SELECT * FROM (${sql}) ORDER BY at_ms, med_org_ord`
}
