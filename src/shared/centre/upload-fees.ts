import { z } from 'zod'
import { UPLOAD_DETAILS } from './details-table.ts'
import { wireEmbedded, wireOptionalText, wireText } from './fields.ts'
import { stringifyJson } from './json.ts'
import { documented } from './wire-facts.ts'
import { type ReplyRead, readReply, readRequest, requireThat, type WireRead } from './wire-read.ts'

/** Interface 1.6, upload fees. Exactly one of ecToken and payAuthNo is enough (Q13); both empty is forbidden. */
export const uploadFeesRequestSchema = z.object({
  appId: wireText,
  medOrgOrd: wireText,
  ecToken: wireOptionalText,
  payAuthNo: wireOptionalText,
})
export type UploadFeesRequest = z.output<typeof uploadFeesRequestSchema>

export function writeUploadFeesRequest(request: UploadFeesRequest): string {
  return stringifyJson(request)
}

export function readUploadFeesRequest(bodyText: string): WireRead<UploadFeesRequest> {
  const read = readRequest(uploadFeesRequestSchema, bodyText)
  return requireThat(read, (request) => request.ecToken !== undefined || request.payAuthNo !== undefined, {
    path: 'ecToken/payAuthNo',
    expected: '两者不能同时为空',
  })
}

/** The reply's `data`. `extData` holds result[] in snake_case and upload[] in camelCase; it is kept as it came. */
export const uploadFeesReplySchema = z.object({
  payOrdId: wireText,
  payToken: documented(wireOptionalText, { required: true }),
  cashierUrl: wireOptionalText,
  extData: documented(wireEmbedded, { required: true, inside: UPLOAD_DETAILS }),
})
export type UploadFeesReply = z.output<typeof uploadFeesReplySchema>

export function readUploadFeesReply(bodyText: string): ReplyRead<UploadFeesReply> {
  return readReply(uploadFeesReplySchema, bodyText)
}
