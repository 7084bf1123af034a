/**
 * Every expected failure of the application. `group` is what the cashier does next; `message` is the short zh-CN
 * sentence that travels with the error when the place that raised it has nothing more exact to say.
 */
export type ErrorGroup = 'retryNow' | 'correctInput' | 'otherWay' | 'waitUnknown' | 'callSomeone' | 'signIn'

const catalogue = {
  INPUT_INVALID: { group: 'correctInput', message: '输入的内容不符合要求' },
  CHARGE_NOT_FOUND: { group: 'correctInput', message: '没有找到这笔待缴费' },
  ORDER_NOT_FOUND: { group: 'correctInput', message: '没有找到这个订单' },
  TOKEN_REJECTED: { group: 'correctInput', message: '扫到的不是医保电子凭证' },
  PATIENT_MISMATCH: { group: 'correctInput', message: '医保电子凭证与费用不是同一个人' },
  DECODER_FAILED: { group: 'retryNow', message: '解码服务没有给出可用的答复' },
  SETTINGS_INVALID: { group: 'correctInput', message: '设置的内容不符合要求' },
  REQUEST_ID_REUSED: { group: 'correctInput', message: '同一请求号被用于不同的内容' },
  ORDER_STATE_FORBIDS: { group: 'otherWay', message: '订单现在的状态不允许这样做' },
  DECISION_TOO_EARLY: { group: 'waitUnknown', message: '还在自动查询，请等查询几次以后再作判断' },
  FOREIGN_ORDER: { group: 'callSomeone', message: '中心答复的是另一家机构的订单，没有补建' },
  ORDER_BUSY: { group: 'waitUnknown', message: '这个订单有操作正在进行' },
  OUTCOME_UNKNOWN: { group: 'waitUnknown', message: '结果未知，请勿再次收费，请勿让患者离开' },
  CENTRE_UNREACHABLE: { group: 'retryNow', message: '连不上医保移动支付中心' },
  CENTRE_REFUSED: { group: 'otherWay', message: '医保移动支付中心没有受理' },
  CENTRE_UNREADABLE: { group: 'retryNow', message: '医保移动支付中心的答复读不懂' },
  BILL_NOT_FOUND: { group: 'correctInput', message: '没有找到这份对账单' },
  BILL_BLOCKED: { group: 'callSomeone', message: '对账单的下载地址不在允许之列，没有下载' },
  BILL_UNREADABLE: { group: 'callSomeone', message: '对账单读不懂，原始文件已保存' },
  BILL_TOO_LARGE: { group: 'callSomeone', message: '对账单超过允许的大小，没有读取' },
  BILL_CANCELLED: { group: 'retryNow', message: '已取消，没有留下未读完的对账单' },
  PRINT_FAILED: { group: 'retryNow', message: '凭证没有打印出来' },
  HIS_UNREACHABLE: { group: 'retryNow', message: '连不上医院信息系统' },
  STORE_UNWRITABLE: { group: 'callSomeone', message: '本机数据库无法写入' },
  ORDER_UNREADABLE: { group: 'callSomeone', message: '这笔订单较早的记录读不出来' },
  NOT_PERMITTED: { group: 'callSomeone', message: '没有这项操作的权限' },
  NOT_IN_THIS_ENVIRONMENT: { group: 'correctInput', message: '这个功能只在模拟环境中可用' },
  UNAUTHENTICATED: { group: 'signIn', message: '访问口令不对，请用启动时给出的网址打开' },
  WINDOW_LOCKED: { group: 'retryNow', message: '窗口已锁定，没有执行' },
  PIN_WRONG: { group: 'correctInput', message: '解锁码不对' },
  UNKNOWN_PROCEDURE: { group: 'callSomeone', message: '没有这个功能' },
  INTERNAL: { group: 'callSomeone', message: '程序内部错误' },
} as const satisfies Record<string, { group: ErrorGroup; message: string }>

export type ErrorCode = keyof typeof catalogue

export const ERROR_CODES = Object.keys(catalogue) as readonly ErrorCode[]

/** An expected failure as it travels: to the window in an envelope, inside the main process as the error of a Result. */
export interface Failure<C extends ErrorCode = ErrorCode> {
  readonly code: C
  /** zh-CN, for the cashier: names the field and what was expected. Never personal data, never a token. */
  readonly message: string
  readonly details?: unknown
}

export function failure<C extends ErrorCode>(code: C, message?: string, details?: unknown): Failure<C> {
  return { code, message: message ?? catalogue[code].message, ...(details === undefined ? {} : { details }) }
}

export function errorGroup(code: ErrorCode): ErrorGroup {
  return catalogue[code].group
}
