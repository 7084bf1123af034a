import type { Bridge } from '#shared/contract/bridge.ts'
import { err, ok } from '#shared/domain/result.ts'
import { DISCONNECTED, type Transport } from './transport.ts'

/** Calls through Electron's preload. A rejected invoke means that the main process is gone or refused the sender. */
export function bridgeTransport(bridge: Bridge): Transport {
  return {
    async send(name, input) {
      try {
        return ok(await bridge.invoke(name, input))
      } catch {
        return err(DISCONNECTED)
      }
    },
    onEvent: (listener) => bridge.onEvent(listener),
    onConnection(listener) {
      listener('open')
      return () => undefined
    },
    close: () => undefined,
  }
}
