import type { JsonObject } from '#shared/centre/json.ts'
import { type RefundRequest, readRefundRequest } from '#shared/centre/refund.ts'
import { addFen, ZERO_FEN } from '#shared/domain/money.ts'
import { type LegState, readOrdStas } from '#shared/domain/order-status.ts'
import { findOrder } from '#simulator/desk-checks.ts'
import { refundOrder } from '#simulator/desk-refund.ts'
import { insuranceFen, yuan } from '#simulator/insurance-details.ts'
import type { CentreOrder } from '#simulator/orders.ts'
import { type Answer, refuse } from '#simulator/refusals.ts'
import { dataReply } from '#simulator/replies.ts'
import type { World } from '#simulator/world.ts'
import type { Ledger } from './ledger.ts'

/**
 * 1.4 at a centre that keeps no promise but one: the same `appRefdSn` moves money once. A new number gives a leg back
 * again, even if it went back before. What moved is written into the ledger.
 */
export function refundWithoutLooking(world: World, ledger: Ledger, body: string, half: boolean): Answer<JsonObject> {
  const read = readRefundRequest(body)
  const found = read.ok ? findOrder(world, read.value) : undefined
  if (!read.ok || found === undefined || !found.ok) return refundOrder(world, body)
  if (world.refunds.find(read.value.appRefdSn) !== undefined) return refundOrder(world, body)
  if (half && read.value.refdType === 'ALL') return refundHalf(world, ledger, read.value, found.value)

  const legs = legsOf(read.value, found.value)
  const answer = refundOrder(world, body)
  if (!answer.ok && !legs.some((leg) => isRefunded(found.value, leg))) return answer
  execute(ledger, found.value, legs)
  return answer.ok ? answer : { ok: true, value: remember(world, read.value, found.value) }
}

/** The insurance leg goes back, and then the centre falls over. */
function refundHalf(world: World, ledger: Ledger, request: RefundRequest, order: CentreOrder): Answer<JsonObject> {
  if (order.split.setlType !== 'ALL' || !['5', '6'].includes(order.ordStas)) return refuse('NOT_PAID')
  execute(ledger, order, ['insurance'])
  world.book.change(order.payOrdId, { ordStas: '8', changedAtMs: world.clock.now() })
  return { ok: true, value: remember(world, request, order) }
}

type Leg = 'insurance' | 'cash'

/** The legs that this refund names and that ever held money. */
function legsOf({ refdType }: RefundRequest, order: CentreOrder): readonly Leg[] {
  const { split } = order
  const moved = (leg: Leg) => isRefunded(order, leg) || legState(order, leg) === 'paid'
  const wanted: Leg[] = []
  if (refdType !== 'CASH' && split.setlType !== 'CASH' && moved('insurance')) wanted.push('insurance')
  if (refdType !== 'HI' && split.setlType !== 'HI' && moved('cash')) wanted.push('cash')
  return wanted
}

function isRefunded(order: CentreOrder, leg: Leg): boolean {
  return legState(order, leg) === 'refunded'
}

function legState({ ordStas, split }: CentreOrder, leg: Leg): LegState | undefined {
  return readOrdStas(ordStas, split.setlType)?.legs[leg]
}

function execute(ledger: Ledger, order: CentreOrder, legs: readonly Leg[]): void {
  for (const leg of legs) {
    const fen = leg === 'cash' ? order.split.amounts.ownPayFen : insuranceFen(order)
    ledger.refunds.push({ payOrdId: order.payOrdId, medOrgOrd: order.medOrgOrd, leg, fen })
    ledger.note(`refunded ${order.payOrdId} ${leg}`)
  }
}

function remember(world: World, request: RefundRequest, order: CentreOrder): JsonObject {
  const { amounts } = order.split
  const total = addFen(insuranceFen(order), request.refdType === 'HI' ? ZERO_FEN : amounts.ownPayFen)
  const answer = dataReply({ medOrgOrd: order.medOrgOrd, feeSumamt: yuan(total) }, { success: true })
  const content = JSON.stringify([order.payOrdId, request.refdType, request.refChannel])
  world.refunds.record(request.appRefdSn, { content, answer })
  return answer
}
