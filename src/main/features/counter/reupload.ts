import { createHash } from 'node:crypto'
import type { Order } from '#shared/contract/orders.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import { ok, type Result } from '#shared/domain/result.ts'
import type { CounterParts } from './counter-parts.ts'
import { checkVoucherPerson } from './decode-scan.ts'
import { revokeUpload } from './revoke.ts'
import { type UploadIntent, uploadFees } from './upload.ts'

type ReuploadFailure = Failure<
  | 'CHARGE_NOT_FOUND'
  | 'HIS_UNREACHABLE'
  | 'PATIENT_MISMATCH'
  | 'ORDER_NOT_FOUND'
  | 'ORDER_STATE_FORBIDS'
  | 'ORDER_BUSY'
  | 'OUTCOME_UNKNOWN'
>

/**
 * Revokes an upload that is not paid and uploads what the hospital has now, as one action of two journalled operations.
 * Nothing is uploaded unless the revoke is certain; nothing is revoked unless there is something to upload.
 */
export async function uploadAgain(parts: CounterParts, intent: UploadIntent): Promise<Result<Order, ReuploadFailure>> {
  const charge = await parts.fetchCharge(intent.medOrgOrd)
  if (!charge.ok) return charge
  const { userName, idNo } = charge.value.detail
  // Asked before anything is revoked for nothing.
  const checked = checkVoucherPerson(parts, intent, { patientName: userName, idNo })
  if (!checked.ok) return checked
  const { medOrgOrd, operatorName } = intent
  const revoked = await revokeUpload(parts, { medOrgOrd, operatorName, requestId: revokeIdOf(intent.requestId) })
  if (!revoked.ok) return revoked
  const { state, operation } = revoked.value
  const certain = state === 'revoked' && operation?.kind === 'revoke'
  // A repeat of the same action goes on where it stopped; `uploadFees` sends nothing twice.
  const begun = parts.store.operations.byRequestId(intent.medOrgOrd, intent.requestId) !== undefined
  return certain || begun ? uploadFees(parts, intent) : ok(revoked.value)
}

/** The revoke's own number, always the same for the same action. A uuid of version 8 (made by the application). */
function revokeIdOf(requestId: string): string {
  const hex = createHash('sha256').update(`revoke:${requestId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
