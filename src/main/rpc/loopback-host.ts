import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { type ErrorCode, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { CallContext, Dispatcher } from './dispatcher.ts'
import type { EventBus } from './event-bus.ts'
import { EventStreams } from './event-streams.ts'
import { COMMON_HEADERS, WindowFiles } from './window-page.ts'

/** What the host needs of the app; the composition root is one of these. */
export interface HostedApp {
  readonly dispatcher: Dispatcher
  readonly events: EventBus
  readonly operator: () => CallContext
  /** Whoever shows the patient's display. */
  readonly display: () => CallContext
  /** Comes in as the display. */
  readonly displayToken: string
}

export interface LoopbackHost {
  /** `http://127.0.0.1:<port>`, without the token and without a slash at the end. */
  readonly url: string
  readonly token: string
  close(): Promise<void>
}

export interface LoopbackOptions {
  /** 0 picks a free one. */
  readonly port: number
  /** The built window; where it is missing the page says so in words. */
  readonly windowFolder: string
  readonly heartbeatMs?: number
}

const ADDRESS = '127.0.0.1'
const BODY_LIMIT_BYTES = 1024 * 1024
const HEARTBEAT_MS = 15_000

/**
 * Serves the window to a browser on this machine. Bound to 127.0.0.1 and to nothing else; a page of another origin
 * cannot use it (exact Host, exact Origin), nor can another user of the machine (random token). The files of the
 * window are public, everything behind `/rpc` and `/events` needs the token. @returns words when the port is not free.
 */
export async function startLoopbackHost(
  app: HostedApp,
  options: LoopbackOptions,
): Promise<Result<LoopbackHost, { words: string }>> {
  const token = randomBytes(32).toString('base64url')
  const streams = new EventStreams(app.events, options.heartbeatMs ?? HEARTBEAT_MS)
  const server = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true, exposeHeadRoutes: false })
  guardOrigin(server)
  answerErrors(server)
  const callers: readonly Caller[] = [
    { proof: digest(`Bearer ${token}`), context: () => app.operator() },
    { proof: digest(`Bearer ${app.displayToken}`), context: () => app.display() },
  ]
  addCalls(server, app, callers, streams)
  addEvents(server, streams, callers)
  addWindow(server, options.windowFolder)
  try {
    await server.listen({ host: ADDRESS, port: options.port })
  } catch (error) {
    streams.close()
    return err({ words: listenWords(options.port, error) })
  }
  return ok({
    url: `http://${ADDRESS}:${portOf(server)}`,
    token,
    close: async () => {
      streams.close()
      await server.close()
    },
  })
}

function listenWords(port: number, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  if (code === 'EADDRINUSE') return `端口 ${port} 已被别的程序占用，请用 --port 换一个，或不写 --port 让系统选一个`
  if (code === 'EACCES') return `没有权限使用端口 ${port}，请换一个 1024 以上的端口`
  return `无法在 ${ADDRESS} 的端口 ${port} 上监听（${code}）`
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A rebound DNS name arrives with a foreign Host, a foreign page with a foreign Origin: both are refused by exact text. */
function guardOrigin(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...COMMON_HEADERS, 'cache-control': 'no-store' })
    const { host, origin } = request.headers
    const port = portOf(server)
    if (host !== `${ADDRESS}:${port}` && host !== `localhost:${port}`) {
      return refuse(reply, 403, 'UNAUTHENTICATED', 'Host 不是本机地址，已拒绝')
    }
    if (origin !== undefined && origin !== `http://${host}`) {
      return refuse(reply, 403, 'UNAUTHENTICATED', 'Origin 不是本程序的页面，已拒绝')
    }
  })
}

/** Errors of the HTTP layer itself; those of calls are envelopes with status 200 and never come here. */
function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error)
    if (status === 413) return refuse(reply, 413, 'INPUT_INVALID', '请求超过 1 MB')
    if (status >= 400 && status < 500) return refuse(reply, 400, 'INPUT_INVALID', '请求不是 {name, input} 形式的 JSON')
    return refuse(reply, 500, 'INTERNAL')
  })
  server.setNotFoundHandler((_request, reply) => refuse(reply, 404, 'UNKNOWN_PROCEDURE', '没有这个地址'))
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
}

function refuse(reply: FastifyReply, status: number, code: ErrorCode, message?: string): FastifyReply {
  return reply.code(status).send(err(failure(code, message)))
}

/** Who may come in, told apart by the token alone. */
interface Caller {
  readonly proof: Buffer
  readonly context: () => CallContext
}

function addCalls(server: FastifyInstance, app: HostedApp, callers: readonly Caller[], streams: EventStreams): void {
  // Whatever the content type says: a tool that forgets it is not refused. The token is what keeps pages out.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.post('/rpc', { onRequest: requireToken(callers) }, async (request, reply) => {
    const caller = callerOf(request, callers)
    if (caller === undefined) return refuse(reply, 401, 'UNAUTHENTICATED')
    const body = parseJson(request.body)
    if (typeof body !== 'object' || body === null || !('name' in body)) {
      return refuse(reply, 400, 'INPUT_INVALID', '请求不是 {name, input} 形式的 JSON')
    }
    const answer = await app.dispatcher.call(body.name, 'input' in body ? body.input : undefined, caller.context())
    // Who asked hears first of what changed by it, and then how it ended.
    streams.sendGathered()
    return answer
  })
}

function parseJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined
  } catch {
    // Said in words by the caller, as for JSON of another form.
    return undefined
  }
}

function addEvents(server: FastifyInstance, streams: EventStreams, callers: readonly Caller[]): void {
  server.get('/events', { onRequest: requireToken(callers) }, (request, reply) => {
    const caller = callerOf(request, callers)
    if (caller === undefined) return void refuse(reply, 401, 'UNAUTHENTICATED')
    reply.hijack()
    reply.raw.writeHead(200, {
      ...COMMON_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    streams.add(reply.raw, caller.context)
  })
}

function addWindow(server: FastifyInstance, folder: string): void {
  const files = new WindowFiles(folder)
  server.get('/*', async (request, reply) => {
    const file = await files.read(request.url.split('?')[0] ?? '/')
    return reply.code(file.status).headers(file.headers).send(file.body)
  })
}

/** Before the body is read: a stranger's is not. */
function requireToken(callers: readonly Caller[]) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> =>
    callerOf(request, callers) === undefined ? refuse(reply, 401, 'UNAUTHENTICATED') : undefined
}

function callerOf(request: FastifyRequest, callers: readonly Caller[]): Caller | undefined {
  const shown = digest(request.headers.authorization ?? '')
  return callers.find(({ proof }) => timingSafeEqual(shown, proof))
}

/** Digests are of one length, so that the comparison takes the same time whatever was sent. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
