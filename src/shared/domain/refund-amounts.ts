import { addFen, type Fen, subtractFen, ZERO_FEN } from './money.ts'
import type { OperationState } from './order-view.ts'
import { isDone } from './receipt.ts'
import { legsOfRefund, ordStasAfterRefund, type RefundPosition, type RefundType } from './refund-step.ts'
import type { SettlementAmounts } from './settlement.ts'

/** An amount on each leg; `null` where nobody has told. */
export interface LegAmounts {
  readonly insuranceFen: Fen | null
  readonly cashFen: Fen | null
}

/** One refund as far as its money goes: positive amounts, `null` until told. */
export interface RefundMoney {
  readonly state: OperationState
  readonly refdType: RefundType
  readonly totalFen: Fen | null
  readonly cashFen: Fen | null
}

/** What was paid on each leg. Prepaid money is the hospital's own account and on neither. */
export function paidOnLegs({ fundFen, accountFen, ownPayFen }: SettlementAmounts): LegAmounts {
  return {
    insuranceFen: fundFen === null || accountFen === null ? null : addFen(fundFen, accountFen),
    cashFen: ownPayFen,
  }
}

/** What is proved paid minus what was given back: the most that a further refund may move on each leg. Never below zero. */
export function leftOnLegs(amounts: SettlementAmounts, refunds: readonly RefundMoney[]): LegAmounts {
  const paid = paidOnLegs(amounts)
  const back = refunds.filter(isDone).map(toldBack)
  const left = (fen: Fen | null, told: readonly Fen[]): Fen | null => {
    if (fen === null) return null
    const rest = subtractFen(fen, addFen(...told))
    return rest < 0 ? ZERO_FEN : rest
  }
  return {
    insuranceFen: left(
      paid.insuranceFen,
      back.map(({ insurance }) => insurance),
    ),
    cashFen: left(
      paid.cashFen,
      back.map(({ cash }) => cash),
    ),
  }
}

/** More back than was paid, prepaid money included, is a contradiction for a person, however the parts are told. */
export function exceedsPaid(amounts: SettlementAmounts, refunds: readonly Pick<RefundMoney, 'totalFen'>[]): boolean {
  const { insuranceFen, cashFen } = paidOnLegs(amounts)
  if (insuranceFen === null || cashFen === null) return false
  const paid = addFen(insuranceFen, cashFen, amounts.prepaidFen ?? ZERO_FEN)
  return addFen(...refunds.map(({ totalFen }) => totalFen ?? ZERO_FEN)) > paid
}

/** Legs of which all that was paid has been given back already: a further refund of them would be more than was paid. */
export function spentLegs(amounts: SettlementAmounts, refunds: readonly RefundMoney[]): SpentLegs {
  const paid = paidOnLegs(amounts)
  const left = leftOnLegs(amounts, refunds)
  // A leg of nothing is not spent: giving back its 0.00 is how an order comes to be refunded as a whole.
  const spent = (before: Fen | null, after: Fen | null) => before !== null && before > 0 && after === 0
  return {
    insurance: spent(paid.insuranceFen, left.insuranceFen),
    cash: spent(paid.cashFen, left.cashFen),
  }
}

export type SpentLegs = NonNullable<RefundPosition['spent']>

/** What a refund of this type gives back on each leg; `undefined` for a leg that stays as it is. */
export function refundDue(
  type: RefundType,
  order: RefundPosition,
  left: LegAmounts,
): { readonly insurance: Fen | null | undefined; readonly cash: Fen | null | undefined } {
  const back = legsOfRefund(type, order)
  return {
    insurance: back.insurance ? left.insuranceFen : undefined,
    cash: back.cash ? left.cashFen : undefined,
  }
}

/**
 * The status that a reply to 1.4 proves. A cash part that it names smaller than what was due did not go back as a
 * whole, whatever was asked for.
 */
export function ordStasAfterReply(
  type: RefundType,
  order: RefundPosition,
  dueCashFen: Fen | null | undefined,
  toldCashFen: Fen | null,
): string {
  const isShort = dueCashFen != null && toldCashFen !== null && toldCashFen < dueCashFen
  if (!isShort) return ordStasAfterRefund(type, order)
  const insuranceBack = legsOfRefund(type, order).insurance || order.legs.insurance === 'refunded'
  if (toldCashFen > 0) return insuranceBack ? '11' : '10'
  return insuranceBack ? '8' : '6'
}

function toldBack({ refdType, totalFen, cashFen }: RefundMoney): { insurance: Fen; cash: Fen } {
  const total = totalFen ?? ZERO_FEN
  if (refdType === 'CASH') return { insurance: ZERO_FEN, cash: cashFen ?? total }
  const cash = cashFen ?? ZERO_FEN
  return { insurance: total > cash ? subtractFen(total, cash) : ZERO_FEN, cash }
}
