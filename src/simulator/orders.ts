import { formatCompactTime } from '#shared/domain/time.ts'
import { SIMULATED_REGION } from './centre-options.ts'
import { type CentreCharge, chargeToSplit } from './charge.ts'
import type { Split } from './settle.ts'
import { splitCharge } from './settle.ts'

/** What became of one message that the centre sent about an order. */
export interface CallbackRecord {
  readonly interfaceId: '2.2' | '2.3'
  readonly sentAtMs: number
  /** HTTP status; null when no answer came. */
  readonly status: number | null
  /** The answer's code as text; null when there was no readable one. */
  readonly code: string | null
  readonly message: string
}

export interface CentreRefund {
  readonly appRefdSn: string
  readonly refdType: string
  readonly atMs: number
  readonly insurance: boolean
  readonly cash: boolean
}

/** A payment opened from the patient's mini-program (1.2) is followed by 2.3, one from the window (1.6) is not. */
export interface MiniProgramVisit {
  readonly returnUrl: string | null
  readonly notifyUrl: string | null
}

/** One order as the centre keeps it. Values are replaced, never changed in place. */
export interface CentreOrder {
  readonly payOrdId: string
  readonly payToken: string
  readonly medOrgOrd: string
  readonly setlId: string
  readonly mdtrtId: string
  readonly charge: CentreCharge
  readonly miniProgram: MiniProgramVisit | null
  readonly uploadedAtMs: number
  readonly ordStas: string
  /** When `ordStas` last changed. */
  readonly changedAtMs: number
  readonly settledAtMs: number | null
  readonly split: Split
  readonly refunds: readonly CentreRefund[]
  readonly callbacks: readonly CallbackRecord[]
}

/** Codes of an order that waits for the patient. */
export function isOpen(order: CentreOrder): boolean {
  return ['0', '1', '2'].includes(order.ordStas)
}

/** Codes after which the same hospital order may be uploaded again: nothing was paid. */
export function isClosedUnpaid(order: CentreOrder): boolean {
  return order.ordStas === '12' || order.ordStas === '15'
}

export interface OrderBook {
  open(charge: CentreCharge, miniProgram: MiniProgramVisit | null, atMs: number): CentreOrder
  /** The latest order of that hospital number. */
  byMedOrgOrd(medOrgOrd: string): CentreOrder | undefined
  byPayOrdId(payOrdId: string): CentreOrder | undefined
  byPayToken(payToken: string): CentreOrder | undefined
  all(): readonly CentreOrder[]
  change(payOrdId: string, change: Partial<CentreOrder>): CentreOrder
  /** True while another upload of that hospital number is on its way; else holds the number until `release`. */
  isHeld(medOrgOrd: string): boolean
  hold(medOrgOrd: string): void
  release(medOrgOrd: string): void
}

/** What a book begins with, and who is told of each change. */
export interface OrderBookOptions {
  /** In the order in which they were opened. */
  readonly orders?: readonly CentreOrder[]
  readonly onChange?: () => void
}

/** All orders of one running centre, in memory; what is to outlive a restart is written by `onChange`. */
export function createOrderBook({ orders: known = [], onChange = () => undefined }: OrderBookOptions = {}): OrderBook {
  const orders = new Map(known.map((order) => [order.payOrdId, order]))
  const latest = new Map(known.map((order) => [order.medOrgOrd, order.payOrdId]))
  const held = new Set<string>()
  const find = (payOrdId: string | undefined) => (payOrdId === undefined ? undefined : orders.get(payOrdId))

  return {
    open(charge, miniProgram, atMs) {
      const order = newOrder(charge, miniProgram, atMs, orders.size + 1)
      orders.set(order.payOrdId, order)
      latest.set(order.medOrgOrd, order.payOrdId)
      onChange()
      return order
    },
    byMedOrgOrd: (medOrgOrd) => find(latest.get(medOrgOrd)),
    byPayOrdId: (payOrdId) => find(payOrdId),
    byPayToken: (payToken) => [...orders.values()].find((order) => order.payToken === payToken),
    all: () => [...orders.values()],
    change(payOrdId, change) {
      const order = orders.get(payOrdId)
      if (order === undefined) throw new Error(`no such order: ${payOrdId}`)
      const changed = { ...order, ...change }
      orders.set(payOrdId, changed)
      onChange()
      return changed
    },
    isHeld: (medOrgOrd) => held.has(medOrgOrd),
    hold: (medOrgOrd) => void held.add(medOrgOrd),
    release: (medOrgOrd) => void held.delete(medOrgOrd),
  }
}

/** The token is the number under another name, so it need not be kept anywhere. */
export function payTokenOf(payOrdId: string): string {
  return payOrdId.replace(/^ORD/, 'AUTH')
}

/** Numbers in the forms seen in the wild: ORD/AUTH + region + time + 7 digits; 20 characters with one letter. */
function newOrder(
  charge: CentreCharge,
  miniProgram: MiniProgramVisit | null,
  atMs: number,
  serial: number,
): CentreOrder {
  const tail = `${SIMULATED_REGION}${formatCompactTime(atMs)}${String(serial).padStart(7, '0')}`
  const insuranceNumber = (first: string) => `${SIMULATED_REGION}G${first}${tail.slice(-12)}`
  const payOrdId = `ORD${tail}`
  return {
    payOrdId,
    payToken: payTokenOf(payOrdId),
    medOrgOrd: charge.medOrgOrd,
    setlId: insuranceNumber('8'),
    mdtrtId: charge.mdtrtId ?? insuranceNumber('9'),
    charge,
    miniProgram,
    uploadedAtMs: atMs,
    ordStas: '1',
    changedAtMs: atMs,
    settledAtMs: null,
    split: splitCharge(chargeToSplit(charge)),
    refunds: [],
    callbacks: [],
  }
}
