import type { LegState, OrderState } from '#shared/domain/order-status.ts'
import { type Tone, type Words, words } from './words.ts'

/** Every word about the state of an order and of its two legs. */

export const STATE_WORDS: Readonly<Record<OrderState, Words & { readonly tone: Tone }>> = {
  created: { tone: 'neutral', ...words('待收费', '请出示医保电子凭证', '扫医保电子凭证', '尚未向中心发送') },
  uploaded: {
    tone: 'progress',
    ...words('已上传', '请扫码并确认支付', '等患者支付', '1.6 成功，等待支付；按期查询 1.3'),
  },
  paying: { tone: 'progress', ...words('支付中', '请在手机上完成支付', '等患者支付', 'ordStas 2，结果未定') },
  settled: { tone: 'good', ...words('已结清', '缴费成功，请收好凭证', '换下一位患者', '2.2 或 1.3 已证明，且已入库') },
  partlySettled: {
    tone: 'warning',
    ...words(
      '只付了一半',
      '还差一部分，请先别走',
      '请患者留步，按 F4 再查',
      'ordStas 3、4 或 16：一边已付，另一边未定',
    ),
  },
  revoked: {
    tone: 'neutral',
    ...words('已撤销', '已撤销，没有收您的钱', '可以重新扫码上传', 'ordStas 12、13 或 1.7 成功'),
  },
  failed: {
    tone: 'bad',
    ...words('未成功', '没有成功，我们再试一次', '看中心答复，可重新扫码', '中心拒绝或 ordStas 15'),
  },
  refunding: { tone: 'warning', ...words('退款中', '退款处理中，请稍候', '等待退款结果', 'ordStas 17 或退款结果未知') },
  partlyRefunded: {
    tone: 'warning',
    ...words('部分已退', '还有一部分未退，请稍候', '还有一边没有退，交主管处理', 'ordStas 8–11：退了一半'),
  },
  refunded: { tone: 'neutral', ...words('已退款', '钱已退回，请核对', '已全部退款', 'ordStas 7，或单边订单的 8、9') },
  unknown: {
    tone: 'bad',
    ...words(
      '结果未知',
      '请稍候，先不要离开',
      '结果未知，请勿再次收费，请勿让患者离开',
      '请求可能已到达中心；按阶梯查询 1.3',
    ),
  },
  suspense: {
    tone: 'bad',
    ...words('账目存疑', '请稍候，正在核对账目', '证据互相矛盾，请勿收费，通知主管', '见存疑原因与时间线'),
  },
}

export const LEG_WORDS: Readonly<Record<LegState, string>> = {
  none: '未付',
  open: '待支付',
  paid: '已付',
  partlyRefunded: '部分已退',
  refunded: '已退',
  failed: '失败',
  unknown: '未知',
}

/** Why an action is not legal in this state; asked only when the main process says that it is not. */
export const UPLOAD_NOT_LEGAL: Readonly<Record<OrderState, string>> = {
  created: '上一步还没有结束',
  uploaded: '费用已上传，正等患者支付',
  paying: '患者正在支付',
  settled: '已经结清，不能再收',
  partlySettled: '已付一部分，不能再收',
  revoked: '撤销还没有结束',
  failed: '上一步还没有结束',
  refunding: '正在退款',
  partlyRefunded: '已结清并退了一部分',
  refunded: '已结清并已退款',
  unknown: '结果未知，请勿再次收费',
  suspense: '账目存疑，由主管处理',
}

export const REVOKE_NOT_LEGAL: Readonly<Record<OrderState, string>> = {
  created: '还没有上传，无可撤销',
  uploaded: '上一步还没有结束',
  paying: '上一步还没有结束',
  settled: '患者已支付，不能撤销上传',
  partlySettled: '已付一部分，不能撤销上传',
  revoked: '已经撤销',
  failed: '没有成功上传，无可撤销',
  refunding: '正在退款',
  partlyRefunded: '已支付并退了一部分',
  refunded: '已经退款',
  unknown: '结果未知，先等查询结果',
  suspense: '账目存疑，由主管处理',
}
