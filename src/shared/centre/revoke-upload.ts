import { z } from 'zod'
import { wireOptionalText, wireText } from './fields.ts'
import { stringifyJson } from './json.ts'
import { requireOrderNumber } from './query-order.ts'
import { type ReplyRead, readFields, readObject, readReply, type WireRead } from './wire-read.ts'

/** Interface 1.7, revoke a fee upload before settlement was confirmed. One of the two numbers is enough. */
export const revokeUploadRequestSchema = z.object({
  appId: wireText,
  payOrdId: wireOptionalText,
  medOrgOrd: wireOptionalText,
})
export type RevokeUploadRequest = z.output<typeof revokeUploadRequestSchema>

export function writeRevokeUploadRequest(request: RevokeUploadRequest): string {
  return stringifyJson(request)
}

export function readRevokeUploadRequest(bodyText: string): WireRead<RevokeUploadRequest> {
  const body = readObject(bodyText)
  return body.ok ? requireOrderNumber(readFields(revokeUploadRequestSchema, body.value)) : body
}

/** `data.success` stands beside a top-level `success` of either type (Q3); both are read by the envelope. */
export const revokeUploadReplySchema = z.object({ success: z.unknown().optional() })

export function readRevokeUploadReply(bodyText: string): ReplyRead<z.output<typeof revokeUploadReplySchema>> {
  return readReply(revokeUploadReplySchema, bodyText)
}
