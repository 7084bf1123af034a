import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { type RefundRequest, readRefundRequest } from '#shared/centre/refund.ts'
import { addFen, type Fen, ZERO_FEN } from '#shared/domain/money.ts'
import { type Legs, readOrdStas } from '#shared/domain/order-status.ts'
import { ok } from '#shared/domain/result.ts'
import { findOrder } from './desk-checks.ts'
import { insuranceFen, negative, refundExtData, yuan } from './insurance-details.ts'
import type { CentreOrder } from './orders.ts'
import { type Answer, refuse, refuseProblems } from './refusals.ts'
import { dataReply } from './replies.ts'
import type { World } from './world.ts'

/** 1.4. A number that was done before answers its first answer, whatever has become of the order since. */
export function refundOrder(world: World, bodyText: string): Answer<JsonObject> {
  const read = readRefundRequest(bodyText)
  if (!read.ok) return refuseProblems('MALFORMED', read.problems)
  const request = read.value
  if (request.ecToken !== undefined && !/^[\x21-\x7e]{20,64}$/.test(request.ecToken)) return refuse('TOKEN_IMPLAUSIBLE')
  const found = findOrder(world, request)
  if (!found.ok) return found
  const content = contentOf(request, found.value)
  const before = world.refunds.find(request.appRefdSn)
  if (before !== undefined) return before.content === content ? ok(before.answer) : refuse('REFUND_NUMBER_REUSED')

  const legs = legsToRefund(found.value, request.refdType)
  if (!legs.ok) return legs
  const answer = refundLegs(world, found.value, request, legs.value)
  world.refunds.record(request.appRefdSn, { content, answer })
  return ok(answer)
}

interface WantedLegs {
  readonly insurance: boolean
  readonly cash: boolean
}

/** Which legs go back: each wanted one must exist and be paid, so no leg is ever refunded twice. */
function legsToRefund(order: CentreOrder, refdType: RefundRequest['refdType']): Answer<WantedLegs> {
  const paid = legsOf(order)
  const wanted = {
    insurance: refdType !== 'CASH' && order.split.setlType !== 'CASH',
    cash: refdType !== 'HI' && order.split.setlType !== 'HI',
  }
  if (!wanted.insurance && !wanted.cash) return refuse('LEG_ABSENT')
  const states = [wanted.insurance ? paid.insurance : 'paid', wanted.cash ? paid.cash : 'paid']
  if (states.includes('refunded')) return refuse('LEG_REFUNDED')
  return states.every((state) => state === 'paid') ? ok(wanted) : refuse('NOT_PAID')
}

function legsOf(order: CentreOrder): Legs {
  return readOrdStas(order.ordStas, order.split.setlType)?.legs ?? { insurance: 'unknown', cash: 'unknown' }
}

function refundLegs(world: World, order: CentreOrder, request: RefundRequest, back: WantedLegs): JsonObject {
  const atMs = world.clock.now()
  const { appRefdSn, refdType } = request
  world.book.change(order.payOrdId, {
    ordStas: statusAfter(legsOf(order), back),
    changedAtMs: atMs,
    refunds: [...order.refunds, { appRefdSn, refdType, atMs, ...back }],
  })
  return refundReply(order, back)
}

/** 7 all refunded, 8 insurance only, 9 self-paid part only (dictionaries). */
function statusAfter(before: Legs, back: WantedLegs): string {
  const insuranceLeft = before.insurance === 'paid' && !back.insurance
  const cashLeft = before.cash === 'paid' && !back.cash
  if (insuranceLeft) return '9'
  return cashLeft ? '8' : '7'
}

/**
 * Total positive, parts negative, `success` a boolean on top (quirks Q9 and Q3). Prepaid money goes back to the
 * hospital's own prepaid balance, so it is in no part of this.
 */
function refundReply(order: CentreOrder, back: WantedLegs): JsonObject {
  const cashFen: Fen = back.cash ? order.split.amounts.ownPayFen : ZERO_FEN
  const total = addFen(cashFen, back.insurance ? insuranceFen(order) : ZERO_FEN)
  const cash = back.cash ? { ownpayChannel: '模拟银行', ownpayRefAmt: yuan(negative(cashFen)) } : {}
  const insurance = back.insurance ? { extData: refundExtData(order, back.cash) } : {}
  return dataReply({ medOrgOrd: order.medOrgOrd, feeSumamt: yuan(total), ...cash, ...insurance }, { success: true })
}

/** What makes two requests the same refund: never the token, which is fresh at every scan. */
function contentOf(request: RefundRequest, order: CentreOrder): string {
  return stringifyJson([order.payOrdId, request.refdType, request.refChannel])
}
