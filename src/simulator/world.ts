import { type Clock, systemClock } from '#shared/domain/time.ts'
import { type Bills, createBills } from './bills.ts'
import { type Callbacks, createCallbacks } from './callbacks.ts'
import type { CentreOptions } from './centre-options.ts'
import { createFaultScript, type FaultScript } from './faults.ts'
import { createOrderBook, isOpen, type OrderBook } from './orders.ts'
import { createPayments, type Payments } from './payments.ts'
import { createRefundBook, type RefundBook } from './refund-book.ts'
import { readState, writeState } from './state-file.ts'
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
  /** The port that the centre of before listened on; null when nothing is remembered. */
  readonly lastPort: number | null
  /** It listens: the port is remembered, and patients who pay by themselves go on. */
  listening(port: number): void
  close(): Promise<void>
}

export function createWorld(options: CentreOptions, baseUrl: () => string): World {
  const clock = options.clock ?? systemClock
  const stop = new AbortController()
  const { stateFile } = options
  const before = stateFile === undefined ? undefined : readState(stateFile)
  let port = before?.port ?? null
  const save = () => {
    if (stateFile !== undefined) writeState(stateFile, { port, orders: book.all(), refunds: refunds.all() })
  }
  const book = createOrderBook({ orders: before?.orders ?? [], onChange: save })
  const refunds = createRefundBook(before?.refunds, save)
  const faults = createFaultScript()
  const wire = createWireLog()
  const closing = stop.signal
  const callbacks = createCallbacks({ options, clock, book, faults, wire, closing })
  const payments = createPayments({ book, callbacks, clock, payAfterMs: options.payAfterMs })
  return {
    options,
    clock,
    book,
    refunds,
    bills: createBills(),
    faults,
    wire,
    callbacks,
    payments,
    closing,
    baseUrl,
    lastPort: port,
    listening(now) {
      port = now
      save()
      for (const order of book.all().filter(isOpen)) payments.await(order)
    },
    async close() {
      stop.abort()
      await payments.close()
    },
  }
}
