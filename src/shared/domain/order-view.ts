import type { OrderProof } from './order-proof.ts'
import type { Legs, OrderState } from './order-status.ts'

export const OPERATION_KINDS = ['upload', 'revoke', 'refund', 'notice'] as const
export type OperationKind = (typeof OPERATION_KINDS)[number]

/**
 * prepared: committed, nothing sent. sent: the request may be on the wire. succeeded / failed: proved. unknown: it may
 * have reached the centre. resolved: was unknown, settled since by asking or by a person.
 */
export const OPERATION_STATES = ['prepared', 'sent', 'succeeded', 'failed', 'unknown', 'resolved'] as const
export type OperationState = (typeof OPERATION_STATES)[number]

/** An operation that is not finished locks the order: nothing that could move money may start beside it. */
export function isOpenOperation(state: OperationState): boolean {
  return state === 'prepared' || state === 'sent' || state === 'unknown'
}

/** The order's state as people see it: the proof, and what is pending on top of it. */
export function viewOrderState(
  proof: OrderProof,
  operation: { readonly kind: OperationKind; readonly state: OperationState } | undefined,
): OrderState {
  if (proof.suspense !== null) return 'suspense'
  if (operation?.kind === 'refund' && isOpenOperation(operation.state)) return 'refunding'
  if (operation?.state === 'unknown') return 'unknown'
  if (operation?.kind === 'upload' && operation.state === 'failed' && proof.state === 'created') return 'failed'
  if (proof.lastOrdStas === '17' && proof.state !== 'refunded') return 'refunding'
  if (proof.lastOrdStas === '14' && !SURE_IN_SPITE_OF_14.has(proof.state)) return 'unknown'
  return proof.state
}

/** 14 "abnormal" after a proved end is a matter for a person, but it does not unprove the end. */
const SURE_IN_SPITE_OF_14: ReadonlySet<OrderState> = new Set(['settled', 'partlyRefunded', 'refunded', 'revoked'])

export const ATTENTION_REASONS = [
  'outcomeUnknown',
  'suspense',
  'identityFailed',
  'halfSettled',
  'halfRefunded',
  'centreAbnormal',
  'unlistedStatus',
  'unpaidLong',
  'refundingLong',
  'callbackSilent',
  'amountsWarning',
] as const
export type AttentionReason = (typeof ATTENTION_REASONS)[number]

/**
 * Reasons whose alarm a person may end by writing down what was found: the order's money is as it is, and nothing more
 * can be asked. The others end only when the outcome is proved, decided, or the half made whole.
 */
export const NOTABLE_REASONS = [
  'suspense',
  'identityFailed',
  'centreAbnormal',
  'unlistedStatus',
  'callbackSilent',
  'amountsWarning',
] as const satisfies readonly AttentionReason[]

export type NotableReason = (typeof NOTABLE_REASONS)[number]

export function isNotable(reason: AttentionReason): reason is NotableReason {
  return (NOTABLE_REASONS as readonly AttentionReason[]).includes(reason)
}

/** What stands beside the proof and may need a person. */
export interface AttentionSigns {
  /** An operation of this order may have reached the centre, and nothing proves what came of it. */
  readonly outcomeUnknown: boolean
  readonly identityFailed: boolean
  readonly listedStatus: boolean
  /** Waiting for the patient, or "refunding" in the centre's own words, for longer than that takes (rule 8). */
  readonly overdue: boolean
  readonly callbackSilent: boolean
}

/** Why a person should look at this order, the most pressing reason first; `undefined` when nobody needs to. */
export function attentionReason(
  proof: OrderProof,
  state: OrderState,
  signs: AttentionSigns,
): AttentionReason | undefined {
  if (state === 'suspense') return 'suspense'
  if (signs.outcomeUnknown) return 'outcomeUnknown'
  if (proof.lastOrdStas === '14') return 'centreAbnormal'
  if (state === 'unknown') return 'outcomeUnknown'
  if (signs.identityFailed) return 'identityFailed'
  if (!signs.listedStatus) return 'unlistedStatus'
  if (state === 'partlySettled' || proof.lastOrdStas === '16') return 'halfSettled'
  if (state === 'partlyRefunded') return 'halfRefunded'
  if (openCashLegAfterRevoke(proof.legs, state)) return 'halfSettled'
  if (signs.overdue) return state === 'refunding' ? 'refundingLong' : 'unpaidLong'
  if (signs.callbackSilent) return 'callbackSilent'
  return proof.amountsWarning ? 'amountsWarning' : undefined
}

/** 13: the insurance part is revoked and the code does not say what became of the cash. */
function openCashLegAfterRevoke(legs: Legs, state: OrderState): boolean {
  return state === 'revoked' && legs.cash === 'unknown'
}
