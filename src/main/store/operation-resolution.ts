import { z } from 'zod'
import { holdsMoney } from '#shared/domain/order-status.ts'
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
    case 'notice':
      return false
  }
}

/** An order uploaded again after a revoke had another number before: an answer about that one proves nothing of this. */
export function isEarlierAttempt(operation: OperationRecord, statement: CentreStatement): boolean {
  if (operation.kind !== 'upload' || statement.payOrdId === null) return false
  const request = operationRequestSchema.parse(JSON.parse(operation.requestJson))
  return request.previousPayOrdId === statement.payOrdId
}

/** What is kept of a request in the journal: never its token. */
export const operationRequestSchema = z.object({
  medOrgOrd: z.string(),
  payOrdId: z.string().nullable().optional(),
  previousPayOrdId: z.string().nullable().optional(),
})
export type OperationRequest = z.infer<typeof operationRequestSchema>

export function resolutionEntry(operation: OperationRecord): NewTimelineEntry {
  const kind = operation.kind === 'revoke' ? 'revokeResolved' : 'uploadResolved'
  return { kind, actor: 'desk', data: { operation: operation.id } }
}
