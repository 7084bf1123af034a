import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Settings } from '#shared/contract/settings.ts'
import type { Clock } from '#shared/domain/time.ts'
import { allowedCallers } from './allowed-callers.ts'
import type { InboundHandler, InboundInterface, ListenerCounts } from './callback-listener.ts'
import { decodeBody, readBody } from './request-body.ts'

/** Bounds of what one caller may take. Times in ms. */
export interface ListenerLimits {
  readonly bodyBytes: number
  readonly headersTimeoutMs: number
  /** Head and body of one request, from its first byte. */
  readonly requestTimeoutMs: number
  readonly connections: number
  /** How long a refused caller may go on sending what nobody reads: cut off at once, it might not hear the refusal. */
  readonly lingerMs: number
}

export const LISTENER_LIMITS: ListenerLimits = {
  bodyBytes: 2 * 1024 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 20_000,
  connections: 200,
  lingerMs: 1_000,
}

/** What the listener has to say for the log. Never holds anything of a message. */
export type ListenerEvent =
  | { readonly event: 'handlerFailed'; readonly interfaceId: InboundInterface; readonly error: unknown }
  | { readonly event: 'refused'; readonly status: number; readonly caller: string }

export interface ListenerParts {
  readonly paths: Settings['listener']['paths']
  /** IP addresses or CIDR blocks. */
  readonly allowedCallers: readonly string[]
  readonly handler: InboundHandler
  readonly clock: Clock
  readonly log?: (event: ListenerEvent) => void
  readonly limits?: Partial<ListenerLimits>
}

export interface BuiltListener {
  readonly app: FastifyInstance
  counts(): ListenerCounts
  /** Resolves when no message is being handled, or after `longestMs`. */
  idle(longestMs: number): Promise<void>
}

/** Builds the server for 2.1–2.4 without listening, so that most of it can be tested without a socket. */
export function buildListener(parts: ListenerParts): BuiltListener {
  return new Listener(parts)
}

class Listener implements BuiltListener {
  readonly app: FastifyInstance
  readonly #parts: ListenerParts
  readonly #limits: ListenerLimits
  readonly #isAllowed: (address: string) => boolean
  readonly #interfaces: ReadonlyMap<string, InboundInterface>
  readonly #underWay = new Set<Promise<unknown>>()
  #counts: ListenerCounts = { accepted: 0, refusedCallers: 0, lastAtMs: null }

  constructor(parts: ListenerParts) {
    this.#parts = parts
    this.#limits = { ...LISTENER_LIMITS, ...parts.limits }
    this.#isAllowed = allowedCallers(parts.allowedCallers)
    this.#interfaces = interfacesByPath(parts.paths)
    this.app = this.#build()
  }

  counts(): ListenerCounts {
    return this.#counts
  }

