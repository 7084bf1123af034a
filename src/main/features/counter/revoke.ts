import { beginOperation, endOperation, type Intent, lockedBy, repeatedRequest } from '#main/store/operation-journal.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { Order } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { applyEvidence } from '#shared/domain/order-proof.ts'
import { mayRevoke, REVOKED_CODE } from '#shared/domain/order-status.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'
import type { CounterParts } from './counter-parts.ts'

type RevokeFailure = Failure<'ORDER_NOT_FOUND' | 'ORDER_STATE_FORBIDS' | 'ORDER_BUSY' | 'OUTCOME_UNKNOWN'>

/** Revokes an upload that is not paid (interface 1.7). */
export async function revokeUpload(parts: CounterParts, intent: Intent): Promise<Result<Order, RevokeFailure>> {
  const repeated = repeatedRequest(parts.store, intent, 'revoke')
  if (repeated !== undefined) return ok(repeated)
  const begun = beginRevoke(parts, intent)
  if (!begun.ok) return begun
  const { operation, payOrdId } = begun.value
  const { medOrgOrd } = intent
  const numbers = payOrdId === null ? { medOrgOrd } : { payOrdId }
  const outcome = await parts.centre.revokeUpload(numbers, { ...numbers, medOrgOrd })
  const order = endOperation(parts, operation, outcome, {
    interfaceId: '1.7',
    kinds: {
      succeeded: 'revokeSucceeded',
      refused: 'revokeRefused',
      notSent: 'revokeNotSent',
      unknown: 'revokeUnknown',
    },
    // If the patient paid in the same moment the proof holds money already, and this makes it suspense.
    succeed: (record) => ({
      ...record,
      cashierUrl: null,
      proof: applyEvidence(record.proof, {
        source: 'query',
        ordStas: REVOKED_CODE,
        setlType: null,
        amounts: NO_AMOUNTS,
      }),
    }),
  })
  return ok(order)
}

function beginRevoke(
  { store, clock }: CounterParts,
  intent: Intent,
): Result<{ operation: OperationRecord; payOrdId: string | null }, RevokeFailure> {
  const record = store.book.find(intent.medOrgOrd)
  if (record === undefined) return err(failure('ORDER_NOT_FOUND'))
  const locked = lockedBy(store, intent.medOrgOrd)
  if (locked !== undefined) return err(locked)
  if (!mayRevoke(record.state)) {
    return err(failure('ORDER_STATE_FORBIDS', '只有已上传、尚未支付的订单可以撤销'))
  }
  const operation = beginOperation({ store, clock }, intent, {
    kind: 'revoke',
    request: { medOrgOrd: intent.medOrgOrd, payOrdId: record.payOrdId },
    entry: 'revokeSent',
  })
  return ok({ operation, payOrdId: record.payOrdId })
}
