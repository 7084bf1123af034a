import { z } from 'zod'
import { wireEmbedded, wireOptionalAmount, wireOptionalText, wireOptionalTime } from './fields.ts'
import type { JsonObject } from './json.ts'
import { joinDrift, joinPath, type WireDrift } from './wire-drift.ts'
import { type ReplyRead, sameValue, type WireRead } from './wire-read.ts'

/** What the insurance settlement says beside the settlement amounts, as far as a cashier or IT needs it. */
export const settlementInfoSchema = z.object({
  setlId: wireOptionalText,
  mdtrtId: wireOptionalText,
  setlTime: wireOptionalTime,
  psnName: wireOptionalText,
  certno: wireOptionalText,
  /** 27 and 34.0 are both a number (Q19). */
  age: wireOptionalText.transform(toAge),
  psnType: wireOptionalText,
  insutype: wireOptionalText,
  medType: wireOptionalText,
  clrType: wireOptionalText,
  clrWay: wireOptionalText,
  clrOptins: wireOptionalText,
  medfeeSumamt: wireOptionalAmount,
  inscpScpAmt: wireOptionalAmount,
  fulamtOwnpayAmt: wireOptionalAmount,
  overlmtSelfpay: wireOptionalAmount,
  preselfpayAmt: wireOptionalAmount,
  fundPaySumamt: wireOptionalAmount,
  hifpPay: wireOptionalAmount,
  cvlservPay: wireOptionalAmount,
  hifesPay: wireOptionalAmount,
  hifmiPay: wireOptionalAmount,
  hifobPay: wireOptionalAmount,
  hifdmPay: wireOptionalAmount,
  mafPay: wireOptionalAmount,
  othPay: wireOptionalAmount,
  hospPartAmt: wireOptionalAmount,
  acctPay: wireOptionalAmount,
  acctMulaidPay: wireOptionalAmount,
  psnPartAmt: wireOptionalAmount,
  psnCashPay: wireOptionalAmount,
  balc: wireOptionalAmount,
})
export type SettlementInfo = z.output<typeof settlementInfoSchema>

type FieldName = keyof SettlementInfo

/** Quirk Q6: each field in both spellings, by name. Keys are never folded blindly: setlinfo and SETLINFO differ. */
const SNAKE_CASE: Readonly<Record<FieldName, string>> = {
  setlId: 'setl_id',
  mdtrtId: 'mdtrt_id',
  setlTime: 'setl_time',
  psnName: 'psn_name',
  certno: 'certno',
  age: 'age',
  psnType: 'psn_type',
  insutype: 'insutype',
  medType: 'med_type',
  clrType: 'clr_type',
  clrWay: 'clr_way',
  clrOptins: 'clr_optins',
  medfeeSumamt: 'medfee_sumamt',
  inscpScpAmt: 'inscp_scp_amt',
  fulamtOwnpayAmt: 'fulamt_ownpay_amt',
  overlmtSelfpay: 'overlmt_selfpay',
  preselfpayAmt: 'preselfpay_amt',
  fundPaySumamt: 'fund_pay_sumamt',
  hifpPay: 'hifp_pay',
  cvlservPay: 'cvlserv_pay',
  hifesPay: 'hifes_pay',
  hifmiPay: 'hifmi_pay',
  hifobPay: 'hifob_pay',
  hifdmPay: 'hifdm_pay',
  mafPay: 'maf_pay',
  othPay: 'oth_pay',
  hospPartAmt: 'hosp_part_amt',
  acctPay: 'acct_pay',
  acctMulaidPay: 'acct_mulaid_pay',
  psnPartAmt: 'psn_part_amt',
  psnCashPay: 'psn_cash_pay',
  balc: 'balc',
}

/** Where each field may be told, in the order in which it is believed; made once, because every message asks for all. */
const FIELDS = Object.entries(SNAKE_CASE).map(([name, snake]) => ({
  name,
  places: [
    { in: 'setlinfo', key: name },
    ...(snake === name ? [] : [{ in: 'setlinfo', key: snake }]),
    { in: 'SETLINFO', key: snake },
  ].map((place) => ({ ...place, path: `${place.in}.${place.key}` })),
}))

export interface SettlementInfoRead {
  readonly info: SettlementInfo
  /** Fields that are told twice and differently (the first telling is in `info`), and fields that cannot be read. */
  readonly drift: readonly WireDrift[]
}

/**
 * Reads `extData.setlinfo` (either spelling) and `extData.SETLINFO` (snake_case) into one form. Never fails: this stands
 * beside the settlement, and a difference in it is a warning, never a refusal (Q6, Q15).
 */
export function readSettlementInfo(extData: JsonObject): SettlementInfoRead {
  const merged: Record<string, unknown> = {}
  const drift: WireDrift[] = []
  const lower = embeddedObject(extData, 'setlinfo', drift)
  const upper = embeddedObject(extData, 'SETLINFO', drift)
  for (const { name, places } of FIELDS) {
    let first: Telling | undefined
    for (const { in: where, key, path } of places) {
      const object = where === 'setlinfo' ? lower : upper
      if (!Object.hasOwn(object, key)) continue
      const value = object[key]
      if (first === undefined) {
        first = { path, value }
        merged[name] = value
      } else if (!sameValue(value, first.value)) drift.push({ kind: 'conflict', path: `${first.path}/${path}` })
    }
  }
  return readLeniently(merged, drift)
}

/** The same reading, with what its insurance details contradict in each other counted too (Q6). */
export function withDetailConflicts<T extends { readonly extData: JsonObject }>(read: WireRead<T>): WireRead<T> {
  return read.ok ? { ...read, drift: joinDrift(read.drift, detailConflicts(read.value.extData, '')) } : read
}

/** The same for a reply, whose fields stand in `data`. */
export function withReplyConflicts<T extends { readonly extData: JsonObject }>(read: ReplyRead<T>): ReplyRead<T> {
  if (read.outcome !== 'success') return read
  return { ...read, drift: joinDrift(read.drift, detailConflicts(read.value.extData, 'data')) }
}

function detailConflicts(extData: JsonObject, path: string): readonly WireDrift[] {
  const below = joinPath(path, 'extData')
  return readSettlementInfo(extData).drift.map((drift) => ({ ...drift, path: joinPath(below, drift.path) }))
}

interface Telling {
  readonly path: string
  readonly value: unknown
}

/** Reads what can be read; a field that cannot is left out and counted. */
function readLeniently(merged: JsonObject, drift: readonly WireDrift[]): SettlementInfoRead {
  const read = settlementInfoSchema.safeParse(merged)
  if (read.success) return { info: read.data, drift }
  const bad = new Set(read.error.issues.map(({ path }) => path.map(String).join('.')))
  const readable = Object.fromEntries(Object.entries(merged).filter(([name]) => !bad.has(name)))
  const counted = [...bad].map((path): WireDrift => ({ kind: 'unreadableField', path: `setlinfo.${path}` }))
  return { info: settlementInfoSchema.parse(readable), drift: [...drift, ...counted] }
}

function embeddedObject(extData: JsonObject, key: string, drift: WireDrift[]): JsonObject {
  const read = wireEmbedded.safeParse(extData[key])
  if (read.success) return read.data
  drift.push({ kind: 'unreadableField', path: key })
  return {}
}

function toAge(text: string | undefined, context: z.RefinementCtx): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,3}(\.\d+)?$/.test(text)) return Number(text)
  context.addIssue({ code: 'custom', message: '应为年龄' })
  return z.NEVER
}
