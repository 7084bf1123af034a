import { applyEvidence, type OrderEvidence, type OrderProof, uploadedProof } from './order-proof.ts'
import { type Legs, REVOKED_CODE, readOrdStas } from './order-status.ts'
import type { OperationKind, OperationState } from './order-view.ts'
import { legsOfRefund, ordStasAfterRefund, type RefundType } from './refund-step.ts'
import { NO_AMOUNTS } from './settlement.ts'

/** What a person found out about an operation that the centre's answers do not prove. */
export const DECISION_OUTCOMES = ['happened', 'didNotHappen'] as const
export type DecisionOutcome = (typeof DECISION_OUTCOMES)[number]

/** What a person's finding rests on: the centre's order number, setl_id, a telephone call, a row of its bill. */
export const EVIDENCE_KINDS = ['payOrdId', 'setlId', 'telephone', 'billRow'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** The fast part of the ladder (money-safety.md, rule 3) comes first, so that nobody clicks an unknown outcome away. */
export const QUESTIONS_BEFORE_DECISION = 5
export const WAIT_BEFORE_DECISION_MS = 120_000

export const DECISION_OBSTACLES = ['notUnknown', 'tooEarly'] as const
export type DecisionObstacle = (typeof DECISION_OBSTACLES)[number]

export interface DecisionPosition {
  readonly operation: { readonly state: OperationState; readonly startedAtMs: number } | undefined
  /** Questions put to the centre since the order came into its present state. */
  readonly questionsAsked: number
  readonly nowMs: number
}

/** Why a person may not decide now; `undefined` when he may. */
export function decisionObstacle({ operation, questionsAsked, nowMs }: DecisionPosition): DecisionObstacle | undefined {
  if (operation?.state !== 'unknown') return 'notUnknown'
  const isEarly = nowMs < operation.startedAtMs + WAIT_BEFORE_DECISION_MS || questionsAsked < QUESTIONS_BEFORE_DECISION
  return isEarly ? 'tooEarly' : undefined
}

/** The kind and, without a number, only the telephone: every other kind is its number; real money needs one always. */
export function needsEvidenceNumber(kind: EvidenceKind, isProduction: boolean): boolean {
  return isProduction || kind !== 'telephone'
}

/** What was decided, about which operation. */
export interface Decided {
  readonly kind: OperationKind
  readonly outcome: DecisionOutcome
  /** Of a refund. */
  readonly refdType: RefundType | undefined
}

/**
 * What a decision joins to the proof: that the thing happened, never an amount and never a code of the centre. That it
 * did not happen proves nothing that was not proved before.
 */
export function withDecision(proof: OrderProof, { kind, outcome, refdType }: Decided): OrderProof {
  if (outcome === 'didNotHappen' || kind === 'notice') return proof
  if (kind === 'upload') return uploadedProof(proof)
  const ordStas = kind === 'revoke' ? REVOKED_CODE : ordStasAfterRefund(refdType ?? 'ALL', proof)
  const joined = applyEvidence(proof, { source: 'query', ordStas, setlType: proof.setlType, amounts: NO_AMOUNTS })
  return { ...joined, ordStas: proof.ordStas, lastOrdStas: proof.lastOrdStas }
}

/**
 * Whether what the centre says now cannot be, if the decision was right. `before` is the proof with the decision in it.
 * A callback may have been under way since before; only an answer to a question that was put later denies that
 * something happened.
 */
export function contradictsDecision(decided: Decided, before: OrderProof, evidence: OrderEvidence): boolean {
  const told = readOrdStas(evidence.ordStas, evidence.setlType ?? before.setlType)
  if (told === undefined) return false
  const isUnpaidEnd = told.state === 'revoked' || told.state === 'failed'
  switch (decided.kind) {
    case 'upload':
      // The centre holds an order, and not one that can take no money any more.
      return decided.outcome === 'didNotHappen' && !isUnpaidEnd
    case 'revoke':
      if (decided.outcome === 'didNotHappen') return told.state === 'revoked'
      return evidence.source === 'query' && (told.state === 'uploaded' || told.state === 'paying')
    case 'refund':
      return contradictsRefund(decided, before, evidence.source, told.legs)
    case 'notice':
      return false
  }
}

function contradictsRefund(
  { outcome, refdType = 'ALL' }: Decided,
  before: OrderProof,
  source: OrderEvidence['source'],
  told: Legs,
): boolean {
  const back = legsOfRefund(refdType, before)
  return LEGS_OF[refdType].some((leg) =>
    outcome === 'happened'
      ? source === 'query' && before.legs[leg] === 'refunded' && told[leg] === 'paid'
      : back[leg] && (told[leg] === 'refunded' || told[leg] === 'partlyRefunded'),
  )
}

const LEGS_OF: Readonly<Record<RefundType, readonly (keyof Legs)[]>> = {
  ALL: ['insurance', 'cash'],
  HI: ['insurance'],
  CASH: ['cash'],
}
