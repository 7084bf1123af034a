import type { Clock } from '#shared/domain/time.ts'
import type { Callbacks } from './callbacks.ts'
import { type CentreOrder, isOpen, type OrderBook } from './orders.ts'
import { type Answer, refuse } from './refusals.ts'
import type { Split } from './settle.ts'

/** What the patient does, from the phone page, the control API or the clock. */
export interface Payments {
  /** A new order waits for its patient; with `payAfterMs` he pays by himself. */
  await(order: CentreOrder): void
  /** The patient opened the page: ordStas 1 becomes 2. */
  opened(order: CentreOrder): CentreOrder
  /** The patient pays: settled at once, and the hospital is told in the background. */
  pay(order: CentreOrder, split?: Split): Answer<CentreOrder>
  /** The payment fails: ordStas 15, nothing was charged. */
  fail(order: CentreOrder): Answer<CentreOrder>
  /** Tells the hospital again, for the control API. */
  tell(order: CentreOrder): Promise<boolean>
  /** Resolves when nothing is being told any more. */
  close(): Promise<void>
}

export interface PaymentTools {
  readonly book: OrderBook
  readonly callbacks: Callbacks
  readonly clock: Clock
  readonly payAfterMs: number | null
}

export function createPayments({ book, callbacks, clock, payAfterMs }: PaymentTools): Payments {
  const timers = new Set<NodeJS.Timeout>()
  const telling = new Set<Promise<unknown>>()

  const track = (work: Promise<unknown>) => {
    telling.add(work)
    void work.finally(() => telling.delete(work))
  }

  const tellAfterSettlement = async (order: CentreOrder) => {
    const told = await callbacks.tellSettlement(order.payOrdId)
    if (order.miniProgram !== null) await callbacks.tellMiniProgram(order.payOrdId, told)
  }

  const payments: Payments = {
    await(order) {
      if (payAfterMs === null) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        const now = book.byPayOrdId(order.payOrdId)
        if (now !== undefined && isOpen(now)) payments.pay(now)
      }, payAfterMs)
      timers.add(timer)
    },
    opened(order) {
      if (order.ordStas !== '1') return order
      return book.change(order.payOrdId, { ordStas: '2', changedAtMs: clock.now() })
    },
    pay(order, split = order.split) {
      if (!isOpen(order)) return refusePaying(order)
      const settledAtMs = clock.now()
      const settled = book.change(order.payOrdId, { ordStas: '6', changedAtMs: settledAtMs, settledAtMs, split })
      track(tellAfterSettlement(settled))
      return { ok: true, value: settled }
    },
    fail(order) {
      if (!isOpen(order)) return refusePaying(order)
      return { ok: true, value: book.change(order.payOrdId, { ordStas: '15', changedAtMs: clock.now() }) }
    },
    tell(order) {
      const work = callbacks.tellSettlement(order.payOrdId)
      track(work)
      return work
    },
    async close() {
      for (const timer of timers) clearTimeout(timer)
      await Promise.allSettled(telling)
    },
  }
  return payments
}

function refusePaying(order: CentreOrder): ReturnType<typeof refuse> {
  return order.settledAtMs === null ? refuse('ORDER_CLOSED') : refuse('ORDER_PAID')
}
