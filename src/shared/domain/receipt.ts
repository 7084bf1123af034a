import type { OrderState } from './order-status.ts'
import type { OperationState } from './order-view.ts'

/** What may stand on paper: that the money came in, and that it went back. */
export const RECEIPT_KINDS = ['settlement', 'refund'] as const
export type ReceiptKind = (typeof RECEIPT_KINDS)[number]

export type ReceiptObstacle = 'notSettled' | 'notRefunded' | 'outcomeUnknown' | 'needsPerson'

/** What has been proved of an order, as far as paper asks. */
export interface ReceiptPosition {
  readonly state: OrderState
  readonly settledAtMs: number | null
  readonly refunds: readonly { readonly state: OperationState }[]
}

/** Why this receipt may not be printed; `undefined` when it may. Paper says only what is proved. */
export function receiptObstacle(order: ReceiptPosition, kind: ReceiptKind): ReceiptObstacle | undefined {
  if (order.state === 'suspense') return 'needsPerson'
  if (kind === 'settlement') return order.settledAtMs === null ? 'notSettled' : undefined
  if (order.state === 'refunding' || order.state === 'unknown') return 'outcomeUnknown'
  return order.refunds.some(isDone) ? undefined : 'notRefunded'
}

/** A refund that the centre proved, at once or when it was asked. */
export function isDone({ state }: { readonly state: OperationState }): boolean {
  return state === 'succeeded' || state === 'resolved'
}
