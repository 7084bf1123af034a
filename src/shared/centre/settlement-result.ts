import { z } from 'zod'
import { SETTLEMENT_DETAILS, UPLOAD_DETAILS } from './details-table.ts'
import {
  wireEmbedded,
  wireNumberAmount,
  wireOptionalNumberAmount,
  wireOptionalText,
  wireText,
  wireTime,
} from './fields.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import { unifyOwnPay } from './query-order.ts'
import { withDetailConflicts } from './settlement-info.ts'
import { documented } from './wire-facts.ts'
import { readCode, readFields, readObject, sameValue, type WireProblem, type WireRead } from './wire-read.ts'

/** Interface 2.2, settlement result, as the centre sends it to us. The last rows stand only in the example (Q18). */
export const settlementResultSchema = z.object({
  feeSumamt: wireNumberAmount,
  fundPay: wireNumberAmount,
  psnAcctPay: wireNumberAmount,
  ownPayAmt: wireNumberAmount,
  outOfMIFee: wireOptionalNumberAmount,
  prePaidDeduction: wireOptionalNumberAmount,
  hiChrgTime: wireTime,
  hiDocSn: wireText,
  hiRgstSn: wireText,
  medOrgOrd: wireText,
  payOrdId: wireText,
  setlType: documented(wireText, { dictionary: 'setlType' }),
  extData: documented(wireEmbedded, { required: true, inside: SETTLEMENT_DETAILS }),
  uploadInfo: documented(wireEmbedded, { required: true, inside: UPLOAD_DETAILS }),
  appId: wireText,
  orgCodg: wireText,
  ordStas: documented(wireOptionalText, { dictionary: 'ordStas' }),
  traceTime: wireOptionalText,
  callType: wireOptionalText,
  ecCode: wireOptionalText,
})
export type SettlementResult = z.output<typeof settlementResultSchema>

/** Reads a settlement result, flat as in the table or wrapped in {code, message, data} as in the example (Q7). */
export function readSettlementResult(bodyText: string): WireRead<SettlementResult> {
  const flat = readFlatMessage(bodyText)
  return flat.ok ? readFlatSettlement(flat.value) : flat
}

/** The same of a message that is flat already. */
export function readFlatSettlement(flat: JsonObject): WireRead<SettlementResult> {
  return withDetailConflicts(readPaymentFields(settlementResultSchema, flat))
}

/** When the patient paid, as a flat message writes it. */
export function paidAtOf({ hiChrgTime, traceTime }: JsonObject): unknown {
  return hiChrgTime ?? traceTime
}

/** What 2.2 and 2.3 have in common: flat or wrapped (Q7), either spelling of the cash part (Q4). */
export function readPaymentMessage<S extends z.ZodObject>(schema: S, bodyText: string): WireRead<z.output<S>> {
  const flat = readFlatMessage(bodyText)
  return flat.ok ? readPaymentFields(schema, flat.value) : flat
}

function readPaymentFields<S extends z.ZodObject>(schema: S, flat: JsonObject): WireRead<z.output<S>> {
  const unified = unifyOwnPay(flat)
  return unified.ok ? readFields(schema, unified.value) : unified
}

/** Text of a message to its flat form, no field read yet. */
export function readFlatMessage(bodyText: string): WireRead<JsonObject> {
  const body = readObject(bodyText)
  return body.ok ? unwrap(body.value) : body
}

/**
 * Quirk Q7: takes `data` out of a wrapped message. A field on both levels must agree; a wrapper whose code is not 1
 * reports a failure, which is no settlement result.
 */
function unwrap(body: JsonObject): WireRead<JsonObject> {
  if (!isJsonObject(body.data)) return { ok: true, value: body, drift: [] }
  if (body.code !== undefined && readCode(body.code) !== '1') {
    return { ok: false, problems: [{ path: 'code', expected: '应为 1，其他值不是结算成功' }] }
  }
  const { data, code: _code, message: _message, ...outer } = body
  const conflicts = Object.keys(outer)
    .filter(
      (key) => Object.hasOwn(body.data as JsonObject, key) && !sameValue(outer[key], (body.data as JsonObject)[key]),
    )
    .map((key): WireProblem => ({ path: `${key}/data.${key}`, expected: '两层的值应当相同' }))
  if (conflicts.length > 0) return { ok: false, problems: conflicts }
  return { ok: true, value: { ...outer, ...(data as JsonObject) }, drift: [] }
}
