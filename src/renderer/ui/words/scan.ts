import type { ScanKind } from '../../lib/scanner/classify-scan.ts'

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

export const CUE_WORDS = {
  incomplete: '没有扫全，请再扫一次',
  nothingScanned: '还没有扫码，请先扫患者的医保电子凭证',
  chooseFirst: '请先选定患者的待缴费，再扫医保电子凭证',
  notNow: '现在不需要扫码，扫到的内容没有使用',
  expired: '扫到的码已超过 5 分钟，已清除，请患者刷新后再扫',
  dropped: '扫到的码已清除',
  notPending: '没有这位患者的待缴费',
} as const
