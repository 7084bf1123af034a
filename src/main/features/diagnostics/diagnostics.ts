import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { CallbackRecord } from '#main/store/callbacks.ts'
import type { Store } from '#main/store/store.ts'
import type { ExchangeRecord } from '#main/store/wire-log.ts'
import { maskMessage } from '#shared/centre/mask-message.ts'
import type { WireMessage } from '#shared/contract/diagnostics.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok } from '#shared/domain/result.ts'

/** What IT looks at when the two sides tell different stories. */
export function diagnosticsHandlers(
  store: Store,
): Pick<Handlers, 'diagnostics.drift' | 'diagnostics.clearDrift' | 'diagnostics.messages'> {
  return {
    'diagnostics.drift': () => ok({ rows: [...store.wireLog.drift()] }),
    'diagnostics.clearDrift': () => ok({ cleared: store.wireLog.clearDrift() }),
    'diagnostics.messages': ({ medOrgOrd }) => {
      const order = store.book.find(medOrgOrd)
      if (order === undefined) return err(failure('ORDER_NOT_FOUND'))
      const persons = [order.charge.patientName, order.charge.idNo]
      const messages = [
        ...store.wireLog.ofOrder(medOrgOrd).map((exchange) => outbound(exchange, persons)),
        ...store.callbacks.ofOrder(medOrgOrd).map((callback) => inbound(callback, persons)),
      ]
      return ok({ messages: messages.toSorted((one, other) => one.atMs - other.atMs) })
    },
  }
}

function outbound(exchange: ExchangeRecord, persons: readonly string[]): WireMessage {
  const { interfaceId, startedAtMs, elapsedMs, status, replyBody } = exchange
  const body = replyBody === null ? null : shown(replyBody, persons)
  return { interfaceId, direction: 'out', atMs: startedAtMs, elapsedMs, status, body, answer: null }
}

function inbound(callback: CallbackRecord, persons: readonly string[]): WireMessage {
  return {
    interfaceId: callback.interfaceId,
    direction: 'in',
    atMs: callback.receivedAtMs,
    elapsedMs: null,
    status: callback.answerStatus,
    body: shown(callback.body, persons),
    answer: shown(callback.answerBody, persons),
  }
}

function shown(bodyText: string, persons: readonly string[]): string {
  const message = maskMessage(bodyText, persons)
  return message.readable ? message.text : `（${message.words}）`
}
