import { z } from 'zod'
import { SETTLEMENT_DETAILS } from './details-table.ts'
import { orderNumbersShape, wireAmount, wireEmbedded, wireOptionalText, wireText, wireTime } from './fields.ts'
import { type JsonObject, stringifyJson } from './json.ts'
import { withReplyConflicts } from './settlement-info.ts'
import { documented } from './wire-facts.ts'
import { type ReplyRead, readReply, readRequest, requireThat, unifySpellings, type WireRead } from './wire-read.ts'

/** Interface 1.3, query order. One of the two numbers is enough; both may be sent. */
export const queryOrderRequestSchema = z.object({ appId: wireText, ...orderNumbersShape })
export type QueryOrderRequest = z.output<typeof queryOrderRequestSchema>

export function writeQueryOrderRequest(request: QueryOrderRequest): string {
  return stringifyJson(request)
}

export function readQueryOrderRequest(bodyText: string): WireRead<QueryOrderRequest> {
  return requireOrderNumber(readRequest(queryOrderRequestSchema, bodyText))
}

/**
 * The reply's `data`. Amounts are whole fen; `setlType` and `ordStas` stay as text here, because an unlisted one is
 * kept and shown (Q17, Q20). The last rows stand in the example and not in the table (Q18); only `payOrdId` of them is
 * expected always, because an order without settlement has nothing else of them to tell.
 */
export const queryOrderReplySchema = z.object({
  ordStas: documented(wireText, { dictionary: 'ordStas' }),
  medOrgOrd: wireText,
  traceTime: wireTime,
  orgCodg: wireOptionalText,
  orgName: wireOptionalText,
  setlType: documented(wireText, { dictionary: 'setlType' }),
  feeSumamt: wireAmount,
  ownPayAmt: wireAmount,
  psnAcctPay: wireAmount,
  fundPay: wireAmount,
  mdtrtId: wireOptionalText,
  extData: documented(wireEmbedded, { required: true, inside: SETTLEMENT_DETAILS }),
  payOrdId: documented(wireOptionalText, { required: true }),
  hiRgstSn: wireOptionalText,
  hiDocSn: wireOptionalText,
  hiChrgTime: wireOptionalText,
  ecCode: wireOptionalText,
  callType: wireOptionalText,
})
export type QueryOrderReply = z.output<typeof queryOrderReplySchema>

export function readQueryOrderReply(bodyText: string): ReplyRead<QueryOrderReply> {
  return withReplyConflicts(readReply(queryOrderReplySchema, bodyText, unifyOwnPay))
}

/** Quirk Q4: `ownPayAmt` in the table of 1.3 and the examples, `ownpayAmt` in the tables of 2.2 and 2.3. */
export function unifyOwnPay(data: JsonObject): WireRead<JsonObject> {
  return unifySpellings(data, ['ownPayAmt', 'ownpayAmt'])
}

/** 1.3, 1.4 and 1.7 take either number and need one. */
export function requireOrderNumber<T extends { payOrdId?: string | undefined; medOrgOrd?: string | undefined }>(
  read: WireRead<T>,
): WireRead<T> {
  return requireThat(read, (numbers) => numbers.payOrdId !== undefined || numbers.medOrgOrd !== undefined, {
    path: 'payOrdId/medOrgOrd',
    expected: '两个订单号至少要有一个',
  })
}
