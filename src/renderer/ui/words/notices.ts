import type { Notice } from '#shared/contract/notices.ts'
import type { SaidAndNext } from './words.ts'

/** Every word for people about notices to patients. A missing entry does not compile. */

type NoticeType = Notice['msgType']
type NoticeChannel = Notice['channel']

export const NOTICE_TYPE_WORDS: Readonly<Record<NoticeType, { readonly name: string; readonly note: string }>> = {
  '1': { name: '诊间结算', note: '请患者在手机上付这次就诊的费用' },
  '2': { name: '预约成功', note: '告诉患者预约已经成功' },
}

/** Narrow to wide; the empty one goes to the national app only. */
export const NOTICE_CHANNELS = ['', 'local', 'all', '11', '12', '13'] as const satisfies readonly NoticeChannel[]

export const NOTICE_CHANNEL_WORDS: Readonly<Record<NoticeChannel, string>> = {
  '': '国家医保 APP（不填渠道）',
  all: '所有渠道',
  local: '地方所有渠道（不含国家医保 APP）',
  '11': '四川医保小程序',
  '12': '四川医保支付宝小程序',
  '13': '四川医保 APP',
}

export const NOTICE_LACKS = ['name', 'idNo'] as const
export type NoticeLack = (typeof NOTICE_LACKS)[number]
export const NOTICE_LACK_WORDS: Readonly<Record<NoticeLack, string>> = {
  name: '请填写患者姓名',
  idNo: '请填写证件号码，或扫患者的身份证',
}

/** Where a notice stands: what still lacks, or what came of the last one. */
export const NOTICE_STEPS = [...NOTICE_LACKS, 'ready', 'sending', 'sent', 'unknown', 'blocked'] as const
export type NoticeStep = (typeof NOTICE_STEPS)[number]
export const NOTICE_STEP_WORDS: Readonly<Record<NoticeStep, Required<SaidAndNext>>> = {
  name: { patient: '请报姓名，出示身份证', next: { key: null, words: '填写患者姓名' } },
  idNo: { patient: '请出示身份证', next: { key: null, words: '扫患者的身份证，或输入证件号码' } },
  ready: { patient: '请稍候，正在发通知', next: { key: 'confirm', words: '核对姓名和证件后发送' } },
  sending: { patient: '请稍候，正在发通知', next: { key: null, words: '请等待中心答复' } },
  sent: { patient: '通知已发，请看手机', next: { key: null, words: '请患者看手机；再发一个，填下一位的姓名' } },
  unknown: { patient: '请看手机有没有通知', next: { key: 'confirm', words: '问过患者没有收到，再发一次' } },
  blocked: { patient: '现在发不了，请稍候', next: { key: null, words: '等连接恢复再发；查看照常' } },
}

export const NOTICE_WORDS = {
  sent: '中心已受理，患者会在手机上收到',
  unknown: '结果未知：通知可能已经送达',
  unknownNext: '先问患者是否收到，没收到再发一次。通知不动钱。',
  scanned: '已扫到居民身份证号',
  notAnId: '这里只用居民身份证，扫到的内容没有使用',
  incomplete: '没有扫全，请再扫一次',
  prefilled: '姓名取自订单；证件号不在订单中，请扫身份证或输入',
} as const
