import type { RefundChannel } from '#shared/contract/refunds.ts'
import type { RefundObstacle, RefundType } from '#shared/domain/refund-step.ts'
import type { KeyAction } from '../../lib/keymap.ts'
import type { SaidAndNext } from './words.ts'

/** Every word for people about refunds. A missing entry does not compile. */

export const REFUND_TYPE_WORDS: Readonly<Record<RefundType, { readonly name: string; readonly note: string }>> = {
  ALL: { name: '全部退回', note: '医保和自费一起退' },
  HI: { name: '只退医保', note: '基金和个人账户' },
  CASH: { name: '只退自费', note: '患者自己付的部分' },
}

/** Why a kind of refund may not be started now. */
export const REFUND_OBSTACLE_WORDS: Readonly<Record<RefundObstacle, string>> = {
  notPaid: '还没有支付，无款可退',
  alreadyRefunded: '已经全部退款',
  legAbsent: '这个订单没有这一部分',
  legRefunded: '这一部分已经退了',
  insuranceFirst: '须先退医保，再退自费',
  onlyRestLeft: '只剩一部分可退，请选那一部分',
  nothingLeft: '已付的金额已经全部退回',
  outcomeUnknown: '上一步结果未知，等查明后再退',
  needsPerson: '账目要先由主管核对',
}

export const REFUND_CHANNEL_WORDS: Readonly<Record<RefundChannel, { readonly name: string; readonly note: string }>> = {
  online: { name: '线上退款', note: '原路退回，不用扫码' },
  offline: { name: '线下退款', note: '患者在场，扫医保电子凭证' },
}

/** What is asked most; anything else is typed. */
export const REFUND_REASONS = ['患者要求退费', '项目未做', '重复收费', '开错项目', '药品缺货', '收费有误'] as const

export const REFUND_STEPS = ['loading', 'choose', 'half', 'confirm', 'sending', 'unknown', 'done', 'closed'] as const
export type RefundStep = (typeof REFUND_STEPS)[number]

interface StepWords {
  readonly title: string
  /** At most 12 characters. */
  readonly patient: string
  readonly next: { readonly key: KeyAction | null; readonly words: string }
}
const step = (title: string, patient: string, key: KeyAction | null, next: string): StepWords => ({
  title,
  patient,
  next: { key, words: next },
})

export const REFUND_STEP_WORDS: Readonly<Record<RefundStep, StepWords>> = {
  loading: step('正在读取订单', '请稍候，我再查一下', null, '请稍候'),
  choose: step('选择退款', '请稍候，正在核对退款', 'confirm', '核对金额和原因，进入确认'),
  half: step('还有一部分未退', '还有一部分未退，请稍候', 'confirm', '退剩下的部分'),
  confirm: step('再次确认', '请核对退款金额', 'confirm', '核对金额无误，确定退款'),
  sending: step('正在退款', '正在退款，请稍候', null, '请等待中心答复，不要离开'),
  unknown: step('结果未知', '请稍候，先不要离开', 'query', '立即查询，不要重复退款'),
  done: step('退款完成', '钱已退回，请核对', 'print', '打印退款凭证，或按 Esc 返回订单'),
  closed: step('现在不能退款', '请稍候，我再查一下', 'back', '返回订单'),
}

/** What still lacks before a refund can be confirmed. */
export const REFUND_LACKS = ['type', 'token', 'reason', 'tail'] as const
export type RefundLack = (typeof REFUND_LACKS)[number]
export const REFUND_LACK_WORDS: Readonly<Record<RefundLack, string>> = {
  type: '请选择退哪一部分',
  token: '线下退款要先扫患者的医保电子凭证',
  reason: '请写明退款原因',
  tail: '单号后四位不对，请核对是不是这个订单',
}

/** What comes next while that lacks, before anything that the step would have said. */
export const REFUND_LACK_NEXT: Readonly<Record<RefundLack, SaidAndNext>> = {
  type: { next: { key: null, words: '选退哪一部分' } },
  token: { patient: '请出示医保电子凭证', next: { key: null, words: '扫患者的医保电子凭证' } },
  reason: { next: { key: null, words: '选一个退款原因，或自己写' } },
  tail: { next: { key: null, words: '看清单号，输入它的后四位' } },
}

/** While nothing may be given back. */
export const REFUND_BLOCKED: Required<SaidAndNext> = {
  patient: '网络不通，请稍候',
  next: { key: null, words: '退款暂停，等连接恢复；查看照常' },
}

export const REFUND_WORDS = {
  unknown: '结果未知，请勿重复退款',
  unknownNote: '请求可能已到达中心，正在自动查询；查明以前不能再退。请勿让患者离开。',
  notNeeded: '现在不需要扫码，扫到的内容没有使用',
  onlyToken: '线下退款只能用医保电子凭证，请患者打开后再扫',
  incomplete: '没有扫全，请再扫一次',
  dropped: '扫到的码已清除',
  changedWhileLocked: '锁定期间订单有变化，请重新选择',
  expired: '扫到的码已超过 5 分钟，已清除，请患者刷新后再扫',
} as const
