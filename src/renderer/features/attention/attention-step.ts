import type { OrderSummary } from '#shared/contract/orders.ts'
import { decisionObstacle } from '#shared/domain/decision.ts'
import { type AttentionReason, isNotable } from '#shared/domain/order-view.ts'
import type { KeyAction } from '../../lib/keymap.ts'
import { DECISION_WORDS } from '../../ui/words/decisions.ts'

/** The one next step of an order in the list: the key that does it, and what it does. */
export interface AttentionStep {
  readonly key: Extract<KeyAction, 'query' | 'refund' | 'confirm' | 'enter'>
  readonly words: string
}

/** Ask while asking can still tell; then what a person can do about it. Pure. */
export function attentionStep(order: OrderSummary, nowMs: number): AttentionStep {
  const reason = order.attention?.reason
  if (mayDecide(order, nowMs)) return { key: 'confirm', words: DECISION_WORDS.decide }
  if (reason === 'halfRefunded') return { key: 'refund', words: '退剩下的部分' }
  if (reason !== undefined && isNotable(reason) && reason !== 'centreAbnormal') {
    return { key: 'confirm', words: DECISION_WORDS.note }
  }
  return { key: 'query', words: '立即查询' }
}

/** Whether a person may decide or note something now: what F10 is for. */
export function mayAdd(order: OrderSummary, nowMs: number): boolean {
  const reason = order.attention?.reason
  return order.operation?.state === 'unknown' ? mayDecide(order, nowMs) : reason !== undefined && isNotable(reason)
}

/** Whether there is money of this order that can go back. */
export function mayRefund(reason: AttentionReason | undefined): boolean {
  return reason === 'halfRefunded' || reason === 'halfSettled'
}

function mayDecide({ operation, questionsAsked }: OrderSummary, nowMs: number): boolean {
  return decisionObstacle({ operation, questionsAsked, nowMs }) === undefined
}
