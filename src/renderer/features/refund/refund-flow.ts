import type { Order } from '#shared/contract/orders.ts'
import type { RefundChannel } from '#shared/contract/refunds.ts'
import { addFen, type Fen } from '#shared/domain/money.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import { legsOfRefund, REFUND_TYPES, type RefundType } from '#shared/domain/refund-step.ts'
import { type HeldToken, isAlive } from '../../lib/scanner/held-token.ts'
import { noReceipt } from '../../ui/order-words.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import {
  REFUND_BLOCKED,
  REFUND_LACK_NEXT,
  REFUND_STEP_WORDS,
  type RefundLack,
  type RefundStep,
} from '../../ui/words/refunds.ts'
import type { SaidAndNext } from '../../ui/words/words.ts'

/** What the cashier has chosen so far, and the order that it is about. */
export interface RefundFacts {
  readonly order: Order | null
  readonly type: RefundType | null
  readonly channel: RefundChannel
  readonly token: HeldToken | null
  readonly reason: string
  /** What was typed against the end of the order number. */
  readonly tail: string
  readonly asking: boolean
  readonly sending: boolean
}

/** Where the refund stands. Pure; what may be refunded comes from the main process, never from guesses. */
export function refundStep({ order, asking, sending }: RefundFacts): RefundStep {
  if (order === null) return 'loading'
  if (sending || isOnItsWay(order)) return 'sending'
  if (order.state === 'refunding' || order.state === 'unknown') return 'unknown'
  if (order.state === 'refunded') return 'done'
  if (legalTypes(order).length === 0) return 'closed'
  if (asking) return 'confirm'
  return order.nextRefund === null ? 'choose' : 'half'
}

function isOnItsWay({ operation }: Order): boolean {
  return operation?.kind === 'refund' && operation.state !== 'unknown' && isOpenOperation(operation.state)
}

/** Why a key of the refund does nothing now; `null` where it acts. `block`: nothing may be sent. */
export function refundKeysOff(order: Order | null, step: RefundStep, block: string | null) {
  const isForm = step === 'choose' || step === 'half'
  return {
    print: order === null ? KEY_OFF_WORDS.noOrder : noReceipt(order),
    query: order?.may.query === true ? null : KEY_OFF_WORDS.notUploaded,
    ask: isForm ? block : REFUND_STEP_WORDS[step].title,
  }
}

/** What may be refunded now. */
export function legalTypes(order: Order): readonly RefundType[] {
  return REFUND_TYPES.filter((type) => order.refundObstacles[type] === null)
}

/** What is offered at first: the only legal next step, else everything, else the first that is legal. */
export function firstType(order: Order): RefundType | null {
  return order.nextRefund ?? legalTypes(order)[0] ?? null
}

/** What lacks before it may be confirmed; the first thing only. `undefined` when nothing does. */
export function lackOf(facts: RefundFacts, nowMs: number): RefundLack | undefined {
  if (facts.order === null || facts.type === null || facts.order.refundObstacles[facts.type] !== null) return 'type'
  if (facts.channel === 'offline' && !isAlive(facts.token, nowMs)) return 'token'
  return facts.reason.trim() === '' ? 'reason' : undefined
}

/** Whether the end of the order number was typed: proof that a person looked which order it is. */
export function tailMatches({ order, tail }: RefundFacts): boolean {
  return order !== null && tail.trim().toUpperCase() === tailOf(order.medOrgOrd)
}

export function tailOf(medOrgOrd: string): string {
  return medOrgOrd.slice(-4).toUpperCase()
}

/** Both lines below the card: what still lacks goes before what the step would say. `block`: nothing may be sent. */
export function refundSaid(facts: RefundFacts, block: string | null, nowMs: number): Required<SaidAndNext> {
  const step = refundStep(facts)
  const { patient, next } = REFUND_STEP_WORDS[step]
  if (step !== 'choose' && step !== 'half' && step !== 'confirm') return { patient, next }
  if (block !== null) return REFUND_BLOCKED
  const lack = lackOf(facts, nowMs) ?? (step === 'confirm' && !tailMatches(facts) ? 'tail' : undefined)
  return lack === undefined ? { patient, next } : { patient, ...REFUND_LACK_NEXT[lack] }
}

export interface LegAmounts {
  readonly insuranceFen: Fen | null
  readonly cashFen: Fen | null
}

/** What was paid on each leg; null where nobody has told. */
export function paidOf({ amounts: { fundFen, accountFen, ownPayFen } }: Order): LegAmounts {
  return {
    insuranceFen: fundFen === null || accountFen === null ? null : addFen(fundFen, accountFen),
    cashFen: ownPayFen,
  }
}

/** What a refund of this type will give back on each leg; `undefined` for a leg that stays as it is. */
export function backOf(
  order: Order,
  type: RefundType,
): { insurance: Fen | null | undefined; cash: Fen | null | undefined } {
  const back = legsOfRefund(type, order)
  const paid = paidOf(order)
  return {
    insurance: back.insurance ? paid.insuranceFen : undefined,
    cash: back.cash ? paid.cashFen : undefined,
  }
}

/** The sum of what goes back; null while one part is not known. */
export function totalBack(order: Order, type: RefundType): Fen | null {
  const { insurance, cash } = backOf(order, type)
  if (insurance === null || cash === null) return null
  return addFen(...[insurance, cash].filter((part) => part !== undefined))
}
