import type { Order, OrderSummary } from '#shared/contract/orders.ts'
import { isTerminal } from '#shared/domain/order-status.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import { receiptObstacle } from '#shared/domain/receipt.ts'
import { receiptOf } from '../lib/receipt-store.ts'
import { ATTENTION_WORDS } from './words/attention.ts'
import { RECEIPT_OBSTACLE_WORDS, RECEIPT_WORDS } from './words/receipts.ts'
import { REFUND_OBSTACLE_WORDS } from './words/refunds.ts'
import { REVOKE_NOT_LEGAL, STATE_WORDS, UPLOAD_NOT_LEGAL } from './words/states.ts'
import type { NextStep, Words } from './words/words.ts'

/** The words that count for an order now: why a person must look at it goes before its state. */
export function wordsFor(order: Pick<OrderSummary, 'state' | 'attention'>): Words {
  return order.attention === undefined ? STATE_WORDS[order.state] : ATTENTION_WORDS[order.attention.reason]
}

/** What the cashier does next with an order that is looked up; the counter knows more exactly where a payment stands. */
export function nextForOrder(order: Order): NextStep & { readonly patient?: string } {
  if (order.nextRefund !== null && order.state === 'partlyRefunded') return { key: 'refund', words: '退剩下的部分' }
  if (order.may.query && !isTerminal(order.state)) return { key: 'query', words: '查询最新结果' }
  const kind = receiptOf(order)
  if (kind !== undefined) return { key: 'print', words: RECEIPT_WORDS[kind].print }
  return { key: null, words: wordsFor(order).cashier }
}

/** Why an action is not legal now, in words; `null` when it is. */
export function notLegal(action: 'upload' | 'revoke', order: Order): string | null {
  if (order.may[action]) return null
  const { operation } = order
  if (operation !== undefined && operation.state !== 'unknown' && isOpenOperation(operation.state))
    return '上一步还没有结束'
  return action === 'upload' ? UPLOAD_NOT_LEGAL[order.state] : REVOKE_NOT_LEGAL[order.state]
}

/** Why no kind of refund is legal now, in words; `null` when one is. */
export function noRefund({ refundObstacles }: Order): string | null {
  if (Object.values(refundObstacles).includes(null)) return null
  return REFUND_OBSTACLE_WORDS[refundObstacles.ALL ?? 'needsPerson']
}

/** The centre's own words on the last operation, when it did not go well. */
export function centreWords(order: OrderSummary): string | null {
  const { operation } = order
  if (operation === undefined || operation.message === null) return null
  return operation.state === 'failed' || operation.state === 'unknown' ? operation.message : null
}

/** Why nothing may be printed; `null` where it may. */
export function noReceipt(order: Order): string | null {
  const obstacle = receiptOf(order) === undefined ? receiptObstacle(order, 'settlement') : undefined
  return obstacle === undefined ? null : RECEIPT_OBSTACLE_WORDS[obstacle]
}
