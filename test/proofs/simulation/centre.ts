import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { readCode, readObject } from '#shared/centre/wire-read.ts'
import type { Clock } from '#shared/domain/time.ts'
import { createBills } from '#simulator/bills.ts'
import type { Callbacks } from '#simulator/callbacks.ts'
import type { CentreOptions } from '#simulator/centre-options.ts'
import { chargeToSplit, readCharge } from '#simulator/charge.ts'
import { notifyClinic, queryOrder } from '#simulator/desk-reads.ts'
import { openOrder, revokeUpload, uploadFees } from '#simulator/desk-upload.ts'
import { createFaultScript, distort } from '#simulator/faults.ts'
import { type CentreOrder, createOrderBook, isOpen } from '#simulator/orders.ts'
import { createPayments } from '#simulator/payments.ts'
import { createRefundBook } from '#simulator/refund-book.ts'
import { type Answer, refuse } from '#simulator/refusals.ts'
import { miniProgramMessage, settlementMessage } from '#simulator/replies.ts'
import { splitCharge } from '#simulator/settle.ts'
import { createWireLog } from '#simulator/wire-log.ts'
import type { World } from '#simulator/world.ts'
import type { Ledger } from './ledger.ts'
import { refundWithoutLooking } from './lenient-refund.ts'
import type { CallbackInterface, RequestInterface, Step } from './steps.ts'
import type { VirtualTime } from './virtual-time.ts'

/** One message to the desk. @returns the answer's status and body; undefined when none came. */
export type TellDesk = (
  interfaceId: CallbackInterface,
  body: string,
  medOrgOrd: string,
) => Promise<{ readonly status: number; readonly body: string } | undefined>

export type PatientAct = Extract<Step, { do: 'patient' }>['act']
export type Forgery = Extract<Step, { do: 'tell' }>['how']

const TRIES = 3
const PAUSE_MS = 2_000

/**
 * The simulated centre's own book and interfaces without its sockets, in virtual time. Where a real centre might be
 * careless this one is: it gives back a leg for every new refund number, so a number too many moves money twice.
 */
export class VirtualCentre {
  readonly #world: World
  readonly #ledger: Ledger
  readonly #time: VirtualTime
  readonly #tell: TellDesk
  /** Codes that 1.3 names for a while, whatever is true. */
  readonly #says = new Map<string, { readonly code: string; readonly untilMs: number }>()

  constructor(parts: { options: CentreOptions; time: VirtualTime; ledger: Ledger; tell: TellDesk }) {
    this.#ledger = parts.ledger
    this.#time = parts.time
    this.#tell = parts.tell
    this.#world = worldOf(parts.options, parts.time, this.#callbacks(parts.options))
  }

  /** The latest order of that hospital number. */
  order(medOrgOrd: string): CentreOrder | undefined {
    return this.#world.book.byMedOrgOrd(medOrgOrd)
  }

  orderOfPayOrdId(payOrdId: string): CentreOrder | undefined {
    return this.#world.book.byPayOrdId(payOrdId)
  }

  orders(): readonly CentreOrder[] {
    return this.#world.book.all()
  }

  /** Acts on one request. @param half a refund of everything breaks off after the insurance leg. */
  async answer(interfaceId: RequestInterface, body: string, half: boolean): Promise<string> {
    const answer = await this.#act(interfaceId, body, half)
    return stringifyJson(answer.ok ? answer.value : answer.error)
  }

  says(medOrgOrd: string, code: string, ms: number): void {
    this.#says.set(medOrgOrd, { code, untilMs: this.#time.now() + ms })
  }

  /** From now on 1.3 tells the truth. */
  tellTruth(): void {
    this.#says.clear()
  }

