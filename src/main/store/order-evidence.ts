import { applyEvidence, inSuspense, type OrderEvidence } from '#shared/domain/order-proof.ts'
import { holdsMoney, readOrdStas } from '#shared/domain/order-status.ts'
import type { OrderRecord } from './order-record.ts'

/** What one answer or callback of the centre says about an order, its numbers included. */
export interface CentreStatement extends OrderEvidence {
  readonly payOrdId: string | null
  readonly hiDocSn: string | null
  readonly hiRgstSn: string | null
}

/**
 * The order after this statement. A statement about another centre order number than ours contradicts us when money
 * has moved under that number, and is about an earlier attempt, without effect, when none has.
 */
export function withStatement(record: OrderRecord, statement: CentreStatement): OrderRecord {
  if (record.payOrdId !== null && statement.payOrdId !== null && record.payOrdId !== statement.payOrdId) {
    return withForeignStatement(record, statement)
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
  const told = readOrdStas(statement.ordStas, statement.setlType)
  const moneyMoved = told === undefined || holdsMoney(told.state) || told.state === 'refunded'
  return moneyMoved ? { ...record, proof: inSuspense(record.proof, 'foreignPayOrdId') } : record
}
