import { type Clock, systemClock } from '#shared/domain/time.ts'
import { type Bills, createBills } from './bills.ts'
import { type Callbacks, createCallbacks } from './callbacks.ts'
import type { CentreOptions } from './centre-options.ts'
import { createFaultScript, type FaultScript } from './faults.ts'
import { createOrderBook, type OrderBook } from './orders.ts'
import { createPayments, type Payments } from './payments.ts'
import { createRefundBook, type RefundBook } from './refund-book.ts'
import { createWireLog, type WireLog } from './wire-log.ts'

/** Everything that one running centre consists of; the interfaces and pages are views of it. */
export interface World {
  readonly options: CentreOptions
  readonly clock: Clock
  readonly book: OrderBook
  readonly refunds: RefundBook
  readonly bills: Bills
  readonly faults: FaultScript
  readonly wire: WireLog
  readonly callbacks: Callbacks
  readonly payments: Payments
  /** Aborted by `close`. */
  readonly closing: AbortSignal
  /** The server's own base URL, known once it listens. */
  baseUrl(): string
  close(): Promise<void>
}

export function createWorld(options: CentreOptions, baseUrl: () => string): World {
  const clock = options.clock ?? systemClock
  const stop = new AbortController()
  const book = createOrderBook()
  const faults = createFaultScript()
  const wire = createWireLog()
  const closing = stop.signal
  const callbacks = createCallbacks({ options, clock, book, faults, wire, closing })
  const payments = createPayments({ book, callbacks, clock, payAfterMs: options.payAfterMs })
  return {
    options,
    clock,
    book,
    refunds: createRefundBook(),
    bills: createBills(),
    faults,
    wire,
    callbacks,
    payments,
    closing,
    baseUrl,
    async close() {
      stop.abort()
      await payments.close()
    },
  }
}
