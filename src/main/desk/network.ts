import type { CallbackListener } from '#main/callback-listener/callback-listener.ts'
import { type ListenerOptions, startListener } from '#main/callback-listener/start-listener.ts'
import { createTransport, type Transport } from '#main/http/transport.ts'

/** How the desk speaks to others and is spoken to. A proof puts one of its own in place of the sockets. */
export interface Network {
  /** To the centre, and to a hospital system that is reached over HTTP. */
  connect(baseUrl: string): Transport
  listen(options: ListenerOptions): Promise<CallbackListener>
}

export const sockets: Network = { connect: createTransport, listen: startListener }
