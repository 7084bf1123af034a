import type { TimelineKind } from '#shared/contract/orders.ts'
import { SUSPENSE_WORDS } from './attention.ts'
import type { Tone } from './words.ts'

/** Every word about the history of an order. */

/** Short name and meaning for IT of each event of an order's history; nothing of it is said to the patient. */
export const TIMELINE_WORDS: Readonly<
  Record<TimelineKind, { readonly name: string; readonly it: string; tone: Tone }>
> = {
  orderCreated: { name: '建立订单', it: '首次对该待缴费操作', tone: 'neutral' },
  uploadSent: { name: '发出费用上传', it: '1.6 请求，已先记入日志', tone: 'progress' },
  uploadSucceeded: { name: '费用上传成功', it: '1.6 应答成功', tone: 'progress' },
  uploadRefused: { name: '费用上传被中心拒绝', it: '1.6 应答失败', tone: 'bad' },
  uploadNotSent: { name: '费用上传没有发出', it: '1.6 请求未离开本机', tone: 'bad' },
  uploadUnknown: { name: '费用上传结果未知', it: '1.6 请求可能已到达中心', tone: 'bad' },
  uploadResolved: { name: '费用上传结果查明', it: '由 1.3 或通知证明', tone: 'progress' },
  revokeSent: { name: '发出撤销上传', it: '1.7 请求，已先记入日志', tone: 'progress' },
  revokeSucceeded: { name: '撤销成功', it: '1.7 应答成功', tone: 'neutral' },
  revokeRefused: { name: '撤销被中心拒绝', it: '1.7 应答失败', tone: 'bad' },
  revokeNotSent: { name: '撤销没有发出', it: '1.7 请求未离开本机', tone: 'bad' },
  revokeUnknown: { name: '撤销结果未知', it: '1.7 请求可能已到达中心', tone: 'bad' },
  revokeResolved: { name: '撤销结果查明', it: '由 1.3 或通知证明', tone: 'progress' },
  refundSent: { name: '发出退款', it: '1.4', tone: 'progress' },
  refundSucceeded: { name: '退款成功', it: '1.4 成功', tone: 'good' },
  refundRefused: { name: '退款被拒绝', it: '1.4 失败', tone: 'bad' },
  refundNotSent: { name: '退款没有发出', it: '1.4 未离开本机', tone: 'bad' },
  refundUnknown: { name: '退款结果未知', it: '1.4 可能已到达', tone: 'bad' },
  refundResolved: { name: '退款结果已确定', it: '由查询确定', tone: 'good' },
  feeDetailServed: { name: '中心取走费用明细', it: '2.1 已应答', tone: 'neutral' },
  feeDetailRefused: { name: '中心来取明细，未给', it: '2.1 应答失败', tone: 'bad' },
  settlementReceived: { name: '收到结算通知', it: '2.2 已入库并应答', tone: 'good' },
  settlementRepeated: { name: '重复的结算通知', it: '2.2 重复，应答相同，无改变', tone: 'neutral' },
  settlementConflict: { name: '结算通知有冲突', it: '2.2 与已存的不同，未采用', tone: 'bad' },
  settlementIdentityFailed: { name: '结算通知金额不平', it: '2.2 恒等式不成立，已拒收', tone: 'bad' },
  miniProgramReceived: { name: '收到小程序结算结果', it: '2.3 已入库；是否结清以 1.3 为准', tone: 'neutral' },
  outcomeDecided: { name: '人工判定结果', it: '凭证据结束未知结果，见判定记录', tone: 'warning' },
  decisionContradicted: { name: '中心答复与判定相反', it: '人工判定之后的证据与它矛盾，转入存疑', tone: 'bad' },
  attentionNoted: { name: '记下处理结果', it: '人工结束提醒，不改变证据', tone: 'neutral' },
  orderRebuilt: { name: '向中心补建订单', it: '本机没有，依 1.3 与医院系统补建', tone: 'warning' },
  queryAnswered: { name: '查询到状态', it: '1.3 应答成功', tone: 'neutral' },
  queryRefused: { name: '查询被中心拒绝', it: '1.3 应答失败', tone: 'warning' },
  queryFailed: { name: '查询没有结果', it: '1.3 未得到可用的应答', tone: 'warning' },
  stateChanged: { name: '状态改变', it: '由新证据推进', tone: 'neutral' },
  feeChanged: { name: '费用已变动', it: '医院信息系统的明细与上传的不同', tone: 'warning' },
  receiptPrinted: { name: '打印凭证', it: '先计数再打印；第二张起标为副本', tone: 'neutral' },
  resultWritten: { name: '结果已写回', it: '医院信息系统已接收', tone: 'good' },
  resultDelayed: { name: '结果暂未写回', it: '写回失败，自动重试', tone: 'warning' },
  enteredSuspense: { name: '转入存疑', it: '证据互相矛盾', tone: 'bad' },
  resumedAfterRestart: { name: '重启后继续', it: '程序重启，未完的操作继续查询', tone: 'neutral' },
}

export const ACTOR_WORDS = { operator: '收费员', desk: '本机', centre: '支付中心' } as const

/** The interfaces by their number in the document. */
export const INTERFACE_WORDS: Readonly<Record<string, string>> = {
  '1.3': '订单查询',
  '1.4': '退款',
  '1.6': '费用上传',
  '1.7': '撤销上传',
  '1.8': '诊间结算通知',
  '2.1': '费用明细查询',
  '2.2': '结算结果通知',
  '2.3': '小程序结算结果通知',
  '2.4': '待缴费列表查询',
}

/** Labels of the short facts in an order's history; an unlisted one is shown by its own name, an empty one is left out. */
export const FACT_WORDS: Readonly<Record<string, string>> = {
  ordStas: '状态码',
  code: '答复码',
  words: '说明：',
  from: '从',
  to: '变为',
  reason: '原因：',
  // The operation's own id tells people nothing.
  operation: '',
  kind: '操作：',
  state: '当时：',
  notifyHisStatus: '是否已通知医院（1 是，0 否）：',
  identityWarning: '金额提示：',
  resultType: '结果类型：',
  receipt: '凭证：',
  copyNo: '第几张：',
  outcome: '判定：',
  evidenceKind: '依据：',
  evidenceNumber: '号码：',
  note: '经过：',
  attention: '提醒：',
  otherPerson: '凭证不是患者本人的，收费员已确认；不同的是：',
}

/** Values of the fact `reason`: why an outcome is unknown. Reasons of suspense are in SUSPENSE_WORDS. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  ...SUSPENSE_WORDS,
  timeout: '等待答复超时',
  connectionLost: '连接中断',
  httpStatus: '网关报错',
  unreadable: '答复读不懂',
  foreign: '答复不是这个订单的',
  tooLarge: '答复过大',
}
