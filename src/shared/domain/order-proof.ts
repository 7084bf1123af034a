import {
  existingLegs,
  isImpossibleFor,
  type LegState,
  type Legs,
  type OrderState,
  readOrdStas,
  SETL_TYPES,
  type SetlType,
} from './order-status.ts'
import { NO_AMOUNTS, type SettlementAmounts } from './settlement.ts'

/**
 * What has been proved of one order so far. It only moves up a lattice: the same evidence twice, late or in another
 * order gives the same proof; evidence that contradicts it gives suspense, which nothing but a person leaves
 * (money-safety.md, rule 6).
 */
export interface OrderProof {
  readonly state: ProvedState
  readonly legs: Legs
  /** `null` until money has moved: what an answer forecasts before binds nobody. */
  readonly setlType: SetlType | null
  /** Types that a code heard so far cannot belong to: it spoke of money on a leg that they do not have. */
  readonly ruledOut: readonly SetlType[]
  /** Told by the centre; `null` where it has not told. What the hospital's charge says stands beside, not in here. */
  readonly amounts: SettlementAmounts
  /** `null` while they are a pre-settlement's; a callback outranks a query, which cannot name every part. */
  readonly amountsFrom: EvidenceSource | null
  /** Query and callback named different amounts: shown as a warning, never a refusal (quirk Q15). */
  readonly amountsWarning: boolean
  /** The code that proves `state`; `null` until the centre has named one. */
  readonly ordStas: string | null
  /** The code heard last, whether or not it proved anything: 14, 17 and unlisted codes are shown from here. */
  readonly lastOrdStas: string | null
  readonly suspense: SuspenseReason | null
}

/** The states that evidence can prove. `unknown` and `refunding` are passing views, see `order-view.ts`. */
export type ProvedState = Exclude<OrderState, 'unknown' | 'refunding'>

export const SUSPENSE_REASONS = [
  'amountsDiffer',
  'setlTypeDiffers',
  'paidYetRevoked',
  'foreignPayOrdId',
  'impossibleStatus',
  'callbackConflict',
  'refundExceedsPaid',
  'decisionContradicted',
] as const
export type SuspenseReason = (typeof SUSPENSE_REASONS)[number]

/** Where evidence comes from: an answer to 1.3, or a settlement result 2.2. */
export type EvidenceSource = 'query' | 'callback'

/** One thing that the centre said about the order. */
export interface OrderEvidence {
  readonly source: EvidenceSource
  readonly ordStas: string
  readonly setlType: SetlType | null
  readonly amounts: SettlementAmounts
}

/** An order known to this desk, of which the centre has said nothing. */
export const FRESH_PROOF: OrderProof = {
  state: 'created',
  legs: { insurance: 'none', cash: 'none' },
  setlType: null,
  ruledOut: [],
  amounts: NO_AMOUNTS,
  amountsFrom: null,
  amountsWarning: false,
  ordStas: null,
  lastOrdStas: null,
  suspense: null,
}

/** The centre took the upload: both legs wait for the patient. */
export function uploadedProof(proof: OrderProof): OrderProof {
  if (RANK[proof.state] >= RANK.uploaded) return proof
  return { ...proof, state: 'uploaded', legs: { insurance: 'open', cash: 'open' } }
}

/** Waiting orders wait with both legs, also when the upload was learnt of by a code that says nothing of them. */
export function withOpenLegs(proof: OrderProof): OrderProof {
  if (proof.state !== 'uploaded' && proof.state !== 'paying') return proof
  const open = (leg: LegState): LegState => (LEG_RANK[leg] < LEG_RANK.open ? 'open' : leg)
  return { ...proof, legs: { insurance: open(proof.legs.insurance), cash: open(proof.legs.cash) } }
}

/** The lattice's one operation: what is proved after this evidence as well. Pure and total. */
export function applyEvidence(proof: OrderProof, evidence: OrderEvidence): OrderProof {
  const heard = { ...proof, lastOrdStas: evidence.ordStas }
  if (proof.suspense !== null) return heard
  const status = readOrdStas(evidence.ordStas, evidence.setlType ?? proof.setlType)
  // An unlisted code proves nothing and is never guessed (quirk Q20); 14 and 17 say only that something is pending.
  if (status === undefined || status.state === 'unknown' || status.state === 'refunding') return heard
  if (status.state === 'suspense') return inSuspense(heard, 'impossibleStatus')

  // How it is settled is decided when it is paid: what was forecast before binds nobody.
  const told = RANK[status.state] > RANK.revoked ? evidence.setlType : null
  if (proof.setlType !== null && told !== null && proof.setlType !== told) return inSuspense(heard, 'setlTypeDiffers')
  const setlType = proof.setlType ?? told
  const ruledOut = SETL_TYPES.filter((type) => proof.ruledOut.includes(type) || isImpossibleFor(type, evidence.ordStas))
  if (setlType !== null && ruledOut.includes(setlType)) return inSuspense(heard, 'impossibleStatus')
  const joined = joinStatus(
    { ...heard, setlType, ruledOut },
    { state: status.state, legs: status.legs },
    evidence.ordStas,
  )
  if (joined.suspense !== null) return joined
  return joinAmounts(joined, evidence, status.state === 'settled')
}

