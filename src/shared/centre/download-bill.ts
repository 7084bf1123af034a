import { z } from 'zod'
import { formatCompactTime } from '../domain/time.ts'
import { oneOf, wireText, wireTime } from './fields.ts'
import { stringifyJson } from './json.ts'
import { type ReplyRead, readReply, readRequest, type WireRead } from './wire-read.ts'

export const BILL_TYPES = ['ALL', 'SUCCESS', 'REFUND'] as const
export type BillType = (typeof BILL_TYPES)[number]

/** Interface 1.5, download bill: the self-pay part of mixed payments of one day. */
export const downloadBillRequestSchema = z.object({
  appId: wireText,
  orgCodg: wireText,
  /** `yyyyMMdd` in UTC+8, whichever way it was spelled (Q11). */
  billDate: wireTime.transform((time) => formatCompactTime(time.atMs).slice(0, 8)),
  billType: wireText.pipe(oneOf(BILL_TYPES)),
})
export type DownloadBillRequest = z.output<typeof downloadBillRequestSchema>

export function writeDownloadBillRequest(request: DownloadBillRequest): string {
  return stringifyJson(request)
}

export function readDownloadBillRequest(bodyText: string): WireRead<DownloadBillRequest> {
  return readRequest(downloadBillRequestSchema, bodyText)
}

/** The reply's `data`: where to GET the bill. The document does not say in which form. */
export const downloadBillReplySchema = z.object({
  downloadUrl: wireText.refine((url) => /^https?:\/\/[^/\s]+/i.test(url), { error: '应为 http 或 https 网址' }),
})
export type DownloadBillReply = z.output<typeof downloadBillReplySchema>

export function readDownloadBillReply(bodyText: string): ReplyRead<DownloadBillReply> {
  return readReply(downloadBillReplySchema, bodyText)
}
