import type { TimelineKind } from '#shared/contract/orders.ts'
import type { HealthState } from '#shared/contract/session.ts'
import type { Environment } from '#shared/contract/settings.ts'
import { type ErrorCode, type ErrorGroup, errorGroup } from '#shared/domain/error-codes.ts'
import type { SuspenseReason } from '#shared/domain/order-proof.ts'
import type { LegState, OrderState } from '#shared/domain/order-status.ts'
import type { AttentionReason, OperationKind, OperationState } from '#shared/domain/order-view.ts'
import type { KeyAction } from '../lib/keymap.ts'
import type { ScanKind } from '../lib/scanner/classify-scan.ts'
import type { LocalErrorCode } from '../lib/transport.ts'

/** Every word for people about states, errors and events. A missing entry does not compile. */

/** Short name · what to tell the patient, at most 12 characters · what the cashier does · what it means for IT. */
export interface Words {
  readonly name: string
  readonly patient: string
  readonly cashier: string
  readonly it: string
}
const words = (name: string, patient: string, cashier: string, it: string): Words => ({ name, patient, cashier, it })

/** Colour family. Green only where a durable row proves that all money is in. */
export type Tone = 'neutral' | 'progress' | 'good' | 'warning' | 'bad'

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
    ...words('部分已退', '还有一部分未退，请稍候', '还有一边没有退，交主管处理', 'ordStas 8–11'),
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

/** What the cashier does next, by group of error. */
export const GROUP_WORDS: Readonly<Record<ErrorGroup, string>> = {
  retryNow: '再试',
  correctInput: '改正',
  otherWay: '换一种方式',
  waitUnknown: '等结果',
  callSomeone: '找人',
  signIn: '重新打开',
}

type WindowErrorCode = ErrorCode | LocalErrorCode

