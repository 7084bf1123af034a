import { z } from 'zod'
import type { Fen } from '../domain/money.ts'
import { fen } from '../domain/money.ts'
import { SETTLEMENT_DETAILS } from './details-table.ts'
import {
  oneOf,
  orderNumbersShape,
  wireAmount,
  wireEmbedded,
  wireOptionalAmount,
  wireOptionalText,
  wireText,
} from './fields.ts'
import { stringifyJson } from './json.ts'
import { requireOrderNumber } from './query-order.ts'
import { readSettlementInfo, withReplyConflicts } from './settlement-info.ts'
import { documented } from './wire-facts.ts'
import { type ReplyRead, readReply, readRequest, requireThat, type WireRead } from './wire-read.ts'

/** What is given back: everything, the cash part only, the insurance part only. */
export const REFD_TYPES = ['ALL', 'CASH', 'HI'] as const
export type RefdType = (typeof REFD_TYPES)[number]

/** online: by the patient's mini-program; offline: by the insurance app, with a fresh scan at the window. */
export const REF_CHANNELS = ['online', 'offline'] as const
export type RefChannel = (typeof REF_CHANNELS)[number]

/** Interface 1.4, refund. `appRefdSn` is minted once for one intent and never changes on a repeat. */
export const refundRequestSchema = z.object({
  appId: wireText,
  ...orderNumbersShape,
  appRefdSn: wireText,
  refChannel: wireText.pipe(oneOf(REF_CHANNELS)),
  ecToken: wireOptionalText,
  refdType: wireText.pipe(oneOf(REFD_TYPES)),
})
export type RefundRequest = z.output<typeof refundRequestSchema>

export function writeRefundRequest(request: RefundRequest): string {
  return stringifyJson(request)
}

export function readRefundRequest(bodyText: string): WireRead<RefundRequest> {
  const read = requireOrderNumber(readRequest(refundRequestSchema, bodyText))
  return requireThat(read, (request) => request.refChannel === 'online' || request.ecToken !== undefined, {
    path: 'ecToken',
    expected: 'refChannel 为 offline 时必填',
  })
}

/** The reply's `data`, signs as published: feeSumamt positive, ownpayRefAmt and the insurance amounts negative (Q9). */
export const refundReplySchema = z.object({
  medOrgOrd: wireText,
  feeSumamt: wireAmount,
  ownpayChannel: wireOptionalText,
  ownpayRefAmt: wireOptionalAmount,
  extData: documented(wireEmbedded, { inside: SETTLEMENT_DETAILS }),
})
export type RefundReply = z.output<typeof refundReplySchema>

export function readRefundReply(bodyText: string): ReplyRead<RefundReply> {
  return withReplyConflicts(readReply(refundReplySchema, bodyText))
}

/** One refund in positive amounts; `null` where the centre has not told the part. */
export interface RefundView {
  readonly totalFen: Fen
  readonly cashFen: Fen | null
  readonly fundFen: Fen | null
  readonly accountFen: Fen | null
  readonly cashChannel: string | null
}

/** Quirk Q9: whatever signs the reply mixes, people see money given back as one positive refund. */
export function viewRefund(reply: RefundReply): RefundView {
  const { info } = readSettlementInfo(reply.extData)
  return {
    totalFen: fen(Math.abs(reply.feeSumamt)),
    cashFen: positive(reply.ownpayRefAmt),
    fundFen: positive(info.fundPaySumamt),
    accountFen: positive(info.acctPay),
    cashChannel: reply.ownpayChannel ?? null,
  }
}

function positive(amount: Fen | undefined): Fen | null {
  return amount === undefined ? null : fen(Math.abs(amount))
}
