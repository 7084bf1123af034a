import type { Decision } from '#shared/contract/decisions.ts'
import type { Order, OrderSummary, Refund, TimelineEntry } from '#shared/contract/orders.ts'
import { decisionObstacle, WAIT_BEFORE_DECISION_MS } from '#shared/domain/decision.ts'
import { maskIdNo } from '#shared/domain/masks.ts'
import { addFen } from '#shared/domain/money.ts'
import { fillAmounts } from '#shared/domain/order-proof.ts'
import { mayRevoke, mayUpload } from '#shared/domain/order-status.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import { spentLegs } from '#shared/domain/refund-amounts.ts'
import { nextRefundStep, type RefundPosition, type RefundType, refundObstacle } from '#shared/domain/refund-step.ts'
import { identityVerdict, NO_AMOUNTS, type SettlementAmounts } from '#shared/domain/settlement.ts'
import type { OperationOutline } from './fold/folds.ts'
import type { OperationRecord } from './operations.ts'
import type { OrderRecord } from './order-record.ts'

/** The order as lists show it. */
export function summarise(record: OrderRecord, operation: OperationOutline | undefined): OrderSummary {
  const { proof, charge } = record
  return {
    medOrgOrd: record.medOrgOrd,
    payOrdId: record.payOrdId,
    ordStas: shownOrdStas(record),
    state: record.state,
    legs: proof.legs,
    setlType: proof.setlType,
    amounts: shownAmounts(record),
    totalFen: addFen(charge.chargeFen, charge.chargeOutsideFen),
    patientName: charge.patientName,
    maskedIdNo: maskIdNo(charge.idNo),
    deptName: charge.deptName,
    ...(record.attentionReason === null
      ? {}
      : {
          attention: {
            reason: record.attentionReason,
            sinceMs: record.attentionSinceMs ?? record.updatedAtMs,
            detail: record.identityFailed,
          },
        }),
    ...(operation === undefined
      ? {}
      : {
          operation: {
            id: operation.id,
            kind: operation.kind,
            state: operation.state,
            startedAtMs: operation.preparedAtMs,
            message: operation.message,
          },
        }),
    nextQueryAtMs: record.nextQueryAtMs,
    questionsAsked: record.queryAttempts,
    createdAtMs: record.createdAtMs,
    updatedAtMs: record.updatedAtMs,
  }
}

/** What other tables hold of an order. */
export interface BesideOrder {
  readonly operation: OperationRecord | undefined
  readonly timeline: TimelineEntry[]
  readonly refunds: Refund[]
  readonly decisions: Decision[]
  readonly feeChanged: boolean
}

/** The order with everything that the desk shows of it. */
export function present(record: OrderRecord, beside: BesideOrder, nowMs: number): Order {
  const { operation, timeline, refunds, decisions, feeChanged } = beside
  const free = operation === undefined || !isOpenOperation(operation.state)
  const settled = record.proof.amountsFrom !== null
  return {
    ...summarise(record, operation),
    drName: record.charge.drName,
    visitTime: record.charge.visitTime,
    cashierUrl: record.cashierUrl,
    uploadedAtMs: record.uploadedAtMs,
    payUntilMs: record.payUntilMs,
    hiDocSn: record.hiDocSn,
    hiRgstSn: record.hiRgstSn,
    settledAtMs: record.settledAtMs,
    suspenseReason: record.proof.suspense,
    amountsFrom: record.proof.amountsFrom,
    identityHolds: settled ? identityVerdict(shownAmounts(record)) : null,
    callbackAtMs: record.callbackAtMs,
    lastQueryAtMs: record.lastQueryAtMs,
    may: {
      upload: free && mayUpload(record.state),
      revoke: free && mayRevoke(record.state),
      query: operation !== undefined || record.payOrdId !== null || record.proof.lastOrdStas !== null,
    },
    refundObstacles: refundObstacles(refundPosition(record, refunds)),
    nextRefund: nextRefundStep(refundPosition(record, refunds)) ?? null,
    refunds,
    decision: decisionOf(record, operation, nowMs),
    decisions,
    rebuiltAtMs: record.rebuiltAtMs,
    feeChanged,
    timeline,
  }
}

/** Whether a person may decide what became of the open operation; told so that the window can say from when. */
function decisionOf(record: OrderRecord, operation: OperationRecord | undefined, nowMs: number): Order['decision'] {
  const obstacle = decisionObstacle({
    operation: operation === undefined ? undefined : { state: operation.state, startedAtMs: operation.preparedAtMs },
    questionsAsked: record.queryAttempts,
    nowMs,
  })
  const isUnknown = operation !== undefined && obstacle !== 'notUnknown'
  return {
    obstacle: obstacle ?? null,
    notBeforeMs: isUnknown ? operation.preparedAtMs + WAIT_BEFORE_DECISION_MS : null,
  }
}

/** What has been proved of an order and its refunds, as far as a further refund asks. */
export function refundPosition({ state, proof }: OrderRecord, refunds: readonly Refund[]): RefundPosition {
  return { state, legs: proof.legs, setlType: proof.setlType, spent: spentLegs(proof.amounts, refunds) }
}

function refundObstacles(position: RefundPosition): Order['refundObstacles'] {
  const obstacle = (type: RefundType) => refundObstacle(position, type) ?? null
  return { ALL: obstacle('ALL'), HI: obstacle('HI'), CASH: obstacle('CASH') }
}

/** 14, 17 and unlisted codes prove nothing, and are what people ask about: they are shown while they are the last word. */
function shownOrdStas({ proof, state }: OrderRecord): string | null {
  const passing = proof.lastOrdStas !== null && (state === 'unknown' || state === 'refunding')
  return passing || proof.ordStas === null ? proof.lastOrdStas : proof.ordStas
}

/** What the centre told, and where it has not told, what the hospital's charge says (money-safety.md, rule 11). */
export function shownAmounts({ proof, charge }: OrderRecord): SettlementAmounts {
  return fillAmounts(proof.amounts, {
    ...NO_AMOUNTS,
    feeSumFen: charge.chargeFen,
    outOfCatalogueFen: charge.chargeOutsideFen,
  })
}
