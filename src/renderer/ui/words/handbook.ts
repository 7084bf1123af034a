import type { CounterStep } from './counter.ts'
import type { RefundStep } from './refunds.ts'

/** The pages of `docs/handbook.zh-CN.md` that the window opens by itself; a test proves that each is there. */
export const HANDBOOK_TITLES = [
  '第一笔收费',
  '患者付不了或走了',
  '撤销上传',
  '全部退款',
  '只退一部分',
  '结果未知',
  '人工判定',
  '断网',
  '本机库变红',
  '待处理',
  '通知患者',
  '对账',
  '凭证',
  '扫码枪不好用',
  '第一次设置',
  '练习',
] as const
export type HandbookTitle = (typeof HANDBOOK_TITLES)[number]

/** What a state of a screen asks for; in the others the screen's usual page helps. */
export const COUNTER_HELP: Readonly<Partial<Record<CounterStep, HandbookTitle>>> = {
  revoking: '撤销上传',
  expired: '患者付不了或走了',
  half: '待处理',
  unknown: '结果未知',
}
export const REFUND_HELP: Readonly<Partial<Record<RefundStep, HandbookTitle>>> = {
  half: '只退一部分',
  unknown: '结果未知',
}

export const HANDBOOK_WORDS = {
  name: '窗口手册',
  open: (title: HandbookTitle) => `窗口手册：${title}`,
  contents: '手册目录',
  loading: '正在打开手册',
  back: '返回按键说明',
} as const