export const ERROR_WORDS: Readonly<Record<WindowErrorCode, Words>> = {
  INPUT_INVALID: words('内容不符合要求', '请稍候，我再核对一下', '按提示改正后再试', '输入未通过契约校验，见字段路径'),
  CHARGE_NOT_FOUND: words(
    '没有这笔待缴费',
    '请稍候，我再查一下',
    '核对单号，或请患者回诊室确认',
    'HIS 中查不到该 medOrgOrd',
  ),
  ORDER_NOT_FOUND: words('没有这个订单', '请稍候，我再查一下', '核对订单号', '本机库中没有该 medOrgOrd'),
  TOKEN_REJECTED: words(
    '不是医保码',
    '请打开医保电子凭证',
    '请患者打开医保电子凭证再扫',
    '扫到的内容不是 ecToken 或 payAuthNo',
  ),
  SETTINGS_INVALID: words('设置不符合要求', '请稍候', '按提示改正', '设置未通过校验，见字段路径'),
  REQUEST_ID_REUSED: words('请求号重复', '请稍候', '按 F2 重新开始这一笔', '同一 requestId 带来不同内容'),
  ORDER_STATE_FORBIDS: words('现在不能这样做', '请稍候，我再查一下', '看订单状态，按 F4 查询', '订单状态不允许该操作'),
  ORDER_BUSY: words('正在处理', '请稍候，正在处理', '等这一步结束，按 F4 查询', '该订单有未结束的操作'),
  OUTCOME_UNKNOWN: words(
    '结果未知',
    '请稍候，先不要离开',
    '请勿再次收费，请勿让患者离开',
    '请求可能已到达中心；按阶梯查询 1.3',
  ),
  CENTRE_UNREACHABLE: words(
    '连不上支付中心',
    '网络不通，请稍候',
    '稍等再试；一直不通请通知信息科',
    '检查 centre.baseUrl、网络与防火墙',
  ),
  CENTRE_REFUSED: words('中心没有受理', '中心没有受理，请稍候', '看中心答复，照它说的处理', '中心应答 code 不为 1'),
  CENTRE_UNREADABLE: words(
    '中心答复读不懂',
    '请稍候，我再查一下',
    '按 F4 再查；仍不行请通知信息科',
    '应答不是约定的格式，原文已保存',
  ),
  BILL_NOT_FOUND: words(
    '没有这份对账单',
    '请稍候',
    '回到列表，重新选择或下载',
    '本机库中没有该 billId，可能已被重新读取的替换',
  ),
  BILL_BLOCKED: words(
    '下载地址不允许',
    '请稍候',
    '请通知信息科',
    'downloadUrl 不合 bills.allowedHosts 或 bills.allowHttp',
  ),
  BILL_UNREADABLE: words(
    '对账单读不懂',
    '请稍候',
    '请通知信息科，原始文件已保存',
    '表头认不出：见 bills.columns；原文在 bills 目录',
  ),
  BILL_TOO_LARGE: words('对账单过大', '请稍候', '请通知信息科', '超过下载或解压上限，没有读取'),
  PRINT_FAILED: words(
    '没有打印出来',
    '请稍候，我再打一次',
    '检查打印机和纸，再按 F9；会标为副本',
    '检查 printing.printer 与系统打印队列',
  ),
  HIS_UNREACHABLE: words(
    '连不上医院系统',
    '医院系统不通，请稍候',
    '稍等再试；一直不通请通知信息科',
    '检查 HIS 来源的设置与网络',
  ),
  STORE_UNWRITABLE: words('本机库写不进', '请到其他窗口办理', '停止收费，通知信息科', '检查磁盘空间与数据库文件权限'),
  NOT_PERMITTED: words('没有权限', '请稍候', '请有权限的人员操作', '操作员缺少该过程要求的权限'),
  NOT_IN_THIS_ENVIRONMENT: words('此环境不能用', '请稍候', '这个功能只在模拟环境中可用', 'environment 不是 simulated'),
  UNAUTHENTICATED: words('访问口令不对', '请稍候', '请用启动时给出的网址重新打开', '令牌缺失或与本次启动不符'),
  UNKNOWN_PROCEDURE: words('没有这个功能', '请稍候', '请通知信息科', '界面与主进程版本不一致'),
  INTERNAL: words(
    '程序内部错误',
    '请稍候，我换个办法',
    '请通知信息科，并报上编号',
    '主进程抛出未声明的异常，见日志编号',
  ),
  DISCONNECTED: words(
    '与本机程序断开',
    '请稍候，正在恢复',
    '恢复后再按一次，不会重复收费',
    '主进程没有应答，界面会自动重连',
  ),
  ANSWER_UNREADABLE: words('答复读不懂', '请稍候', '请通知信息科', '主进程的答复不符合契约，多为版本不一致'),
}

const LOCAL_GROUPS: Readonly<Record<LocalErrorCode, ErrorGroup>> = {
  DISCONNECTED: 'retryNow',
  ANSWER_UNREADABLE: 'callSomeone',
}

/** The group of any failure that a screen may show. */
export function groupOf(code: WindowErrorCode): ErrorGroup {
  return code === 'DISCONNECTED' || code === 'ANSWER_UNREADABLE' ? LOCAL_GROUPS[code] : errorGroup(code)
}

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
  centreAbnormal: words('中心报异常', '请稍候，正在核对', '中心报异常，通知主管联系中心', 'ordStas 14'),
  unlistedStatus: words(
    '状态码未列出',
    '请稍候，正在核对',
    '中心给出未列出的状态码，通知信息科',
    '字典里没有这个 ordStas，未作推断',
  ),
  callbackSilent: words(
    '回调未到达',
    '缴费成功，请收好凭证',
    '钱已查实；回调未到达，告诉信息科',
    '查询已结清而 2 分钟内没有 2.2：请检查入站防火墙与回调地址',
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
}

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

export const ENVIRONMENT_WORDS: Readonly<Record<Environment, { readonly name: string; readonly note: string }>> = {
  production: { name: '生产', note: '真实收费' },
  test: { name: '测试', note: '测试环境，不是真实收费' },
  simulated: { name: '模拟', note: '虚构患者，不发生任何真实收费' },
}

