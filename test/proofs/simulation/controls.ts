import Database from 'better-sqlite3'
import type { InboundAnswer, InboundHandler } from '#main/callback-listener/callback-listener.ts'
import type { Network } from '#main/desk/network.ts'
import type { TransportRequest } from '#main/http/transport.ts'
import { CallbackRepository } from '#main/store/callbacks.ts'
import { OrderBook } from '#main/store/order-book.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import type { Variant } from './simulation.ts'
import type { VirtualTime } from './virtual-time.ts'

export interface Control {
  readonly name: string
  /** The promises that it breaks: being caught by another one is luck, and does not count. */
  readonly breaks: readonly string[]
  readonly variant: Variant
}

/** Products with one promise broken, made here by putting something in front of a part or in its place. */
export function controls(): readonly Control[] {
  return [
    {
      name: 'a new appRefdSn per try',
      breaks: ['at most one refund per order and leg', 'refunds ≤ paid'],
      variant: { network: refundsAgain },
    },
    {
      name: 'no de-duplication of callbacks',
      breaks: ['one effect a message'],
      variant: {
        tamper: (database) => dropIndex(database, 'callback_once'),
        replace: () => replaceMethod(CallbackRepository.prototype, 'acceptedByKey', () => undefined),
      },
    },
    {
      name: 'no lock per order',
      breaks: ['nothing beside an open operation'],
      variant: {
        tamper: (database) => dropIndex(database, 'operation_open'),
        replace: () => replaceMethod(OrderBook.prototype, 'latestOperation', () => undefined),
      },
    },
    {
      name: 'acknowledged before it is stored',
      breaks: ['acked ⊆ stored'],
      variant: { network: acknowledgesAtOnce },
    },
  ]
}

/** A refund whose answer is lost is tried once more, under a number of its own. */
function refundsAgain(network: Network): Network {
  return {
    ...network,
    connect: (baseUrl) => {
      const transport = network.connect(baseUrl)
      return {
        close: () => transport.close(),
        send: async (request) => {
          const result = await transport.send(request)
          const isRefund = request.body.includes('"appRefdSn"')
          return result.kind === 'maybeSent' && isRefund ? transport.send(renumbered(request)) : result
        },
      }
    },
  }
}

function renumbered(request: TransportRequest): TransportRequest {
  return { ...request, body: request.body.replace(/"appRefdSn":"\w+"/, '"appRefdSn":"RF20261123130000000000X"') }
}

const STORED_MUCH_LATER_MS = 400

function acknowledgesAtOnce(network: Network, time: VirtualTime): Network {
  const careless =
    (handler: InboundHandler): InboundHandler =>
    async (message) => {
      if (message.interfaceId !== '2.2') return handler(message)
      time.after(STORED_MUCH_LATER_MS, () => void handler(message))
      return { status: 200, body: writeInboundReply(1, '成功') } satisfies InboundAnswer
    }
  return { ...network, listen: (options) => network.listen({ ...options, handler: careless(options.handler) }) }
}

function dropIndex(database: string, name: string): void {
  const db = new Database(database)
  db.exec(`DROP INDEX IF EXISTS ${name}`)
  db.close()
}

function replaceMethod<T extends object, K extends keyof T>(prototype: T, name: K, method: T[K]): () => void {
  const before = prototype[name]
  prototype[name] = method
  return () => {
    prototype[name] = before
  }
}
