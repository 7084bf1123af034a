import { applyEvidence, FRESH_PROOF, inSuspense, type OrderEvidence } from '#shared/domain/order-proof.ts'
import { hasMoved, readOrdStas } from '#shared/domain/order-status.ts'
import type { OrderRecord } from './order-record.ts'

/** What one answer or callback of the centre says about an order, its numbers included. */
export interface CentreStatement extends OrderEvidence {
  readonly payOrdId: string | null
  readonly hiDocSn: string | null
  readonly hiRgstSn: string | null
}

/**
 * The order after this statement. Under another centre order number than ours, money contradicts an attempt that is
 * still open or paid itself; anything else there is about an earlier attempt, without effect. When ours ended without
 * money, the patient has paid in another way, such as his own mini-program (1.2): a new attempt, with what it proves.
 */
export function withStatement(record: OrderRecord, statement: CentreStatement): OrderRecord {
  if (record.payOrdId !== null && statement.payOrdId !== null && record.payOrdId !== statement.payOrdId) {
    const endedUnpaid = record.proof.state === 'revoked' || record.proof.state === 'failed'
    return endedUnpaid && hasMoved(statement.ordStas, statement.setlType)
      ? withStatement({ ...record, payOrdId: null, hiDocSn: null, hiRgstSn: null, proof: FRESH_PROOF }, statement)
      : withForeignStatement(record, statement)
  }
  return {
    ...record,
    payOrdId: record.payOrdId ?? statement.payOrdId,
    hiDocSn: record.hiDocSn ?? statement.hiDocSn,
    hiRgstSn: record.hiRgstSn ?? statement.hiRgstSn,
    proof: applyEvidence(record.proof, statement),
    // A settlement that adds up answers the one that did not.
    identityFailed: statement.source === 'callback' ? null : record.identityFailed,
  }
}

/** What is said under a centre number that is not this attempt's: money there is a contradiction, anything else is past. */
export function withForeignStatement(record: OrderRecord, statement: CentreStatement): OrderRecord {
  const unlisted = readOrdStas(statement.ordStas, statement.setlType) === undefined
  const contradicts = unlisted || hasMoved(statement.ordStas, statement.setlType)
  return contradicts ? { ...record, proof: inSuspense(record.proof, 'foreignPayOrdId') } : record
}
