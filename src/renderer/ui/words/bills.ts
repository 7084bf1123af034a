import type { BillType } from '#shared/centre/download-bill.ts'
import type { Bill, BillMatch } from '#shared/contract/bills.ts'
import type { BillMovement } from '#shared/domain/bill-columns.ts'
import type { NextStep, Tone } from './words.ts'

/** Every word about bills of interface 1.5. A missing entry does not compile. */

interface MatchWords {
  readonly name: string
  readonly tone: Tone
  /** What it means, and what to do about it. */
  readonly next: string
}

export const MATCH_WORDS: Readonly<Record<BillMatch, MatchWords>> = {
  matched: { name: '相符', tone: 'good', next: '单号、方向和金额都与本机一致' },
  amountDiffers: { name: '金额不同', tone: 'bad', next: '打开订单核对，再按 F4 向中心查询' },
  notHere: { name: '本机没有', tone: 'warning', next: '可能由其他窗口或小程序收取；核对其他窗口' },
  missing: { name: '对账单没有', tone: 'bad', next: '本机已记账而对账单没有；打开订单按 F4 查询，再问支付中心' },
  unreadable: { name: '读不懂', tone: 'warning', next: '原样列出，没有计入合计；请信息科核对' },
  ignored: { name: '未动账', tone: 'neutral', next: '支付失败或已关闭的行，没有计入合计' },
}

export const MOVEMENT_WORDS: Readonly<Record<BillMovement, string>> = {
  paid: '支付',
  refunded: '退款',
  ignored: '未动账',
}

export const BILL_TYPE_WORDS: Readonly<Record<BillType, string>> = { ALL: '全部', SUCCESS: '支付', REFUND: '退款' }

/** Where the comparison of a day stands. */
export const BILL_STEPS = ['wrongDay', 'ask', 'downloading', 'failed', 'differs', 'balances'] as const
export type BillStep = (typeof BILL_STEPS)[number]
export const BILL_NEXT: Readonly<Record<BillStep, NextStep>> = {
  wrongDay: { key: 'find', words: '改成一天' },
  ask: { key: 'confirm', words: '下载这一天的对账单并核对' },
  downloading: { key: null, words: '正在下载并核对，请稍候' },
  failed: { key: 'confirm', words: '看左边的原因，处理后再下载' },
  differs: { key: 'enter', words: '用 ↑ ↓ 逐行看不符的，打开订单查询' },
  balances: { key: 'find', words: '这一天相符，不用再做；要对别的一天，改日期' },
}

export const BILL_FORM_WORDS: {
  readonly compression: Readonly<Record<Bill['compression'], string>>
  readonly separator: Readonly<Record<Bill['separator'], string>>
} = {
  compression: { none: '未压缩', gzip: 'gzip', zip: 'zip' },
  separator: { ',': '逗号', '\t': '制表符', '|': '竖线' },
}
