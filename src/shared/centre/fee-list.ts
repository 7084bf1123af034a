import { z } from 'zod'
import { type Fen, yuanText } from '../domain/money.ts'
import { wireAmount, wireOptionalText, wireOptionalTime, wireText } from './fields.ts'
import { JsonNumber, stringifyJson } from './json.ts'
import { type ReplyRead, readReply, readRequest, type WireRead } from './wire-read.ts'

/** Interface 2.4, pending charge list: what the centre asks us. */
export const feeListRequestSchema = z.object({ idNo: wireText, orgCodg: wireText })
export type FeeListRequest = z.output<typeof feeListRequestSchema>

export function readFeeListRequest(bodyText: string): WireRead<FeeListRequest> {
  return readRequest(feeListRequestSchema, bodyText)
}

export interface PendingCharge {
  readonly medOrgOrd: string
  readonly medfeeSumamt: Fen
  readonly deptName: string
  readonly drName: string
  /** `yyyy-MM-dd HH:mm:ss`, UTC+8. */
  readonly visitTime: string
}

/** Our answer to 2.4. Amounts are written as numbers with two decimals, never through a float. */
export function writeFeeListReply(charges: readonly PendingCharge[]): string {
  const pendingChargeList = charges.map((charge) => ({
    medOrgOrd: charge.medOrgOrd,
    medfeeSumamt: new JsonNumber(yuanText(charge.medfeeSumamt)),
    deptName: charge.deptName,
    drName: charge.drName,
    visitTime: charge.visitTime,
  }))
  return stringifyJson({ code: 1, message: '成功', data: { pendingChargeList } })
}

/** Such an answer from a hospital system that offers 2.4 itself: number and amount are enough to find the charge. */
export const feeListReplySchema = z.object({
  pendingChargeList: z.array(
    z.object({
      medOrgOrd: wireText,
      medfeeSumamt: wireAmount,
      deptName: wireOptionalText,
      drName: wireOptionalText,
      visitTime: wireOptionalTime,
    }),
    { error: '应为列表' },
  ),
})
export type FeeListReply = z.output<typeof feeListReplySchema>

export function readFeeListReply(bodyText: string): ReplyRead<FeeListReply> {
  return readReply(feeListReplySchema, bodyText)
}
