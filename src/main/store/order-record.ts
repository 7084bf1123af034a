import type { Fen } from '#shared/domain/money.ts'
import { FRESH_PROOF, type OrderProof } from '#shared/domain/order-proof.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import type { AttentionReason } from '#shared/domain/order-view.ts'

/** One order as it is stored. `proof` is what the centre has proved; the rest is what this desk knows beside it. */
export interface OrderRecord {
  readonly medOrgOrd: string
  readonly payOrdId: string | null
  /** The proof and what is pending on top of it; derived, stored so that lists can be filtered. */
  readonly state: OrderState
  readonly proof: OrderProof
  /** A settlement result whose identity did not hold, as the sum in words; it was refused and is shown. */
  readonly identityFailed: string | null
  readonly attentionReason: AttentionReason | null
  readonly attentionSinceMs: number | null
  /** The alarm that a person ended by noting what was found; another reason is a new alarm. */
  readonly attentionNoted: AttentionReason | null
  readonly charge: ChargeSnapshot
  readonly cashierUrl: string | null
  readonly uploadedAtMs: number | null
  readonly payUntilMs: number | null
  readonly hiDocSn: string | null
  readonly hiRgstSn: string | null
  readonly settledAtMs: number | null
  readonly callbackAtMs: number | null
  readonly lastQueryAtMs: number | null
  readonly nextQueryAtMs: number | null
  readonly queryAttempts: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  /** Of the fee lines that the centre took for this upload (2.1), see `fee-fingerprint.ts`; null before. */
  readonly feeFingerprint: string | null
  /** When the order was made from the centre's answer; null for an order of this desk. */
  readonly rebuiltAtMs: number | null
}

/** What the hospital's charge said when the order was made. */
export interface ChargeSnapshot {
  readonly patientName: string
  readonly idNo: string
  readonly deptName: string
  readonly drName: string
  readonly visitTime: string
  /** Inside the insurance catalogue. */
  readonly chargeFen: Fen
  readonly chargeOutsideFen: Fen
}

/** An order of which the centre has said nothing. */
export function freshRecord(medOrgOrd: string, charge: ChargeSnapshot, nowMs: number): OrderRecord {
  return {
    medOrgOrd,
    payOrdId: null,
    state: 'created',
    proof: FRESH_PROOF,
    identityFailed: null,
    attentionReason: null,
    attentionSinceMs: null,
    attentionNoted: null,
    charge,
    cashierUrl: null,
    uploadedAtMs: null,
    payUntilMs: null,
    hiDocSn: null,
    hiRgstSn: null,
    settledAtMs: null,
    callbackAtMs: null,
    lastQueryAtMs: null,
    nextQueryAtMs: null,
    queryAttempts: 0,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    feeFingerprint: null,
    rebuiltAtMs: null,
  }
}
