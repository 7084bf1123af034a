import { z } from 'zod'
import { oneOf, wireOptionalText, wireText } from './fields.ts'
import { stringifyJson } from './json.ts'
import { readSuccessReply, type SuccessReply } from './success-reply.ts'
import { type ReplyRead, readRequest, type WireRead } from './wire-read.ts'

/** 1 clinic settlement (诊间结算), 2 booking confirmed (预约成功). */
export const MSG_TYPES = ['1', '2'] as const
export type MsgType = (typeof MSG_TYPES)[number]

/** Interface 1.8, tell the patient of a clinic settlement. No channel: the national insurance app only (Q12). */
export const notifyClinicRequestSchema = z.object({
  appId: wireText,
  psnName: wireText,
  idType: wireText,
  idNo: wireText,
  orgCodg: wireText,
  msgType: wireText.pipe(oneOf(MSG_TYPES)),
  channel: wireOptionalText,
})
export type NotifyClinicRequest = z.output<typeof notifyClinicRequestSchema>

export function writeNotifyClinicRequest(request: NotifyClinicRequest): string {
  return stringifyJson(request)
}

export function readNotifyClinicRequest(bodyText: string): WireRead<NotifyClinicRequest> {
  return readRequest(notifyClinicRequestSchema, bodyText)
}

export function readNotifyClinicReply(bodyText: string): ReplyRead<SuccessReply> {
  return readSuccessReply(bodyText)
}
