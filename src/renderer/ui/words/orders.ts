import type { SaidAndNext } from './words.ts'

/** Beside the list of orders while none is open. */
export const NO_ORDER_OPEN: Required<SaidAndNext> = {
  patient: '请报姓名或出示单据',
  next: { key: 'find', words: '查找订单，用 ↑ ↓ 选择，Enter 打开' },
}

/** Nothing was found here under a whole number. */
export const REBUILD_WORDS = { notHere: '本机没有这个订单。', action: '向中心查询并补建' } as const
