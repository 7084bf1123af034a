import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { SettlementInbox } from '#main/features/callbacks/settlement-inbox.ts'
import { recordResults } from '#main/features/outbox/result-recorder.ts'
import type { Store } from '#main/store/store.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import { systemClock } from '#shared/domain/time.ts'
import { billImport, writeBillFile } from '../lib/bill-file.ts'
import type { Measurement } from '../lib/measurement.ts'
import { copyStore } from '../lib/store-copy.ts'
import { ORG_CODG } from '../orders/charges.ts'
import { APP_ID } from '../orders/order-story.ts'
import { pendingOrders } from '../orders/pending.ts'

const CALLBACKS_A_SECOND = 300
const SEARCH_EVERY_MS = 100
const TEXTS = ['王', '知行', 'zh', '0107', '123.45', 'wzh 0081', '2026'] as const

/** How long the event loop is held up while a bill is imported, people search, and the centre calls back. */
export const eventLoop: Measurement = {
  name: 'event-loop',
  what: 'event-loop delay while searching, importing a bill and taking 300 callbacks a second',
  async run({ folder, storeOf, short, say }) {
    const database = join(folder, 'cashier.db')
    const store = copyStore(storeOf(), database)
    const path = join(folder, 'bill.csv')
    writeBillFile(store, path, short ? 5_000 : 100_000)
    const seconds = short ? 5 : 30
    const stop = startLoad(store, seconds * CALLBACKS_A_SECOND)
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const bills = await importsFor(seconds * 1000, billImport(store, database, path))
    delay.disable()
    const taken = await stop()
    store.close()
    say(`${taken} callbacks and ${bills} bills in ${seconds} s; the longest delay was ${ms(delay.max)} ms`)
    return [
      {
        what: 'event-loop delay, p99, under search, bill import and callbacks',
        measured: ms(delay.percentile(99)),
        unit: 'ms',
        budget: { of: 'time', atMost: 20 },
      },
    ]
  },
}

function ms(nanoseconds: number): number {
  return Math.round(nanoseconds / 1e5) / 10
}

/** One bill after the other. @returns how many were read. */
async function importsFor(forMs: number, importBill: () => Promise<number>): Promise<number> {
  const startedAt = performance.now()
  let bills = 0
  while (performance.now() - startedAt < forMs) {
    await importBill()
    bills += 1
  }
  return bills
}

/** @returns what ends it, when everything that it began is done, and tells how many callbacks were taken. */
function startLoad(store: Store, most: number): () => Promise<number> {
  const expected = { orgCodg: ORG_CODG, appId: APP_ID }
  const bodies = [...seeded(store, most)]
  const inbox = new SettlementInbox({ store, clock: systemClock, expected, report: (error) => console.error(error) })
  recordResults({ store, clock: systemClock, ...expected })
  const running = new Set<Promise<unknown>>()
  let owedSince = performance.now()
  const call = () => {
    const due = Math.floor(((performance.now() - owedSince) / 1000) * CALLBACKS_A_SECOND)
    owedSince += (due / CALLBACKS_A_SECOND) * 1000
    for (const body of bodies.splice(0, due)) {
      const message = { interfaceId: '2.2', body, caller: '127.0.0.1', receivedAtMs: Date.now() } as const
      const answered = inbox.receive(message).finally(() => running.delete(answered))
      running.add(answered)
    }
  }
  let searches = 0
  const search = () => {
    searches += 1
    const { words } = readSearchText(TEXTS[searches % TEXTS.length] ?? '', Date.now())
    store.orderSearch.search(words, {}, { limit: 50 })
  }
  const timers = [setInterval(call, 3), setInterval(search, SEARCH_EVERY_MS)]
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await Promise.all(running)
    return most - bodies.length
  }
}

function seeded(store: Store, count: number): readonly string[] {
  const pending = pendingOrders(1, count, '2026-07-01', Date.UTC(2026, 6, 1))
  store.transaction(() => {
    for (const { record, charge } of pending) {
      store.orders.save(record)
      store.charges.save(charge)
    }
  })
  return pending.map(({ settlement }) => settlement)
}
