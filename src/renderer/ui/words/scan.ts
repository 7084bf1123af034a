import type { ScanKind } from '../../lib/scanner/classify-scan.ts'
import type { CounterStep } from './counter.ts'

/** Every word about what was scanned. */

/** What a scanned code is, and what is wanted instead; `null` for codes that the counter uses. */
export const SCAN_WORDS: Readonly<Record<ScanKind, { readonly name: string; readonly wanted: string | null }>> = {
  ecToken: { name: '医保电子凭证', wanted: null },
  payAuthNo: { name: '支付授权码', wanted: null },
  chargeNumber: { name: '待缴费单号', wanted: null },
  residentId: { name: '居民身份证号', wanted: null },
  wechatPayCode: { name: '微信付款码', wanted: '请患者在微信或支付宝中打开「医保电子凭证」再扫' },
  alipayPayCode: { name: '支付宝付款码', wanted: '请患者在微信或支付宝中打开「医保电子凭证」再扫' },
  url: { name: '网址二维码', wanted: '请患者打开「医保电子凭证」，扫上面的码' },
  drugBarcode: { name: '药品或商品条码', wanted: '请扫患者的医保电子凭证' },
  unknown: { name: '认不出的码', wanted: '请扫患者的医保电子凭证；仍不行请再扫一次' },
}

const BUSY = '现在不需要扫码，扫到的内容没有使用'

/** What is wanted at each step of the counter; `null`: the e-voucher, as the code's own words say. */
const STEP_WANTS: Readonly<Record<CounterStep, string | null>> = {
  choose: '请先选定患者的待缴费（扫身份证号或单号，或按 F3 查找），再扫医保电子凭证',
  scan: null,
  confirm: null,
  uploading: BUSY,
  revoking: BUSY,
  paying: '正等患者付款：患者扫屏幕上的码，现在不需要扫码',
  expired: '正等患者付款：先按 F4 查询，现在不需要扫码',
  settled: '这一笔已收完：按 Enter 换下一位患者再扫',
  half: '这一笔还差一部分：按 F4 再查，现在不需要扫码',
  unknown: '结果未知：请勿再次收费，现在不需要扫码',
  review: '这一笔要先核对，现在不需要扫码',
}

/** One sentence for a code that is of no use now: what it is, and what is wanted instead. */
export function scanAnswer(kind: ScanKind, step: CounterStep): string {
  const { name, wanted } = SCAN_WORDS[kind]
  return `这是${name}。${STEP_WANTS[step] ?? wanted ?? BUSY}`
}

export const CUE_WORDS = {
  incomplete: '没有扫全，请再扫一次',
  nothingScanned: '还没有扫码，请先扫患者的医保电子凭证',
  notNow: BUSY,
  answerFirst: '请先回答下面的问题（F10 或 Esc），扫到的内容没有使用',
  expired: '扫到的码已超过保留时间，已清除，请患者刷新后再扫',
  dropped: '扫到的码已清除',
  notPending: '没有这位患者的待缴费',
  sameCharge: '正在收的就是这一笔',
  chargeStays: '没有换，继续收这一笔',
  tokenStays: '没有换，用先前扫到的码',
  scanOwnVoucher: '扫到的凭证没有使用，请扫患者本人的医保电子凭证',
  scanAgainToBeSure: '像是支付授权码，它没有校验位：请把同一个码再扫一次核对',
} as const

/** What a scan asks before it changes anything. `name`: the patient who is being served, and the one scanned. */
export const QUESTION_WORDS = {
  otherCharge: {
    title: (name: string, scanned: string) => `正在收 ${name} 的费，换成 ${scanned}？`,
    note: '已经上传的订单留在「订单」里，照常查询',
    yes: '换成这个',
    no: '不换',
  },
  otherToken: {
    title: () => '已经扫过一个码，换成新扫的？',
    note: '旁边的人也可能刚亮出手机：确认是这位患者的码再换',
    yes: '换成新扫的',
    no: '不换',
  },
  otherPerson: {
    title: (words: string) => words,
    note: '请扫患者本人的凭证。确属代付，经患者同意再用，会记入订单的经过',
    yes: '仍用这张凭证',
    no: '不用，重新扫',
  },
} as const
