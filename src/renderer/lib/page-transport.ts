import type { Bridge } from '#shared/contract/bridge.ts'
import { bridgeTransport } from './bridge-transport.ts'
import { httpTransport } from './http-transport.ts'
import { launchToken, type TokenPlace } from './launch-token.ts'
import type { Transport } from './transport.ts'

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a browser. */
    readonly cashier?: Bridge
  }
}

/** How this page reaches the main process: through Electron's preload, or with its token over HTTP. */
export function pageTransport(place: TokenPlace): Transport {
  return window.cashier === undefined
    ? httpTransport({ baseUrl: '', token: launchToken(place) })
    : bridgeTransport(window.cashier)
}
