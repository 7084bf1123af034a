import { z } from 'zod'
import { withOpenLegs } from '#shared/domain/order-proof.ts'
import { holdsMoney, readOrdStas } from '#shared/domain/order-status.ts'
import { refundTypeSchema } from '#shared/domain/refund-step.ts'
import type { OperationRecord } from './operations.ts'
import type { CentreStatement } from './order-evidence.ts'
import type { OrderRecord } from './order-record.ts'
import type { NewTimelineEntry } from './timeline.ts'

/**
 * Does the order, with the last statement in it, prove what became of an operation whose outcome is unknown? An upload
 * is proved by the centre holding the order at all; a revoke by the order being revoked, or by money having moved, which
 * a revoke forbids.
 */
export function resolvesOperation(operation: OperationRecord, after: OrderRecord): boolean {
  if (operation.state !== 'unknown') return false
  const { state } = after.proof
  switch (operation.kind) {
    case 'upload':
      return true
    case 'revoke':
      return state === 'revoked' || state === 'refunded' || holdsMoney(state)
    case 'refund':
      return refundShows(operation, after)
    case 'notice':
      return false
  }
}

/** A refund is proved when a leg that it was to give back has gone back; the centre's 6 or 17 prove nothing yet. */
function refundShows(operation: OperationRecord, { proof: { legs } }: OrderRecord): boolean {
  const { refdType } = requestOf(operation)
  const insurance = legs.insurance === 'refunded'
  const cash = legs.cash === 'refunded'
  if (refdType === 'HI') return insurance
  return refdType === 'CASH' ? cash : insurance || cash
}

/** The upload did arrive: its legs wait for the patient, and the desk counts from now, when it learnt of it. */
export function asUploaded(record: OrderRecord, operation: OperationRecord, nowMs: number): OrderRecord {
  const { payWithinMs } = requestOf(operation)
  return {
    ...record,
    proof: withOpenLegs(record.proof),
    uploadedAtMs: record.uploadedAtMs ?? operation.preparedAtMs,
    payUntilMs: record.payUntilMs ?? (payWithinMs === undefined ? null : nowMs + payWithinMs),
  }
}

/**
 * An order uploaded again after a revoke had another number before: an answer about that one proves nothing of this. An
 * answer without a number that tells of an end without money may be about either, so it proves nothing as well.
 */
export function isEarlierAttempt(operation: OperationRecord, statement: CentreStatement): boolean {
  const { previousPayOrdId } = requestOf(operation)
  if (operation.kind !== 'upload' || previousPayOrdId == null) return false
  if (statement.payOrdId !== null) return statement.payOrdId === previousPayOrdId
  const told = readOrdStas(statement.ordStas, statement.setlType)
  return told?.state === 'revoked' || told?.state === 'failed'
}

export function requestOf(operation: OperationRecord): OperationRequest {
  return operationRequestSchema.parse(JSON.parse(operation.requestJson))
}

/** What is kept of a request in the journal: never its token. */
export const operationRequestSchema = z.object({
  medOrgOrd: z.string(),
  payOrdId: z.string().nullable().optional(),
  previousPayOrdId: z.string().nullable().optional(),
  /** How long the desk expects the patient to need. */
  payWithinMs: z.number().optional(),
  appRefdSn: z.string().optional(),
  refdType: refundTypeSchema.optional(),
})
export type OperationRequest = z.infer<typeof operationRequestSchema>

export function resolutionEntry(operation: OperationRecord): NewTimelineEntry {
  return { kind: RESOLVED[operation.kind], actor: 'desk', data: { operation: operation.id } }
}

const RESOLVED = {
  upload: 'uploadResolved',
  revoke: 'revokeResolved',
  refund: 'refundResolved',
  notice: 'stateChanged',
} as const satisfies Record<OperationRecord['kind'], NewTimelineEntry['kind']>
