import type { SuspenseReason } from '#shared/domain/order-proof.ts'
import type { AttentionReason } from '#shared/domain/order-view.ts'
import { type Words, words } from './words.ts'

/** Every word about why a person must look at an order. */

export const ATTENTION_WORDS: Readonly<Record<AttentionReason, Words>> = {
  outcomeUnknown: words(
    '结果未知',
    '请稍候，先不要离开',
    '结果未知，请勿再次收费，请勿让患者离开',
    '请求可能已到达中心；按阶梯查询 1.3',
  ),
  suspense: words('账目存疑', '请稍候，正在核对账目', '请勿收费，通知主管', '证据互相矛盾，由人决定'),
  identityFailed: words(
    '金额不平',
    '请稍候，正在核对金额',
    '金额合不拢，通知主管核对',
    '2.2 的金额恒等式不成立，已拒收',
  ),
  halfSettled: words(
    '只付了一半',
    '还差一部分，请先别走',
    '一边已付、另一边未定，按 F4 再查',
    'ordStas 3、4、13 或 16',
  ),
  halfRefunded: words('只退了一半', '还有一部分未退，请稍候', '还有一边没有退，交主管处理', 'ordStas 8、9、10 或 11'),
  centreAbnormal: words('中心报异常', '请稍候，正在核对', '中心报异常，通知主管联系中心', 'ordStas 14：中心自报异常'),
  unlistedStatus: words(
    '状态码未列出',
    '请稍候，正在核对',
    '中心给出未列出的状态码，通知信息科',
    '字典里没有这个 ordStas，未作推断',
  ),
  unpaidLong: words(
    '久未支付',
    '还没收到付款，请看手机',
    '早过了支付时间，按 F4 再查，没有付就撤销',
    'ordStas 0、1 或 2，已超过支付时间',
  ),
  refundingLong: words(
    '退款久未完成',
    '退款处理中，请稍候',
    '中心一直答复退款中，请联系中心',
    'ordStas 17，快速查询已用完',
  ),
  callbackSilent: words(
    '回调未到达',
    '缴费成功，请收好凭证',
    '钱已查实；回调未到达，告诉信息科',
    '回调未到达：请检查入站防火墙（查询已结清，2 分钟内没有 2.2）',
  ),
  amountsWarning: words(
    '金额有出入',
    '缴费成功，请收好凭证',
    '查询与通知的金额不同，事后核对',
    '2.2 与 1.3 所述金额不一致',
  ),
}

export const SUSPENSE_WORDS: Readonly<Record<SuspenseReason, string>> = {
  amountsDiffer: '两次结算通知的金额不同',
  setlTypeDiffers: '两次所述的结算类型不同',
  paidYetRevoked: '既有支付又有撤销的证据',
  foreignPayOrdId: '中心订单号与本单不符',
  impossibleStatus: '状态码与结算类型不相容',
  callbackConflict: '结算通知与已存的内容冲突',
  refundExceedsPaid: '退款合计超过已付金额',
  decisionContradicted: '中心后来的答复与人工判定相反',
}
