import type { BillType } from '#shared/centre/download-bill.ts'
import type { BillComparison } from '#shared/contract/bills.ts'
import { fen } from '#shared/domain/money.ts'
import { startOfDayMs } from '#shared/domain/time.ts'
import type { Db } from '../open.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Rows of one statement: while it reads the desk's database, no checkpoint can shorten that one's log. */
const CHUNK = 20_000

const CASH_IN = `('paid', 'partlyRefunded', 'refunded')`

/** What this desk says of the cash of an order: what was paid, and what of it went back; null where it does not know. */
const OURS = `CASE
      WHEN o.med_org_ord IS NULL THEN NULL
      WHEN r.movement = 'paid' THEN CASE WHEN o.leg_cash IN ${CASH_IN} THEN o.own_pay_fen ELSE 0 END
      WHEN o.leg_cash = 'refunded' THEN o.own_pay_fen
      WHEN o.leg_cash = 'partlyRefunded' THEN (
        SELECT sum(f.cash_fen) FROM desk.refund f JOIN desk.operation p ON p.id = f.operation_id
        WHERE f.med_org_ord = o.med_org_ord AND p.state IN ('succeeded', 'resolved'))
      ELSE 0 END`

/**
 * Which order each row speaks of, and how it stands to it. Where a row gives both numbers, both must be that order's.
 */
export const MATCH = `INSERT INTO main.verdict (line, verdict, movement, place, order_number, ours_fen)
  SELECT line, CASE
      WHEN movement IS NULL THEN 'unreadable'
      WHEN movement = 'ignored' THEN 'ignored'
      WHEN place IS NULL THEN 'notHere'
      WHEN ours_fen IS amount_fen THEN 'matched'
      ELSE 'amountDiffers' END,
    movement, place, order_number, ours_fen
  FROM (SELECT r.line, r.movement, r.amount_fen, o.rowid AS place,
      iif(r.med_org_ord IS NULL, o.med_org_ord, NULL) AS order_number, ${OURS} AS ours_fen
    FROM main.bill_row r LEFT JOIN desk.orders o ON r.movement IN ('paid', 'refunded')
      AND o.med_org_ord = coalesce(r.med_org_ord,
        (SELECT p.med_org_ord FROM desk.orders p WHERE p.pay_ord_id = r.pay_ord_id LIMIT 1))
      AND (r.pay_ord_id IS NULL OR o.pay_ord_id IS NULL OR o.pay_ord_id = r.pay_ord_id)
    WHERE r.line BETWEEN @from AND @to)`

/** Nearly always each order has one row: then this is all that there is to know of them. */
export const INDEX_ONE_EACH = `CREATE UNIQUE INDEX main.verdict_by_order ON verdict (place, movement) WHERE place IS NOT NULL`
const INDEX_MANY_EACH = `CREATE INDEX main.verdict_by_order ON verdict (place, movement) WHERE place IS NOT NULL`

/**
 * By the sum of all rows of an order, so that an order that was paid twice matches in neither row. What we say of it
 * stands in its first row alone then, so that it counts once.
 */
const JUDGE_TOGETHER = `UPDATE main.verdict SET verdict = iif(together.matched, 'matched', 'amountDiffers'),
    counts = (line = together.first)
  FROM (SELECT v.place, v.movement, min(v.line) AS first, max(v.ours_fen) IS sum(r.amount_fen) AS matched
    FROM main.verdict v JOIN main.bill_row r ON r.line = v.line
    WHERE v.place IS NOT NULL GROUP BY v.place, v.movement HAVING count(*) > 1) AS together
  WHERE verdict.place = together.place AND verdict.movement = together.movement`

/** Rows that match are mostly all, and then found soon by stepping over the others. */
const INDEX_THE_OTHERS = `CREATE INDEX main.verdict_by_kind ON verdict (verdict) WHERE verdict <> 'matched'`
const INDEX_ALL = 'CREATE INDEX main.verdict_by_kind ON verdict (verdict)'

/** Orders of the day that took cash beside insurance (1.5 is of mixed payments only), and that the bill has no row for. */
const MISSING_PAID = `SELECT 'paid' AS movement, o.med_org_ord, o.pay_ord_id, o.own_pay_fen AS ours_fen,
    NULL AS app_refd_sn, coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) AS at_ms
  FROM desk.orders o
  WHERE o.leg_cash IN ${CASH_IN}
    AND coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) >= @fromMs
    AND coalesce(o.settled_at_ms, o.uploaded_at_ms, o.created_at_ms) < @beforeMs
    AND coalesce(o.setl_type, 'ALL') = 'ALL' AND o.own_pay_fen > 0
    AND NOT EXISTS (SELECT 1 FROM main.verdict v WHERE v.place = o.rowid AND v.movement = 'paid')`

