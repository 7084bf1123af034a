import type { InboundAnswer, InboundHandler } from '#main/callback-listener/callback-listener.ts'
import { startListener } from '#main/callback-listener/start-listener.ts'
import { judgeSettlement } from '#main/features/callbacks/judge-settlement.ts'
import { SettlementInbox } from '#main/features/callbacks/settlement-inbox.ts'
import { recordResults } from '#main/features/outbox/result-recorder.ts'
import { CHECKPOINT_SOURCE } from '#main/store/checkpoint/checkpointer.ts'
import type { Commits } from '#main/store/group-commit.ts'
import { openStore, type Store } from '#main/store/store.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { systemClock } from '#shared/domain/time.ts'
import { ORG_CODG } from '../orders/charges.ts'
import { APP_ID } from '../orders/order-story.ts'
import { pendingOrders } from '../orders/pending.ts'

/**
 * The callback listener in a process of its own, with one of three handlers behind it. `desk`: the product's inbox.
 * `bare`: reads the same body and stores nothing. `each`: the product's inbox too, with all that it writes for a message,
 * but no commit is shared: one for the message, one for its effect, each with its fsync.
 * Arguments: handler, database, number of the first order, how many. Prints its address.
 */
const [kind = '', path = '', first = '0', count = '0'] = process.argv.slice(2)
const expected = { orgCodg: ORG_CODG, appId: APP_ID }
const ACCEPTED: InboundAnswer = { status: 200, body: writeInboundReply(1, '成功') }
const report = (error: unknown) => console.error(error)

const store = kind === 'bare' ? undefined : seededStore()
const listener = await startListener({
  settings: { ...settingsSchema.parse({ environment: 'test', his: { source: 'simulator' } }).listener, port: 0 },
  handler: handlerOf(),
  clock: systemClock,
})
process.on('SIGTERM', async () => {
  await listener.close()
  store?.close()
  process.exit(0)
})
console.log(listener.status.state === 'listening' ? listener.status.url : listener.status.words)

function seededStore(): Store {
  const opened = openStore({ path }, systemClock, { report, checkpointFile: CHECKPOINT_SOURCE })
  if (!opened.ok) throw new Error(opened.error.words)
  const { value } = opened
  value.transaction(() => {
    for (const { record, charge } of pendingOrders(Number(first), Number(count), '2026-07-01', Date.UTC(2026, 6, 1))) {
      value.orders.save(record)
      value.charges.save(charge)
    }
  })
  return value
}

function handlerOf(): InboundHandler {
  if (store === undefined) {
    return async ({ body }) => {
      if (judgeSettlement(body, expected).kind !== 'settlement') throw new Error('not a settlement')
      return ACCEPTED
    }
  }
  const served: Store = kind === 'each' ? { ...store, commits: oneByOne(store) } : store
  recordResults({ store: served, clock: systemClock, ...expected })
  const inbox = new SettlementInbox({ store: served, clock: systemClock, expected, report })
  return (message) => inbox.receive(message)
}

/** A commit for each message with its line in the journal's copy, and another for its effect. */
function oneByOne({ transaction }: Store): Commits {
  return {
    join: async (work) => transaction(work),
    follow: (work) => void setImmediate(() => transaction(work)),
    durable: async () => undefined,
    flush: () => undefined,
  }
}