  async idle(longestMs: number): Promise<void> {
    const enough = Promise.withResolvers<void>()
    const timer = setTimeout(enough.resolve, longestMs)
    await Promise.race([Promise.allSettled(this.#underWay), enough.promise])
    clearTimeout(timer)
  }

  #build(): FastifyInstance {
    const app = createServer(this.#limits)
    app.server.maxConnections = this.#limits.connections
    app.addHook('onRequest', (request, reply) => this.#admit(request, reply))
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request: FastifyRequest, payload: IncomingMessage) =>
      readBody(payload, this.#limits.bodyBytes),
    )
    // One route for every path: configured paths are compared letter by letter, not read as patterns.
    app.post('/*', (request, reply) => this.#receive(request, reply))
    app.setErrorHandler((_error, request, reply) => this.#refuse(request, reply, 400, '请求无法读取'))
    return app
  }

  /** Everything that can be decided before the body is read. Answers, or lets the request pass. */
  async #admit(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (!this.#isAllowed(callerOf(request))) {
      this.#counts = { ...this.#counts, refusedCallers: this.#counts.refusedCallers + 1 }
      return this.#turnAway(request, reply, 403, '来源地址不在允许名单')
    }
    if (this.#interfaceOf(request) === undefined) return this.#turnAway(request, reply, 404, '没有这个接口')
    if (request.method !== 'POST') {
      reply.header('allow', 'POST')
      return this.#turnAway(request, reply, 405, '只接受 POST')
    }
    // Any content type is accepted, also none and a malformed one, which the framework would refuse on its own.
    request.raw.headers['content-type'] = 'application/octet-stream'
    return undefined
  }

  async #receive(request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const interfaceId = this.#interfaceOf(request)
    if (interfaceId === undefined) return this.#refuse(request, reply, 404, '没有这个接口')
    const body = decodeBody(request.body)
    if (body === 'tooLarge') {
      return this.#refuse(request, reply, 413, `请求体超过 ${this.#limits.bodyBytes} 字节`)
    }
    if (body === 'notUtf8') return this.#refuse(request, reply, 400, '请求体不是 UTF-8 文本')
    const handled = this.#handle(interfaceId, body.text, callerOf(request))
    this.#underWay.add(handled)
    const answer = await handled
    this.#underWay.delete(handled)
    return send(reply, answer.status, answer.body)
  }

  async #handle(interfaceId: InboundInterface, body: string, caller: string) {
    const receivedAtMs = this.#parts.clock.now()
    this.#counts = { ...this.#counts, accepted: this.#counts.accepted + 1, lastAtMs: receivedAtMs }
    try {
      return await this.#parts.handler({ interfaceId, body, caller, receivedAtMs })
    } catch (error) {
      // A bug of ours: the centre is told that it failed, and nothing of why.
      this.#parts.log?.({ event: 'handlerFailed', interfaceId, error })
      return { status: 500, body: refusal('医院端处理失败') }
    }
  }

  /** Refuses before the body is read, and ends the connection even if the caller never finishes its request. */
  #turnAway(request: FastifyRequest, reply: FastifyReply, status: number, message: string): FastifyReply {
    const { socket } = request
    reply.raw.once('finish', () => {
      const timer = setTimeout(() => socket.destroy(), this.#limits.lingerMs)
      socket.once('close', () => clearTimeout(timer))
    })
    return this.#refuse(request, reply, status, message)
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, status: number, message: string): FastifyReply {
    this.#parts.log?.({ event: 'refused', status, caller: callerOf(request) })
    return send(reply, status, refusal(message))
  }

  #interfaceOf(request: FastifyRequest): InboundInterface | undefined {
    return this.#interfaces.get(request.url.replace(/\?.*$/s, ''))
  }
}

/** The paths of the settings with the number of the interface that each serves. */
function interfacesByPath(paths: Settings['listener']['paths']): ReadonlyMap<string, InboundInterface> {
  return new Map([
    [paths.feeDetail, '2.1'],
    [paths.settlement, '2.2'],
    [paths.miniProgram, '2.3'],
    [paths.feeList, '2.4'],
  ])
}

function createServer(limits: ListenerLimits): FastifyInstance {
  return fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    // One request a connection: the centre never writes a callback into a connection that we are just closing.
    maxRequestsPerSocket: 1,
    forceCloseConnections: true,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(limits.headersTimeoutMs / 4)),
    },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (_error, _request, reply) => {
      send(reply, 400, refusal('请求路径不合规'))
    },
  })
}

/** What never became a request: too slow, too large a head, or no HTTP. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    const status = late ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400
    const body = refusal(late ? '请求没有在限定时间内到齐' : '不是正确的 HTTP 请求')
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
        `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
  }
  socket.destroySoon()
}

/** The socket's own word; no header is believed. */
function callerOf(request: FastifyRequest): string {
  return request.socket.remoteAddress ?? ''
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body)
}

function refusal(message: string): string {
  return JSON.stringify({ code: 0, message })
}