/** Refunds of the day that gave cash back, and that the bill has no row for: from the refunds, which are few. */
const MISSING_REFUNDED = `SELECT 'refunded' AS movement, o.med_org_ord, o.pay_ord_id,
    coalesce(f.cash_fen, o.own_pay_fen) AS ours_fen, f.app_refd_sn, p.ended_at_ms AS at_ms
  FROM desk.refund f CROSS JOIN desk.operation p ON p.id = f.operation_id JOIN desk.orders o ON o.med_org_ord = f.med_org_ord
  WHERE p.state IN ('succeeded', 'resolved') AND p.ended_at_ms >= @fromMs AND p.ended_at_ms < @beforeMs
    AND f.refd_type <> 'HI' AND o.leg_cash IN ('partlyRefunded', 'refunded')
    AND coalesce(o.setl_type, 'ALL') = 'ALL' AND coalesce(f.cash_fen, o.own_pay_fen) > 0
    AND NOT EXISTS (SELECT 1 FROM main.verdict v WHERE v.place = o.rowid AND v.movement = 'refunded')`

/** A bill of payments alone lacks no refunds, and the other way round. */
export const MISSING: Readonly<Record<BillType, string>> = {
  ALL: inOrder(`${MISSING_PAID} UNION ALL ${MISSING_REFUNDED}`),
  SUCCESS: inOrder(MISSING_PAID),
  REFUND: inOrder(MISSING_REFUNDED),
}

function inOrder(sql: string): string {
  return `INSERT INTO main.missing (movement, med_org_ord, pay_ord_id, ours_fen, app_refd_sn, at_ms)
    SELECT * FROM (${sql}) ORDER BY at_ms, med_org_ord`
}

export interface ComparedBill {
  readonly billDate: string
  readonly billType: BillType
  /** When, for the comparison to say so. */
  readonly nowMs: number
}

/**
 * Compares every row with the orders as they are now: one pass over the rows, one over the index of their orders.
 * @param db the file of the rows, whose verdicts are not there yet, with the desk's database attached as `desk`
 * @param step told of each part that is done, from 0 to 1. @returns undefined when it was told to stop by it
 */
export function compareRows(
  db: Db,
  { billDate, billType, nowMs }: ComparedBill,
  step: (part: number) => boolean,
): BillComparison | undefined {
  const lines = Number(db.prepare('SELECT max(line) FROM main.bill_row').pluck().get() ?? 0)
  const match = db.prepare<[{ from: number; to: number }]>(MATCH)
  for (let from = 1; from <= lines; from += CHUNK) {
    match.run({ from, to: from + CHUNK - 1 })
    if (!step((from / lines) * 0.6)) return undefined
  }
  judgeOrders(db)
  if (!step(0.8)) return undefined
  const fromMs = startOfDayMs(billDate)
  db.prepare<[{ fromMs: number; beforeMs: number }]>(MISSING[billType]).run({ fromMs, beforeMs: fromMs + DAY_MS })
  if (!step(0.9)) return undefined
  const comparison = summary(db, nowMs)
  db.exec(comparison.matched > lines / 2 ? INDEX_THE_OTHERS : INDEX_ALL)
  return step(1) ? comparison : undefined
}

function judgeOrders(db: Db): void {
  try {
    db.exec(INDEX_ONE_EACH)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_CONSTRAINT_UNIQUE')) throw error
    db.exec(INDEX_MANY_EACH)
    db.exec(JUDGE_TOGETHER)
  }
}

interface Found {
  readonly matched: number
  readonly amountDiffers: number
  readonly notHere: number
  readonly missing: number
  readonly unreadable: number
  readonly oursPaidFen: number
  readonly oursRefundedFen: number
}

/** One pass, and no groups: those would be sorted first. */
const FOUND = `SELECT
    count(*) FILTER (WHERE verdict = 'matched') AS matched,
    count(*) FILTER (WHERE verdict = 'amountDiffers') AS amountDiffers,
    count(*) FILTER (WHERE verdict = 'notHere') AS notHere,
    count(*) FILTER (WHERE verdict = 'unreadable') AS unreadable,
    (SELECT count(*) FROM main.missing) AS missing,
    ${oursOf('paid')} AS oursPaidFen,
    ${oursOf('refunded')} AS oursRefundedFen
  FROM main.verdict`

/** Of the rows and of what the bill lacks. */
function oursOf(movement: 'paid' | 'refunded'): string {
  return `coalesce(sum(ours_fen * counts) FILTER (WHERE movement = '${movement}'), 0)
    + (SELECT coalesce(sum(ours_fen), 0) FROM main.missing WHERE movement = '${movement}')`
}

function summary(db: Db, comparedAtMs: number): BillComparison {
  const found = db.prepare<[], Found>(FOUND).get()
  if (found === undefined) throw new Error('an aggregate has a row')
  const { matched, amountDiffers, notHere, missing, unreadable, oursPaidFen, oursRefundedFen } = found
  return {
    ...{ matched, amountDiffers, notHere, missing },
    oursPaidFen: fen(oursPaidFen),
    oursRefundedFen: fen(oursRefundedFen),
    balances: amountDiffers + notHere + missing + unreadable === 0,
    comparedAtMs,
  }
}
