import type { OrderRecord } from '#main/store/order-record.ts'
import type { OutboxRecord, ResultType } from '#main/store/outbox.ts'
import { shownAmounts } from '#main/store/present-order.ts'
import { isJsonObject, JsonNumber, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { readFlatMessage } from '#shared/centre/settlement-result.ts'
import type { Refund } from '#shared/contract/orders.ts'
import { type Fen, yuanText } from '#shared/domain/money.ts'

/** What a result says of one order, before it is text. */
export interface ResultFacts {
  readonly resultId: string
  readonly resultType: ResultType
  readonly record: OrderRecord
  readonly appId: string
  readonly orgCodg: string
  /** As the message that proved it writes it. */
  readonly paidAt: unknown
  /** Refunds that were done. */
  readonly refunds: readonly Refund[]
}

/**
 * What is told to the hospital's system but for the details: the flat form of 2.2 with our amounts, in yuan as numbers
 * with two decimals, and beside it what kind of result it is, its number for telling a repeat, and the two legs. A refund
 * names each refund that was done, in positive amounts.
 */
export function writeResultBody({ record, ...facts }: ResultFacts): string {
  const { proof } = record
  const amounts = shownAmounts(record)
  return stringifyJson({
    resultType: facts.resultType,
    resultId: facts.resultId,
    appId: facts.appId,
    orgCodg: facts.orgCodg,
    medOrgOrd: record.medOrgOrd,
    payOrdId: record.payOrdId ?? undefined,
    ordStas: proof.ordStas ?? undefined,
    setlType: proof.setlType ?? undefined,
    feeSumamt: yuan(amounts.feeSumFen),
    fundPay: yuan(amounts.fundFen),
    psnAcctPay: yuan(amounts.accountFen),
    ownpayAmt: yuan(amounts.ownPayFen),
    outOfMIFee: yuan(amounts.outOfCatalogueFen),
    prePaidDeduction: yuan(amounts.prepaidFen),
    hiChrgTime: facts.paidAt,
    hiDocSn: record.hiDocSn ?? undefined,
    hiRgstSn: record.hiRgstSn ?? undefined,
    legs: proof.legs,
    ...(facts.resultType === 'refund' ? { refunds: facts.refunds.map(refundData) } : {}),
  })
}

/** The body with the details of the message that proved it, raw. They are most of it. */
export function withDetails(body: string, { extData, uploadInfo }: JsonObject): string {
  const facts = parseJson(body)?.value
  return isJsonObject(facts) ? stringifyJson({ ...facts, extData, uploadInfo }) : body
}

/**
 * The whole body as the hospital's system gets it: the same at each try, since neither a result nor a stored callback
 * changes, until its persons are purged from both.
 */
export function toldBody({ body, message }: Pick<OutboxRecord, 'body' | 'message'>): string {
  const flat = message === null ? undefined : readFlatMessage(message)
  return flat?.ok === true ? withDetails(body, flat.value) : body
}

/**
 * What makes two results of an order the same: money, legs and numbers. A later status code that says the same (5, then
 * 6) or a repeated answer is no new result.
 */
export function resultKey(resultType: ResultType, record: OrderRecord): string {
  const { proof, payOrdId, hiDocSn, hiRgstSn } = record
  return JSON.stringify([resultType, proof.legs, proof.setlType, shownAmounts(record), payOrdId, hiDocSn, hiRgstSn])
}

function refundData(refund: Refund): object {
  return {
    appRefdSn: refund.appRefdSn,
    refdType: refund.refdType,
    refChannel: refund.refChannel,
    feeSumamt: yuan(refund.totalFen),
    ownpayRefAmt: yuan(refund.cashFen),
    fundPay: yuan(refund.fundFen),
    psnAcctPay: yuan(refund.accountFen),
    ownpayChannel: refund.cashChannel ?? undefined,
  }
}

/** What nobody has told stays out. */
function yuan(amount: Fen | null): JsonNumber | undefined {
  return amount === null ? undefined : new JsonNumber(yuanText(amount))
}
