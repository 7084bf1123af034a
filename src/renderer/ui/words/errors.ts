import { type ErrorCode, type ErrorGroup, errorGroup } from '#shared/domain/error-codes.ts'
import type { LocalErrorCode } from '../../lib/transport.ts'
import { type Words, words } from './words.ts'

/** Every word about failures: ours by their code, and what to do next by their group. */

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
  PATIENT_MISMATCH: words(
    '不是同一个人',
    '请出示患者本人的凭证',
    '请扫患者本人的凭证；确属代付再确认',
    '解码所得的姓名或证件号与费用不符，见 docs/scanning.md',
  ),
  DECODER_FAILED: words(
    '凭证没有解码',
    '请刷新凭证，我再扫一次',
    '请患者刷新后再扫；一直不行请通知信息科',
    '检查 scanner.http 与解码服务；设置 → 扫码枪 → F4',
  ),
  SETTINGS_INVALID: words('设置不符合要求', '请稍候', '按提示改正', '设置未通过校验，见字段路径'),
  REQUEST_ID_REUSED: words('请求号重复', '请稍候', '按 F2 重新开始这一笔', '同一 requestId 带来不同内容'),
  ORDER_STATE_FORBIDS: words('现在不能这样做', '请稍候，我再查一下', '看订单状态，按 F4 查询', '订单状态不允许该操作'),
  DECISION_TOO_EARLY: words(
    '还在自动查询',
    '请稍候，先不要离开',
    '等自动查询几次，仍查不明再由人判定',
    '阶梯的快速部分未完：至少 5 次查询并满 2 分钟',
  ),
  FOREIGN_ORDER: words(
    '不是本院的订单',
    '请稍候，我再查一下',
    '核对单号；是别家机构的，不能补建',
    '1.3 答复的 orgCodg 与设置不同',
  ),
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
  BILL_CANCELLED: words('对账单已取消', '请稍候', '需要时按 F10 再下载一次', '读取在中途取消，没有留下半份'),
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
  ORDER_UNREADABLE: words(
    '订单记录读不出来',
    '这笔要查一下，请稍候',
    '本笔不再办理，其他订单不受影响；通知信息科',
    '数据库中这笔订单归档的记录已损坏：按运维手册从备份核对，请勿删除数据库',
  ),
  NOT_PERMITTED: words('没有权限', '请稍候', '请有权限的人员操作', '操作员缺少该过程要求的权限'),
  NOT_IN_THIS_ENVIRONMENT: words('此环境不能用', '请稍候', '这个功能只在模拟环境中可用', 'environment 不是 simulated'),
  UNAUTHENTICATED: words('访问口令不对', '请稍候', '请用启动时给出的网址重新打开', '令牌缺失或与本次启动不符'),
  WINDOW_LOCKED: words('窗口已锁定', '请稍候', '先解锁，再做一次', '锁定时主进程不执行任何操作'),
  PIN_WRONG: words(
    '解锁码不对',
    '请稍候',
    '重新输入解锁码；忘记了请信息科在设置文件中清空',
    'desk.lockPin；连错 5 次停 30 秒',
  ),
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
