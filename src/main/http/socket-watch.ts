import { type AgentOptions, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { connect as connectTcp, type NetConnectOpts, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

type GiveSocket = (error: Error | null, socket: Socket) => void

/**
 * One fresh connection for one request, and the only witness of whether anything of it can have left this machine.
 *
 * The HTTP client is given the socket only after the TCP (or TLS) handshake is complete, so that before `handedOver`
 * not one byte of the request has been written anywhere. Nothing is pooled: a request on a connection that the far side
 * is just closing would end in a reset that nobody can read.
 */
export class SocketWatch {
  readonly agent: HttpAgent
  handedOver = false
  #socket: Socket | undefined
  #ended = false

  constructor(secure: boolean) {
    const options: AgentOptions = { keepAlive: false, maxSockets: 1 }
    this.agent = secure ? new HttpsAgent(options) : new HttpAgent(options)
    this.agent.createConnection = (target, callback) => {
      // The types allow a request without a callback; node's own agent always passes one.
      if (callback !== undefined) this.#connect(secure, target as NetConnectOpts, callback as GiveSocket)
      return undefined
    }
  }

  /** Ends the connection, and forbids one that is still being made. */
  end(): void {
    this.#ended = true
    this.#socket?.destroy()
    this.agent.destroy()
  }

  #connect(secure: boolean, target: NetConnectOpts, give: GiveSocket): void {
    const socket = secure ? connectTls(target) : connectTcp(target)
    this.#socket = socket
    if (this.#ended) socket.destroy()

    const refuse = (error?: Error) => {
      socket.removeListener('error', refuse).removeListener('close', closed)
      give(error ?? new Error('closed before the handshake was complete'), socket)
    }
    const closed = () => refuse()
    socket.once('error', refuse).once('close', closed)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      if (this.#ended) return
      socket.removeListener('error', refuse).removeListener('close', closed)
      this.handedOver = true
      give(null, socket)
    })
  }
}
