import type { Order } from '#shared/contract/orders.ts'
import { type AttentionReason, isOpenOperation } from '#shared/domain/order-view.ts'
import type { ShownFailure } from '../../lib/rpc-client.ts'
import { type HeldToken, isAlive } from '../../lib/scanner/held-token.ts'
import { wordsFor } from '../../ui/order-words.ts'
import { type CounterStep, STEP_WORDS } from '../../ui/words/counter.ts'
import { ERROR_WORDS } from '../../ui/words/errors.ts'

export type CounterAction = 'decode' | 'upload' | 'revoke' | 'query'

/** What the step is told from: the open charge, its order, the scanned code, and what this window has just sent. */
export interface CounterFacts {
  readonly medOrgOrd: string | null
  readonly order: Order | null
  readonly token: HeldToken | null
  readonly busy: CounterAction | null
}

/** Where the payment stands. Pure; what may be done comes from the main process (`order.may`), never from guesses. */
export function counterStep(facts: CounterFacts, nowMs: number): CounterStep {
  const { order } = facts
  if (facts.medOrgOrd === null) return 'choose'
  if (facts.busy === 'upload') return 'uploading'
  if (facts.busy === 'revoke') return 'revoking'
  if (order === null) return stepBeforeUpload(facts.token, nowMs)
  if (order.state === 'unknown') return 'unknown'
  const pending = pendingKind(order)
  if (pending === 'upload') return 'uploading'
  if (pending === 'revoke') return 'revoking'
  if (order.may.upload) return stepBeforeUpload(facts.token, nowMs)
  return stepAfterUpload(order, nowMs)
}

function stepBeforeUpload(token: HeldToken | null, nowMs: number): CounterStep {
  return isAlive(token, nowMs) ? 'confirm' : 'scan'
}

function stepAfterUpload(order: Order, nowMs: number): CounterStep {
  switch (order.state) {
    case 'uploaded':
    case 'paying':
      return order.payUntilMs !== null && nowMs >= order.payUntilMs ? 'expired' : 'paying'
    case 'settled':
      return isWorthALook(order) ? 'review' : 'settled'
    case 'partlySettled':
      return 'half'
    default:
      return 'review'
  }
}

/** Paid, yet not simply done: a person looks before the patient goes. Differing tellings of one sum are looked at later. */
function isWorthALook({ attention }: Order): boolean {
  return attention !== undefined && !MONEY_IS_SURE.has(attention.reason)
}

/** The patient may go: what is left concerns the desk and its IT. */
const MONEY_IS_SURE: ReadonlySet<AttentionReason> = new Set(['amountsWarning', 'callbackSilent'])

function pendingKind(order: Order): 'upload' | 'revoke' | undefined {
  const { operation } = order
  if (operation === undefined || !isOpenOperation(operation.state)) return undefined
  return operation.kind === 'upload' || operation.kind === 'revoke' ? operation.kind : undefined
}

/** The one line to say to the patient. What has just failed goes first, unless money is in question. */
export function sayToPatient(step: CounterStep, order: Order | null, failure: ShownFailure | null): string {
  if (failure !== null && (step === 'scan' || step === 'confirm')) return ERROR_WORDS[failure.code].patient
  const said = STEP_WORDS[step].patient
  if (said !== null) return said
  return order === null ? '请出示医保电子凭证' : wordsFor(order).patient
}

/** Which of the four stages of the card a step belongs to. */
export const STAGE_OF: Readonly<Record<CounterStep, 0 | 1 | 2 | 3 | 4>> = {
  choose: 0,
  scan: 1,
  confirm: 2,
  uploading: 2,
  revoking: 3,
  paying: 3,
  expired: 3,
  half: 3,
  unknown: 3,
  settled: 4,
  review: 4,
}

/** A later telling of the same order replaces an earlier one; an older one that arrives late does not. */
export function newerOrder(known: Order | null, told: Order): Order {
  if (known === null || known.medOrgOrd !== told.medOrgOrd) return told
  return told.updatedAtMs >= known.updatedAtMs ? told : known
}