  /** @returns whether the act applied. */
  async patient(medOrgOrd: string, act: PatientAct): Promise<boolean> {
    const { book, payments } = this.#world
    if (act === 'miniProgram') {
      return (await openOrder(this.#world, medOrgOrd, { returnUrl: null, notifyUrl: null })).ok
    }
    const order = book.byMedOrgOrd(medOrgOrd)
    if (order === undefined) return false
    if (act === 'complete') return this.#complete(order)
    if (!isOpen(order)) return false
    if (act === 'open') payments.opened(order)
    else if (act === 'fail') payments.fail(order)
    else if (act === 'pay' || act === 'payCash' || act === 'payInsurance') payments.pay(order, splitOf(order, act))
    else this.#change(order, HALF_CODES[act], this.#time.now())
    return true
  }

  /** Sends one more settlement result of a paid order. */
  tellAgain(medOrgOrd: string, how: Forgery): boolean {
    const order = this.order(medOrgOrd)
    if (order === undefined || !isSettled(order)) return false
    const message = settlementMessage(order, this.#world.options.appId)
    const sent = how === 'honest' ? message : distort(message, [{ interface: '2.2', kind: FORGERIES[how] }])
    void this.#tell('2.2', stringifyJson(sent), medOrgOrd)
    return true
  }

  #act(interfaceId: RequestInterface, body: string, half: boolean): Answer<JsonObject> | Promise<Answer<JsonObject>> {
    switch (interfaceId) {
      case '1.3':
        return this.#query(body)
      case '1.4':
        return refundWithoutLooking(this.#world, this.#ledger, body, half)
      case '1.6':
        return uploadFees(this.#world, body)
      case '1.7':
        return revokeUpload(this.#world, body)
      case '1.8':
        return notifyClinic(this.#world, body)
    }
  }

  #query(body: string): Answer<JsonObject> {
    const answer = queryOrder(this.#world, body)
    if (!answer.ok) return answer
    const { data } = answer.value
    const medOrgOrd = typeof data === 'object' && data !== null && 'medOrgOrd' in data ? String(data.medOrgOrd) : ''
    const said = this.#says.get(medOrgOrd)
    if (said === undefined || said.untilMs <= this.#time.now()) return answer
    // A false end of an order that still waits cannot be told from a true one: no desk could know better.
    const order = this.order(medOrgOrd)
    if (['12', '15'].includes(said.code) && (order === undefined || isOpen(order))) return answer
    return { ok: true, value: distort(answer.value, [{ interface: '1.3', kind: 'ordStas', value: said.code }]) }
  }

  #complete(order: CentreOrder): boolean {
    if (order.ordStas !== '3' && order.ordStas !== '4') return false
    this.#change(order, '6', order.settledAtMs ?? this.#time.now())
    void this.#world.payments.tell(order)
    return true
  }

  #change(order: CentreOrder, ordStas: string, settledAtMs: number): void {
    this.#world.book.change(order.payOrdId, { ordStas, changedAtMs: this.#time.now(), settledAtMs })
  }

  #callbacks(options: CentreOptions): Callbacks {
    const orderOf = (payOrdId: string) => {
      const order = this.#world.book.byPayOrdId(payOrdId)
      if (order === undefined) throw new Error('an order vanished from the book')
      return order
    }
    return {
      fetchCharge: async (medOrgOrd) => {
        const asked = { orgCodg: options.orgCodg, medOrgOrd }
        const answer = await this.#tell('2.1', JSON.stringify(asked), medOrgOrd)
        if (answer === undefined) return refuse('FEE_DETAIL_UNREACHABLE')
        return answer.status === 200 ? readCharge(asked, answer.body) : refuse('FEE_DETAIL_REFUSED')
      },
      tellSettlement: async (payOrdId) => {
        const order = orderOf(payOrdId)
        return this.#deliver(stringifyJson(settlementMessage(order, options.appId)), order.medOrgOrd)
      },
      tellMiniProgram: async (payOrdId, told) => {
        const order = orderOf(payOrdId)
        await this.#tell('2.3', stringifyJson(miniProgramMessage(order, told)), order.medOrgOrd)
      },
    }
  }

  /** Until code 1, at most three times. */
  async #deliver(body: string, medOrgOrd: string): Promise<boolean> {
    for (let left = TRIES; left > 0; left -= 1) {
      const answer = await this.#tell('2.2', body, medOrgOrd)
      if (isAcknowledged(answer)) return true
      await new Promise<void>((resolve) => this.#time.after(PAUSE_MS, resolve))
    }
    return false
  }
}

/** Paid in full, whatever went back since: what a settlement result may be sent of. */
function isSettled({ ordStas }: CentreOrder): boolean {
  return ['5', '6', '7', '8', '9'].includes(ordStas)
}

/** HTTP 200 and code 1: the desk has taken it. */
export function isAcknowledged(answer: { readonly status: number; readonly body: string } | undefined): boolean {
  if (answer?.status !== 200) return false
  const read = readObject(answer.body)
  return read.ok && readCode(read.value.code) === '1'
}

const HALF_CODES = { halfCash: '3', halfInsurance: '4', worst: '16' } as const
const FORGERIES = { badIdentity: 'badIdentity', otherMoney: 'otherMoney', foreign: 'otherOrder' } as const

function splitOf(order: CentreOrder, act: 'pay' | 'payCash' | 'payInsurance') {
  if (act === 'pay') return order.split
  return splitCharge(chargeToSplit(order.charge), act === 'payCash' ? 'CASH' : 'HI')
}

function worldOf(options: CentreOptions, clock: Clock, callbacks: Callbacks): World {
  const book = createOrderBook()
  return {
    options,
    clock,
    book,
    callbacks,
    refunds: createRefundBook(),
    bills: createBills(),
    faults: createFaultScript(),
    wire: createWireLog(),
    payments: createPayments({ book, callbacks, clock, payAfterMs: null }),
    closing: new AbortController().signal,
    baseUrl: () => 'http://centre.sim',
    lastPort: null,
    listening: () => undefined,
    close: async () => undefined,
  }
}