export const HEALTH_WORDS: Readonly<Record<HealthState, string>> = {
  ok: '正常',
  warn: '注意',
  down: '断开',
  idle: '未试',
}
export const HEALTH_NAMES = { centre: '支付中心', listener: '通知接收', his: '医院系统', store: '本机库' } as const

/** What the counter is doing; the order's own state is told beside it. */
export const COUNTER_STEPS = [
  'choose',
  'scan',
  'confirm',
  'uploading',
  'revoking',
  'paying',
  'expired',
  'settled',
  'half',
  'unknown',
  'review',
] as const
export type CounterStep = (typeof COUNTER_STEPS)[number]

interface StepWords {
  readonly title: string
  /** `null`: the order's own words are said. */
  readonly patient: string | null
  readonly next: { readonly key: KeyAction | null; readonly words: string }
}
const step = (title: string, patient: string | null, key: KeyAction | null, next: string): StepWords => ({
  title,
  patient,
  next: { key, words: next },
})

export const STEP_WORDS: Readonly<Record<CounterStep, StepWords>> = {
  choose: step('选择患者', '请出示身份证或就诊号', 'find', '查找患者，↑↓ 选择，Enter 选定'),
  scan: step('待扫码', null, null, '扫患者的医保电子凭证'),
  confirm: step('已扫码，待上传', '请稍候，准备上传费用', 'confirm', '上传费用'),
  uploading: step('正在上传', '请稍候，正在上传费用', null, '请等待中心答复，不要离开'),
  revoking: step('正在撤销', '请稍候，正在撤销', null, '请等待中心答复'),
  paying: step('等待患者支付', null, 'query', '查询支付结果（也会自动查询）'),
  expired: step('支付时间已到', '还没收到付款，请看手机', 'query', '查询结果，再决定是否撤销'),
  settled: step('收费完成', null, 'enter', '下一位患者'),
  half: step('还差一部分', null, 'query', '再查一次，请患者留步'),
  unknown: step('等待查明', null, 'query', '立即查询，不要再次收费'),
  review: step('需要核对', null, 'query', '查询最新结果，或按 Esc 返回'),
}

/** The hospital's charge changed after the upload. */
export const FEE_CHANGED_WORDS = {
  name: '费用已变化',
  cashier: '医院系统里的费用与上传的不同，患者付款前请撤销并重新上传',
  action: '撤销并重新上传',
  scan: '请扫患者的医保电子凭证',
} as const

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

/** While nothing may be collected, whatever the step would have said. */
export const BLOCKED_WORDS = { patient: '网络不通，请稍候', next: '收费暂停，等连接恢复；查看照常' } as const

/** What a scanned code is, and what is wanted instead; `null` for codes that the counter uses. */
export const SCAN_WORDS: Readonly<Record<ScanKind, { readonly name: string; readonly wanted: string | null }>> = {
  ecToken: { name: '医保电子凭证', wanted: null },
  payAuthNo: { name: '支付授权码', wanted: null },
  chargeNumber: { name: '待缴费单号', wanted: null },
  residentId: { name: '居民身份证号', wanted: null },
  wechatPayCode: { name: '微信付款码', wanted: '请患者在微信或支付宝中打开「医保电子凭证」再扫' },
  alipayPayCode: { name: '支付宝付款码', wanted: '请患者在微信或支付宝中打开「医保电子凭证」再扫' },
  url: { name: '网址二维码', wanted: '请患者打开「医保电子凭证」，扫上面的码' },
  drugBarcode: { name: '药品或商品条码', wanted: '请扫患者的医保电子凭证' },
  unknown: { name: '认不出的码', wanted: '请扫患者的医保电子凭证；仍不行请再扫一次' },
}

export const CUE_WORDS = {
  incomplete: '没有扫全，请再扫一次',
  nothingScanned: '还没有扫码，请先扫患者的医保电子凭证',
  chooseFirst: '请先选定患者的待缴费，再扫医保电子凭证',
  notNow: '现在不需要扫码，扫到的内容没有使用',
  expired: '扫到的码已超过 5 分钟，已清除，请患者刷新后再扫',
  dropped: '扫到的码已清除',
  notPending: '没有这位患者的待缴费',
} as const

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
