import type { RefundView } from '#shared/centre/refund.ts'
import type { Refund } from '#shared/contract/orders.ts'
import { REFUND_CHANNELS, type RefundChannel } from '#shared/contract/refunds.ts'
import { OPERATION_STATES } from '#shared/domain/order-view.ts'
import { REFUND_TYPES, type RefundType } from '#shared/domain/refund-step.ts'
import { nullableFen, oneOf } from './columns.ts'
import type { Db } from './open.ts'

/** One refund as it was asked for. Its number is minted once and kept for every later try of the same leg. */
export interface NewRefund {
  readonly operationId: string
  readonly medOrgOrd: string
  readonly appRefdSn: string
  readonly refdType: RefundType
  readonly refChannel: RefundChannel
  readonly reason: string
}

interface RefundRow {
  app_refd_sn: string
  refd_type: string
  ref_channel: string
  reason: string
  prepared_at_ms: number
  state: string
  message: string | null
  total_fen: number | null
  cash_fen: number | null
  fund_fen: number | null
  account_fen: number | null
  cash_channel: string | null
}

type NewRefundRow = Pick<RefundRow, 'app_refd_sn' | 'refd_type' | 'ref_channel' | 'reason'> & { med_org_ord: string }

/** The table `refund`: what was given back, beside the operations that did it. */
export class RefundRepository {
  readonly #insert
  readonly #told
  readonly #byOrder
  readonly #lastTry
  readonly #asked

  constructor(db: Db) {
    this.#insert = db.prepare<[string, string, string, string, string, string]>(
      `INSERT INTO refund (operation_id, med_org_ord, app_refd_sn, refd_type, ref_channel, reason)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#asked = db.prepare<[string], NewRefundRow>(
      'SELECT med_org_ord, app_refd_sn, refd_type, ref_channel, reason FROM refund WHERE operation_id = ?',
    )
    this.#told = db.prepare<[number, number | null, number | null, number | null, string | null, string]>(
      `UPDATE refund SET total_fen = ?, cash_fen = ?, fund_fen = ?, account_fen = ?, cash_channel = ?
       WHERE operation_id = ?`,
    )
    this.#byOrder = db.prepare<[string], RefundRow>(
      `SELECT app_refd_sn, refd_type, ref_channel, reason, prepared_at_ms, state, message, total_fen, cash_fen,
         fund_fen, account_fen, cash_channel
       FROM refund JOIN operation ON operation.id = refund.operation_id
       WHERE refund.med_org_ord = ? ORDER BY operation.prepared_at_ms, operation.rowid`,
    )
    this.#lastTry = db.prepare<[string, string], { app_refd_sn: string; state: string }>(
      `SELECT app_refd_sn, state FROM refund JOIN operation ON operation.id = refund.operation_id
         WHERE refund.med_org_ord = ? AND refd_type = ?
         ORDER BY operation.prepared_at_ms DESC, operation.rowid DESC LIMIT 1`,
    )
  }

  insert(refund: NewRefund): void {
    const { operationId, medOrgOrd, appRefdSn, refdType, refChannel, reason } = refund
    this.#insert.run(operationId, medOrgOrd, appRefdSn, refdType, refChannel, reason)
  }

  /** The refund as one operation asked for it. */
  ofOperation(operationId: string): NewRefund | undefined {
    const row = this.#asked.get(operationId)
    if (row === undefined) return undefined
    return {
      operationId,
      medOrgOrd: row.med_org_ord,
      appRefdSn: row.app_refd_sn,
      refdType: oneOf(REFUND_TYPES, row.refd_type),
      refChannel: oneOf(REFUND_CHANNELS, row.ref_channel),
      reason: row.reason,
    }
  }

  /** What the centre says it gave back, in positive amounts. */
  tell(operationId: string, view: RefundView): void {
    this.#told.run(view.totalFen, view.cashFen, view.fundFen, view.accountFen, view.cashChannel, operationId)
  }

  /**
   * The number under which this refund was tried last and did not come to be: not sent, refused, or so decided by a
   * person. A new try is the same intent and keeps it (money-safety.md, rule 4), so that a centre which did carry it out
   * recognises it. `undefined` when the last one was done: what follows is another refund.
   */
  numberOfFailedTry(medOrgOrd: string, refdType: RefundType): string | undefined {
    const last = this.#lastTry.get(medOrgOrd, refdType)
    return last?.state === 'failed' ? last.app_refd_sn : undefined
  }

  of(medOrgOrd: string): Refund[] {
    return this.#byOrder.all(medOrgOrd).map((row) => ({
      appRefdSn: row.app_refd_sn,
      refdType: oneOf(REFUND_TYPES, row.refd_type),
      refChannel: oneOf(REFUND_CHANNELS, row.ref_channel),
      reason: row.reason,
      startedAtMs: row.prepared_at_ms,
      state: oneOf(OPERATION_STATES, row.state),
      message: row.message,
      totalFen: nullableFen(row.total_fen),
      cashFen: nullableFen(row.cash_fen),
      fundFen: nullableFen(row.fund_fen),
      accountFen: nullableFen(row.account_fen),
      cashChannel: row.cash_channel,
    }))
  }
}
