import type { CentreClient, CentreOutcome } from '#main/centre-client/centre-client.ts'
import { snapshotOf } from '#main/store/charge-snapshot.ts'
import {
  type Beginning,
  beginOperation,
  endOperation,
  lockedBy,
  repeatedRequest,
} from '#main/store/operation-journal.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { ChargeSnapshot, OrderRecord } from '#main/store/order-record.ts'
import type { UploadFeesReply } from '#shared/centre/upload-fees.ts'
import type { Order } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { FRESH_PROOF, inSuspense, uploadedProof } from '#shared/domain/order-proof.ts'
import { mayUpload } from '#shared/domain/order-status.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { CounterParts } from './counter-parts.ts'
import { checkVoucherPerson } from './decode-scan.ts'

type UploadFailure = Failure<
  'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE' | 'PATIENT_MISMATCH' | 'ORDER_STATE_FORBIDS' | 'ORDER_BUSY' | 'OUTCOME_UNKNOWN'
>

export interface UploadIntent {
  readonly requestId: string
  readonly medOrgOrd: string
  readonly ecToken?: string | undefined
  readonly payAuthNo?: string | undefined
  /** The operator has confirmed that the e-voucher is somebody else's. */
  readonly otherPersonConfirmed?: boolean | undefined
  readonly operatorName: string
}

/** What of the counter an upload works with. */
export type UploadParts = Pick<
  CounterParts,
  'store' | 'clock' | 'payWithinMs' | 'scans' | 'fetchCharge' | 'onOrderOpened'
> & { readonly centre: Pick<CentreClient, 'uploadFees'> }

/** Uploads the fees of one charge (interface 1.6): journal, commit, send once, record one of three outcomes. */
export async function uploadFees(parts: UploadParts, intent: UploadIntent): Promise<Result<Order, UploadFailure>> {
  const { store, centre } = parts
  const repeated = repeatedRequest(store, intent, 'upload')
  if (repeated !== undefined) return ok(repeated)
  const charge = await parts.fetchCharge(intent.medOrgOrd)
  if (!charge.ok) return charge

  const snapshot = snapshotOf(charge.value.detail)
  const checked = checkVoucherPerson(parts, intent, snapshot)
  if (!checked.ok) return checked
  const begun = beginUpload(parts, intent, snapshot, checked.value)
  if (!begun.ok) return begun
  const outcome = await centre.uploadFees({
    medOrgOrd: intent.medOrgOrd,
    ecToken: intent.ecToken,
    payAuthNo: intent.payAuthNo,
  })
  const order = recordUpload(parts, begun.value, outcome)
  if (!order.may.upload) parts.scans.forget(intent.ecToken)
  return ok(order)
}

/**
 * Checks and journals in one breath, so that of two windows only one gets through, and in one commit, so that the patient
 * waits for the disk once. What was parked for the order has its effect in between: it may be paid already.
 */
function beginUpload(
  { store, clock, onOrderOpened, payWithinMs }: UploadParts,
  intent: UploadIntent,
  charge: ChargeSnapshot,
  facts: NonNullable<Beginning['data']>,
): Result<OperationRecord, UploadFailure> {
  return store.transaction(() => {
    const opened = store.book.open(intent.medOrgOrd, charge, intent.operatorName)
    onOrderOpened(intent.medOrgOrd)
    const record = store.book.find(intent.medOrgOrd) ?? opened
    const locked = lockedBy(store, intent.medOrgOrd)
    if (locked !== undefined) return err(locked)
    if (!mayUpload(record.state)) return err(failure('ORDER_STATE_FORBIDS', '这笔费用已经上传或已经结算，不能再次上传'))

    const operation = beginOperation({ store, clock }, intent, {
      kind: 'upload',
      request: { medOrgOrd: intent.medOrgOrd, previousPayOrdId: record.payOrdId, payWithinMs },
      entry: 'uploadSent',
      data: facts,
      edit: (before) => newAttempt(before, charge),
    })
    return ok(operation)
  })
}

/** A new attempt starts with nothing proved; what the attempts before it proved stays in the timeline. */
function newAttempt(record: OrderRecord, charge: ChargeSnapshot): OrderRecord {
  return {
    ...record,
    charge,
    payOrdId: null,
    proof: FRESH_PROOF,
    identityFailed: null,
    cashierUrl: null,
    uploadedAtMs: null,
    payUntilMs: null,
    hiDocSn: null,
    hiRgstSn: null,
    feeFingerprint: null,
  }
}

function recordUpload(parts: UploadParts, operation: OperationRecord, outcome: CentreOutcome<UploadFeesReply>): Order {
  return endOperation(parts, operation, outcome, {
    interfaceId: '1.6',
    kinds: {
      succeeded: 'uploadSucceeded',
      refused: 'uploadRefused',
      notSent: 'uploadNotSent',
      unknown: 'uploadUnknown',
    },
    succeed: (record, reply) => uploaded(record, reply, parts.clock.now(), parts.payWithinMs),
  })
}

function uploaded(record: OrderRecord, reply: UploadFeesReply, nowMs: number, payWithinMs: number): OrderRecord {
  // A callback may have been quicker than the answer and have named the number already.
  const agrees = record.payOrdId === null || record.payOrdId === reply.payOrdId
  return {
    ...record,
    payOrdId: record.payOrdId ?? reply.payOrdId,
    proof: agrees ? uploadedProof(record.proof) : inSuspense(record.proof, 'foreignPayOrdId'),
    cashierUrl: httpUrlOrNull(reply.cashierUrl),
    uploadedAtMs: nowMs,
    payUntilMs: nowMs + payWithinMs,
  }
}

/** The page is shown to the patient as a QR code: nothing but a web address is taken. */
function httpUrlOrNull(text: string | undefined): string | null {
  return text !== undefined && /^https?:$/.test(URL.parse(text)?.protocol ?? '') ? text : null
}
