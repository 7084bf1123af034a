import { z } from 'zod'
import type { LegState, Legs, OrderState, SetlType } from './order-status.ts'

/** What may be given back: everything, the cash part only, the insurance part only (interface 1.4). */
export const REFUND_TYPES = ['ALL', 'HI', 'CASH'] as const
export const refundTypeSchema = z.enum(REFUND_TYPES, { error: '应为 ALL、CASH 或 HI' })
export type RefundType = z.infer<typeof refundTypeSchema>

export const REFUND_OBSTACLES = [
  'notPaid',
  'alreadyRefunded',
  'legAbsent',
  'legRefunded',
  'insuranceFirst',
  'onlyRestLeft',
  'nothingLeft',
  'outcomeUnknown',
  'needsPerson',
] as const
export type RefundObstacle = (typeof REFUND_OBSTACLES)[number]

/** What has been proved of an order, as far as a refund asks. */
export interface RefundPosition {
  readonly state: OrderState
  readonly legs: Legs
  readonly setlType: SetlType | null
  /** Legs of which everything has been given back by what the centre told of earlier refunds. */
  readonly spent?: { readonly insurance: boolean; readonly cash: boolean } | undefined
}

/**
 * Why this refund may not be started; `undefined` when it may. Insurance goes back before cash, because the cash part
 * cannot be proved without it (money-safety.md, rule 7). Pure and total.
 */
export function refundObstacle(order: RefundPosition, type: RefundType): RefundObstacle | undefined {
  const closed = STATE_OBSTACLES[order.state]
  if (closed !== undefined) return closed
  return legsObstacle(order, type) ?? (isSpent(order, type) ? 'nothingLeft' : undefined)
}

function legsObstacle(order: RefundPosition, type: RefundType): RefundObstacle | undefined {
  const { insurance, cash } = refundableLegs(order)
  switch (type) {
    case 'ALL':
      return wholeObstacle(order, insurance, cash)
    case 'HI':
      return legObstacle(order.legs.insurance, insurance)
    case 'CASH':
      return legObstacle(order.legs.cash, cash) ?? (insurance ? 'insuranceFirst' : undefined)
  }
}

/** The only legal next step of an order that is half refunded or half paid; `undefined` when there is none. */
export function nextRefundStep(order: RefundPosition): RefundType | undefined {
  if (order.state !== 'partlyRefunded' && order.state !== 'partlySettled') return undefined
  return (['HI', 'CASH'] as const).find((type) => refundObstacle(order, type) === undefined)
}

/** Which legs a refund of this type gives back. */
export function legsOfRefund(type: RefundType, order: RefundPosition): { insurance: boolean; cash: boolean } {
  const refundable = refundableLegs(order)
  return {
    insurance: type !== 'CASH' && refundable.insurance,
    cash: type !== 'HI' && refundable.cash,
  }
}

/** The status that the centre would name after these legs went back: 7 all, 8 insurance only, 9 cash only. */
export function ordStasAfterRefund(type: RefundType, order: RefundPosition): string {
  const left = refundableLegs(order)
  const back = legsOfRefund(type, order)
  if (left.insurance && !back.insurance) return '9'
  return left.cash && !back.cash ? '8' : '7'
}

const STATE_OBSTACLES: Readonly<Partial<Record<OrderState, RefundObstacle>>> = {
  created: 'notPaid',
  uploaded: 'notPaid',
  paying: 'notPaid',
  revoked: 'notPaid',
  failed: 'notPaid',
  refunded: 'alreadyRefunded',
  refunding: 'outcomeUnknown',
  unknown: 'outcomeUnknown',
  suspense: 'needsPerson',
}

/** Legs that hold money: paid, or given back in part. */
function refundableLegs({ legs, setlType }: RefundPosition): { insurance: boolean; cash: boolean } {
  return {
    insurance: setlType !== 'CASH' && holdsMoney(legs.insurance),
    cash: setlType !== 'HI' && holdsMoney(legs.cash),
  }
}

function holdsMoney(leg: LegState): boolean {
  return leg === 'paid' || leg === 'partlyRefunded'
}

/** Never more than was paid: checked before it is asked for, whatever the legs say. */
function isSpent({ spent }: RefundPosition, type: RefundType): boolean {
  if (spent === undefined) return false
  if (type === 'ALL') return spent.insurance || spent.cash
  return type === 'HI' ? spent.insurance : spent.cash
}

/** "Everything" is one step only while nothing has gone back and nothing is missing. */
function wholeObstacle(order: RefundPosition, insurance: boolean, cash: boolean): RefundObstacle | undefined {
  if (!insurance && !cash) return 'needsPerson'
  return order.state === 'settled' ? undefined : 'onlyRestLeft'
}

function legObstacle(leg: LegState, refundable: boolean): RefundObstacle | undefined {
  if (refundable) return undefined
  if (leg === 'refunded') return 'legRefunded'
  return leg === 'none' ? 'legAbsent' : 'needsPerson'
}
