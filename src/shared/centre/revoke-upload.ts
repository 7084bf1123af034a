import { z } from 'zod'
import { orderNumbersShape, wireText } from './fields.ts'
import { stringifyJson } from './json.ts'
import { requireOrderNumber } from './query-order.ts'
import { readSuccessReply, type SuccessReply } from './success-reply.ts'
import { type ReplyRead, readRequest, type WireRead } from './wire-read.ts'

/** Interface 1.7, revoke a fee upload before settlement was confirmed. One of the two numbers is enough. */
export const revokeUploadRequestSchema = z.object({ appId: wireText, ...orderNumbersShape })
export type RevokeUploadRequest = z.output<typeof revokeUploadRequestSchema>

export function writeRevokeUploadRequest(request: RevokeUploadRequest): string {
  return stringifyJson(request)
}

export function readRevokeUploadRequest(bodyText: string): WireRead<RevokeUploadRequest> {
  return requireOrderNumber(readRequest(revokeUploadRequestSchema, bodyText))
}

export function readRevokeUploadReply(bodyText: string): ReplyRead<SuccessReply> {
  return readSuccessReply(bodyText)
}