/** Contradiction: kept as it stands, shown, never overwritten. The first reason stays. */
export function inSuspense(proof: OrderProof, reason: SuspenseReason): OrderProof {
  return proof.suspense === null ? { ...proof, state: 'suspense', suspense: reason } : proof
}

/** The chain of proved states. `revoked` stands beside it: under no money it wins, against money it contradicts. */
const RANK: Readonly<Record<ProvedState, number>> = {
  created: 0,
  uploaded: 1,
  paying: 2,
  failed: 3,
  revoked: 4,
  partlySettled: 5,
  settled: 6,
  partlyRefunded: 7,
  refunded: 8,
  suspense: 9,
}

/** `unknown` says nothing, so it is the bottom; each later word includes the earlier ones. */
const LEG_RANK: Readonly<Record<LegState, number>> = {
  unknown: 0,
  none: 1,
  open: 2,
  failed: 3,
  paid: 4,
  partlyRefunded: 5,
  refunded: 6,
}

function joinStatus(
  proof: OrderProof,
  status: { readonly state: ProvedState; readonly legs: Legs },
  ordStas: string,
): OrderProof {
  const revoked = proof.state === 'revoked' || status.state === 'revoked'
  const paid = RANK[proof.state] > RANK.revoked || RANK[status.state] > RANK.revoked
  if (revoked && paid) return inSuspense(proof, 'paidYetRevoked')

  // A code from before the payment says nothing of the legs, so a late one cannot close or reopen any.
  const told = RANK[status.state] < RANK.failed ? proof.legs : status.legs
  const joined = {
    insurance: higherLeg(proof.legs.insurance, told.insurance),
    cash: higherLeg(proof.legs.cash, told.cash),
  }
  const legs = existingLegs(ENDS_WAITING.has(ordStas) ? closedLegs(joined, told) : joined, proof.setlType)
  return {
    ...proof,
    state: [status.state, stateOfLegs(legs, proof.setlType)].reduce(higherState, proof.state),
    legs,
    ordStas: RANK[status.state] >= RANK[proof.state] ? ordStas : proof.ordStas,
  }
}

/** Revoked, failed, and 16 (insurance failed with the cash taken): no leg waits for the patient any longer. */
const ENDS_WAITING: ReadonlySet<string> = new Set(['12', '13', '15', '16'])

function higherState(left: ProvedState, right: ProvedState): ProvedState {
  return RANK[right] > RANK[left] ? right : left
}

function higherLeg(left: LegState, right: LegState): LegState {
  return LEG_RANK[right] > LEG_RANK[left] ? right : left
}

/** Two halves told one after the other make a whole: 3 (cash paid) and 4 (insurance paid) together are settled. */
function stateOfLegs(legs: Legs, setlType: SetlType | null): ProvedState {
  const existing =
    setlType === 'HI' ? [legs.insurance] : setlType === 'CASH' ? [legs.cash] : [legs.insurance, legs.cash]
  if (existing.every((leg) => leg === 'refunded')) return 'refunded'
  if (existing.some((leg) => leg === 'refunded' || leg === 'partlyRefunded')) return 'partlyRefunded'
  if (existing.every((leg) => leg === 'paid')) return 'settled'
  return existing.some((leg) => leg === 'paid') ? 'partlySettled' : 'created'
}

/** A leg that waited is closed; what the code does not say of it stays unknown. */
function closedLegs(legs: Legs, told: Legs): Legs {
  const close = (leg: LegState, said: LegState): LegState => (leg === 'open' ? said : leg)
  return { insurance: close(legs.insurance, told.insurance), cash: close(legs.cash, told.cash) }
}

/** Amounts of a settlement are proved once; those before it are a forecast that the next answer replaces. */
function joinAmounts(proof: OrderProof, evidence: OrderEvidence, settles: boolean): OrderProof {
  const told = evidence.amounts
  if (!settles) return proof.amountsFrom === null ? { ...proof, amounts: fillAmounts(told, proof.amounts) } : proof
  if (proof.amountsFrom === null) return { ...proof, amounts: told, amountsFrom: evidence.source }

  const differs = amountsDiffer(proof.amounts, told)
  if (proof.amountsFrom === 'callback' && evidence.source === 'callback') {
    return differs ? inSuspense(proof, 'amountsDiffer') : proof
  }
  const amountsWarning = proof.amountsWarning || differs
  return evidence.source === 'callback'
    ? { ...proof, amounts: told, amountsFrom: 'callback', amountsWarning }
    : { ...proof, amountsWarning }
}

const AMOUNT_NAMES = ['feeSumFen', 'fundFen', 'accountFen', 'ownPayFen', 'outOfCatalogueFen', 'prepaidFen'] as const

/** Two tellings differ when both name the same part and name it differently. */
function amountsDiffer(left: SettlementAmounts, right: SettlementAmounts): boolean {
  return AMOUNT_NAMES.some((name) => left[name] !== null && right[name] !== null && left[name] !== right[name])
}

/** `first` where it says something, `second` where it does not. */
export function fillAmounts(first: SettlementAmounts, second: SettlementAmounts): SettlementAmounts {
  const filled = { ...second }
  for (const name of AMOUNT_NAMES) filled[name] = first[name] ?? second[name]
  return filled
}
