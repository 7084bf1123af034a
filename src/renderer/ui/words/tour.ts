/** Every word of the tour of the counter; it goes along with a real payment, stop by stop. */
export const TOUR_STOPS = ['choose', 'scan', 'confirm', 'pay', 'settled', 'end'] as const
export type TourStop = (typeof TOUR_STOPS)[number]

interface StopWords {
  readonly title: string
  readonly words: string
}
const says = (title: string, words: string): StopWords => ({ title, words })

export const TOUR_WORDS: Readonly<Record<TourStop, StopWords>> = {
  choose: says('选患者', '待缴费的患者在这里。用 ↑ ↓ 移动，Enter 选定；也可以直接扫身份证号或单号。'),
  scan: says('扫医保电子凭证', '请患者出示，用扫码枪扫。练习时点「模拟扫码」。焦点不用管，扫码就绪时亮灯。'),
  confirm: says('上传费用', '已扫到。按 F10，费用送到支付中心。下面一行写着此刻对患者说什么。'),
  pay: says(
    '患者付款',
    '请患者扫这个码。练习时点「打开患者手机（模拟）」，按「确认支付」。结果会自己回来，也可按 F4 查询。',
  ),
  settled: says('结清', '两边都已付，才是结清：请患者收好凭证。F9 打印，Enter 换下一位。'),
  end: says('就这么多', '随时按 F1 看现在能用的键，也能再看一遍这个导览。「结果未知」时不要再收，也不要让患者离开。'),
}

export const TOUR_PAGE_WORDS = {
  name: '导览',
  start: '看一遍收费台导览',
  skip: '结束导览',
} as const
