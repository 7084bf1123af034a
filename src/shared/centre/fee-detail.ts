import { z } from 'zod'
import { FEE_DETAIL_UNREAD, FEE_LINE_UNREAD } from './fee-detail-table.ts'
import {
  wireAmount,
  wireDecimalText,
  wireOptionalAmount,
  wireOptionalText,
  wireOptionalTime,
  wireText,
} from './fields.ts'
import { type JsonObject, stringifyJson } from './json.ts'
import { alsoListed, documented } from './wire-facts.ts'
import { type ReplyRead, readFields, readReply, readRequest, type WireRead } from './wire-read.ts'

/** Interface 2.1, pending fee detail: what the centre asks us. */
export const feeDetailRequestSchema = z.object({ medOrgOrd: wireText, orgCodg: wireText })
export type FeeDetailRequest = z.output<typeof feeDetailRequestSchema>

export function readFeeDetailRequest(bodyText: string): WireRead<FeeDetailRequest> {
  return readRequest(feeDetailRequestSchema, bodyText)
}

/** Required by the document, not by the desk. */
const expectedText = documented(wireOptionalText, { required: true })

/**
 * One diagnosis of 2.1. Codes are free text: nonsense is shown raw, never rejected (Q17). Only what the example always
 * carries is required; the hospital's own system decides about the rest.
 */
export const diagnosisSchema = z.object({
  diagType: documented(expectedText, { dictionary: 'diagType' }),
  /** Int in the table, text in the example. */
  diagSrtNo: documented(expectedText, { type: 'either' }),
  diagCode: expectedText,
  diagName: wireText,
  diagDept: expectedText,
  diseDorNo: expectedText,
  diseDorName: expectedText,
  diagTime: expectedText,
  valiFlag: documented(expectedText, { dictionary: 'valiFlag' }),
})
export type WireDiagnosis = z.output<typeof diagnosisSchema>

/** One fee line: six decimals of price, four of count (Q10). Fields that the desk does not use ride along unread. */
export const feeLineSchema = alsoListed(
  z.object({
    feedetlSn: wireText,
    medListCodg: expectedText,
    medinsListCodg: expectedText,
    medListName: wireOptionalText,
    medListSpc: wireOptionalText,
    detItemFeeSumamt: wireDecimalText,
    cnt: wireDecimalText,
    pric: wireDecimalText,
    bilgDeptName: expectedText,
    bilgDrName: expectedText,
  }),
  FEE_LINE_UNREAD,
)
export type WireFeeLine = z.output<typeof feeLineSchema>

/** The fields of 2.1's `data` that the desk reads. The whole object, with its digits, is what the centre is given. */
export const feeDetailSchema = alsoListed(
  z.object({
    orgCodg: wireText,
    medOrgOrd: wireText,
    userName: wireText,
    idNo: wireText,
    idType: documented(wireOptionalText, { dictionary: 'psnCertType' }),
    psnNo: wireOptionalText,
    insutype: documented(wireOptionalText, { dictionary: 'insutype' }),
    iptOtpNo: expectedText,
    drName: wireOptionalText,
    deptName: wireText,
    medType: documented(expectedText, { dictionary: 'medType' }),
    begntime: wireOptionalTime,
    medfeeSumamt: wireAmount,
    outOfMIFee: wireOptionalAmount,
    prePaidBalc: wireOptionalAmount,
    mainCondDscr: wireOptionalText,
    diseinfoList: z.array(diagnosisSchema, { error: '应为列表' }),
    feedetailList: z.array(feeLineSchema, { error: '应为列表' }).min(1, { error: '至少要有一条费用明细' }),
  }),
  FEE_DETAIL_UNREAD,
)
export type FeeDetail = z.output<typeof feeDetailSchema>

/** Reads 2.1's `data`, from the hospital's system or from the published example. */
export function readFeeDetail(data: JsonObject): WireRead<FeeDetail> {
  return readFields(feeDetailSchema, data)
}

/**
 * Our answer to 2.1. The charge stands in it byte for byte as the hospital's system gave it: six-decimal prices and
 * fields that the desk does not know must reach the centre unchanged.
 * @param detailJson JSON text of an object, checked by {@link readFeeDetail} before.
 */
export function writeFeeDetailReply(detailJson: string): string {
  return `{"code":1,"message":"成功","data":${detailJson}}`
}

export interface FeeDetailReply {
  /** What the desk reads of it. */
  readonly detail: FeeDetail
  /** The whole of `data` as JSON text, each number with its digits. */
  readonly detailJson: string
}

/** Reads an answer to 2.1, from a hospital system that offers the interface itself. */
export function readFeeDetailReply(bodyText: string): ReplyRead<FeeDetailReply> {
  let detailJson = '{}'
  const read = readReply(feeDetailSchema, bodyText, (data) => {
    detailJson = stringifyJson(data)
    return { ok: true, value: data, drift: [] }
  })
  return read.outcome === 'success' ? { ...read, value: { detail: read.value, detailJson } } : read
}
