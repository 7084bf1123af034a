import type { OperationKind, OperationState } from '#shared/domain/order-view.ts'

/** Every word about what was sent to the centre. */

export const OPERATION_WORDS: Readonly<Record<OperationKind, string>> = {
  upload: '费用上传',
  revoke: '撤销上传',
  refund: '退款',
  notice: '通知',
}

export const OPERATION_STATE_WORDS: Readonly<Record<OperationState, string>> = {
  prepared: '已记入日志，未发出',
  sent: '已发出，未得到答复',
  succeeded: '成功',
  failed: '失败',
  unknown: '结果未知',
  resolved: '已查明',
}
