import { describeProblems, type WireProblem } from '#shared/centre/wire-read.ts'
import type { Result } from '#shared/domain/result.ts'
import { err } from '#shared/domain/result.ts'

/** What the centre does not do, and why. Refusals travel with HTTP 200 in the envelope of 1.1, as such centres do. */
export interface Refusal {
  readonly code: number
  readonly message: string
}

export type Answer<T = unknown> = Result<T, Refusal>

/** The document names no codes but 1, so these are the simulated centre's own, in groups. */
const catalogue = {
  MALFORMED: { code: 1001, message: '请求内容不符合接口要求' },
  APP_UNKNOWN: { code: 1002, message: 'appId 未在支付中心登记' },
  ORG_UNKNOWN: { code: 1003, message: 'orgCodg 未在支付中心登记' },
  TOKEN_IMPLAUSIBLE: { code: 1004, message: '医保电子凭证无效' },
  ORDER_UNKNOWN: { code: 2001, message: '订单不存在' },
  ORDER_NUMBERS_DIFFER: { code: 2002, message: 'payOrdId 与 medOrgOrd 不是同一订单' },
  ORDER_OPEN: { code: 2003, message: '订单已上传，正在等待支付，请勿重复上传' },
  ORDER_PAID: { code: 2004, message: '订单已支付' },
  ORDER_CLOSED: { code: 2005, message: '订单已关闭' },
  NOT_PAID: { code: 3001, message: '订单未支付，不能退款' },
  LEG_ABSENT: { code: 3002, message: '订单没有要退的部分' },
  LEG_REFUNDED: { code: 3003, message: '要退的部分已经退款' },
  REFUND_NUMBER_REUSED: { code: 3004, message: 'appRefdSn 已用于另一笔退款' },
  FEE_DETAIL_UNREACHABLE: { code: 4001, message: '费用明细查询失败：医院接口没有应答' },
  FEE_DETAIL_REFUSED: { code: 4002, message: '费用明细查询失败：医院答复不成功' },
  FEE_DETAIL_UNREADABLE: { code: 4003, message: '费用明细不符合接口要求' },
  FEE_DETAIL_FOREIGN: { code: 4004, message: '费用明细不属于本订单' },
  FEE_SUM_DIFFERS: { code: 4005, message: '费用明细合计与医疗费总额不一致' },
  FEE_AMOUNT_IMPLAUSIBLE: { code: 4006, message: '费用金额应大于零' },
  BY_SCRIPT: { code: 9999, message: '模拟支付中心按剧本拒绝' },
} as const satisfies Record<string, Refusal>

export type RefusalName = keyof typeof catalogue

/** A refusal with the catalogue's words, or with more exact ones. Never a received value: it may be a person's. */
export function refuse(name: RefusalName, message?: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: catalogue[name].code, message: message ?? catalogue[name].message })
}

export function refuseProblems(name: RefusalName, problems: readonly WireProblem[]): ReturnType<typeof refuse> {
  return refuse(name, `${catalogue[name].message}：${describeProblems(problems)}`)
}
