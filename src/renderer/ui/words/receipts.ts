import type { Environment } from '#shared/contract/settings.ts'
import type { ReceiptKind, ReceiptObstacle } from '#shared/domain/receipt.ts'

/** Every word for people about receipts. A missing entry does not compile. */

export const RECEIPT_WORDS: Readonly<Record<ReceiptKind, { readonly title: string; readonly print: string }>> = {
  settlement: { title: '医保移动支付结算凭证', print: '打印结算凭证' },
  refund: { title: '医保移动支付退款凭证', print: '打印退款凭证' },
}

/** Why no receipt may be printed now. */
export const RECEIPT_OBSTACLE_WORDS: Readonly<Record<ReceiptObstacle, string>> = {
  notSettled: '还没有结清，不能打印',
  notRefunded: '没有退成的款，不能打印',
  outcomeUnknown: '退款结果未知，查明后再打印',
  needsPerson: '账目存疑，核对后再打印',
}

/** Printed large where nothing real was collected; `null` where it was. */
export const RECEIPT_MARK_WORDS: Readonly<Record<Environment, string | null>> = {
  production: null,
  test: '测试 非正式凭证',
  simulated: '模拟 非正式凭证',
}
