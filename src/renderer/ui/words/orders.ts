/** Nothing was found here under a whole number. */
export const REBUILD_WORDS = { notHere: '本机没有这个订单。', action: '向中心查询并补建' } as const
