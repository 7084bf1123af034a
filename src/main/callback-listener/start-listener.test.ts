import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect, createServer } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { allowedCallers } from './allowed-callers.ts'
import type { ListenerEvent, ListenerLimits } from './build-listener.ts'
import type { CallbackListener, InboundHandler, InboundMessage } from './callback-listener.ts'
import { startListener } from './start-listener.ts'

type ListenerSettings = Parameters<typeof startListener>[0]['settings']
const DEFAULTS = settingsSchema.parse({ environment: 'simulated' }).listener
const SETTLEMENT = DEFAULTS.paths.settlement
const ACCEPTED = '{"code":1,"message":"成功"}'

const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

interface Desk {
  readonly listener: CallbackListener
  readonly url: string
  readonly port: number
  readonly messages: InboundMessage[]
  readonly log: ListenerEvent[]
}

async function start(
  settings: Partial<ListenerSettings> = {},
  extra: { handler?: InboundHandler; limits?: Partial<ListenerLimits> } = {},
): Promise<Desk> {
  const messages: InboundMessage[] = []
  const log: ListenerEvent[] = []
  const listener = await startListener({
    settings: { ...DEFAULTS, port: 0, ...settings },
    handler: async (message) => {
      messages.push(message)
      return extra.handler ? extra.handler(message) : { status: 200, body: ACCEPTED }
    },
    clock: { now: () => 7_000 },
    log: (event) => log.push(event),
    ...(extra.limits ? { limits: extra.limits } : {}),
  })
  open.push(listener)
  const url = listener.status.state === 'listening' ? listener.status.url : ''
  return { listener, url, port: Number(new URL(url || 'http://none:1').port), messages, log }
}

interface Answer {
  readonly status: number
  readonly body: string
  readonly connection: string | undefined
}

/** Without fetch, which would add a content type and keep connections. */
function post(
  url: string,
  body: string | Buffer,
  { headers = {}, method = 'POST' }: { headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const request = httpRequest(url, { method, headers, agent: false }, async (reply) => {
    let text = ''
    for await (const chunk of reply.setEncoding('utf8')) text += chunk
    resolve({ status: reply.statusCode ?? 0, body: text, connection: reply.headers.connection })
  })
  request.on('error', reject)
  request.end(body)
  return promise
}

/** Writes raw bytes and returns all that came back until the listener closed the connection. */
async function raw(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8').on('data', (part) => {
    text += part
  })
  socket.on('error', () => socket.destroy())
  socket.write(bytes)
  await once(socket, 'close')
  return text
}

async function refuses(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const refused = await once(socket, 'connect').then(
    () => false,
    () => true,
  )
  socket.destroy()
  return refused
}

const refusal = (message: string) => JSON.stringify({ code: 0, message })

describe('a message', () => {
  it.each([
    ['2.1', DEFAULTS.paths.feeDetail],
    ['2.2', DEFAULTS.paths.settlement],
    ['2.3', DEFAULTS.paths.miniProgram],
    ['2.4', `${DEFAULTS.paths.feeList}?x=1`],
  ])('of interface %s reaches the handler, and its bytes are the answer', async (interfaceId, path) => {
    const { url, messages, listener } = await start()
    const body = '\uFEFF { "a" : 40.10, "姓":"测试甲" }\r\n'
    // Even a caller that asks to keep the connection gets it closed.
    const answer = await post(url + path, body, { headers: { connection: 'keep-alive' } })
    expect(answer).toEqual({ status: 200, body: ACCEPTED, connection: 'close' })
    expect(messages).toEqual([{ interfaceId, body, caller: '127.0.0.1', receivedAtMs: 7_000 }])
    expect(listener.counts()).toEqual({ accepted: 1, refusedCallers: 0, lastAtMs: 7_000 })
  })

  it.each(['application/json', 'text/plain; charset=GBK', 'application/x-www-form-urlencoded', 'nonsense', ';;'])(
    'is taken with the content type %s',
    async (type) => {
      const { url, messages } = await start()
      expect(await post(url + SETTLEMENT, '{}', { headers: { 'content-type': type } })).toMatchObject({ status: 200 })
      expect(messages[0]?.body).toBe('{}')
    },
  )

  it('without a body is the handler’s to refuse', async () => {
    const { url, messages } = await start()
    expect(await post(url + SETTLEMENT, '')).toMatchObject({ status: 200 })
    expect(messages[0]?.body).toBe('')
  })

  it('keeps the status of the handler’s answer', async () => {
    const { url } = await start({}, { handler: async () => ({ status: 503, body: refusal('本机数据库无法写入') }) })
    const answer = await post(url + SETTLEMENT, '{}')
    expect(answer).toMatchObject({ status: 503, body: refusal('本机数据库无法写入') })
  })

  it('that the handler fails at is answered without any detail, and logged', async () => {
    const secret = new Error('SQLITE_FULL at /var/data 测试甲')
    const { url, log } = await start({}, { handler: () => Promise.reject(secret) })
    const answer = await post(url + SETTLEMENT, '{}')
    expect(answer).toMatchObject({ status: 500, body: refusal('医院端处理失败') })
    expect(log).toEqual([{ event: 'handlerFailed', interfaceId: '2.2', error: secret }])
  })

  it('is one of twenty at once, each with its own answer', async () => {
    const { url, listener } = await start({}, { handler: async ({ body }) => ({ status: 200, body }) })
    const bodies = Array.from({ length: 20 }, (_, index) => JSON.stringify({ index }))
    const answers = await Promise.all(bodies.map((body) => post(url + SETTLEMENT, body)))
    expect(answers.map(({ body }) => body)).toEqual(bodies)
    expect(listener.counts().accepted).toBe(20)
  })
})

describe('what is no message is refused before the handler', () => {
  it('a body over the limit', async () => {
    const { url, messages } = await start()
    const answer = await post(url + SETTLEMENT, 'x'.repeat(2 * 1024 * 1024 + 1))
    expect(answer).toMatchObject({ status: 413, body: refusal('请求体超过 2097152 字节') })
    expect(messages).toEqual([])
  })

  it('control: a body of exactly the limit is taken', async () => {
    const { url, messages } = await start()
    expect(await post(url + SETTLEMENT, 'x'.repeat(2 * 1024 * 1024))).toMatchObject({ status: 200 })
    expect(messages[0]?.body).toHaveLength(2 * 1024 * 1024)
  })

  it('a body over the limit without a length', async () => {
    const { url, messages } = await start({}, { limits: { bodyBytes: 10 } })
    const answer = await post(url + SETTLEMENT, 'x'.repeat(11), { headers: { 'transfer-encoding': 'chunked' } })
    expect(answer.status).toBe(413)
    expect(messages).toEqual([])
  })

  it('bytes that are not UTF-8', async () => {
    const { url, messages } = await start()
    const answer = await post(url + SETTLEMENT, Buffer.from([0x7b, 0xb0, 0xdc, 0x7d]))
    expect(answer).toMatchObject({ status: 400, body: refusal('请求体不是 UTF-8 文本') })
    expect(messages).toEqual([])
  })

  it.each(['/', `${SETTLEMENT}/`, `/x${SETTLEMENT}`, SETTLEMENT.toUpperCase(), '/*'])('the path %s', async (path) => {
    const { url, messages } = await start()
    expect(await post(url + path, '{}')).toMatchObject({ status: 404, body: refusal('没有这个接口') })
    expect(messages).toEqual([])
  })

  it('a path that is no path', async () => {
    const { url } = await start()
    expect(JSON.parse((await post(`${url}/%zz`, '{}')).body)).toMatchObject({ code: 0 })
  })

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('the method %s', async (method) => {
    const { url, messages } = await start()
    const answer = await post(url + SETTLEMENT, '', { method })
    expect(answer).toMatchObject({ status: 405, body: refusal('只接受 POST') })
    expect(messages).toEqual([])
  })

  it('something that is not HTTP', async () => {
    const { port } = await start()
    expect(await raw(port, 'hello\r\n\r\n')).toContain(refusal('不是正确的 HTTP 请求'))
  })
})

describe('a caller', () => {
  it('that is not on the list is refused before its body is read, and counted', async () => {
    const { port, listener, messages } = await start({ allowedCallers: ['10.1.2.3'] }, { limits: { lingerMs: 50 } })
    // The body that the head announces is never sent, and the answer comes all the same.
    const answer = await raw(port, `POST ${SETTLEMENT} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 403/)
    expect(answer).toContain(refusal('来源地址不在允许名单'))
    expect(messages).toEqual([])
    expect(listener.counts()).toEqual({ accepted: 0, refusedCallers: 1, lastAtMs: null })
  })

  it('is not believed about itself', async () => {
    const { url } = await start({ allowedCallers: ['10.1.2.3'] })
    const headers = { 'x-forwarded-for': '10.1.2.3', 'x-real-ip': '10.1.2.3', forwarded: 'for=10.1.2.3' }
    expect(await post(url + SETTLEMENT, '{}', { headers })).toMatchObject({ status: 403 })
  })

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['10.2.3.4', '10.0.0.0/8', true],
    ['11.2.3.4', '10.0.0.0/8', false],
    ['::ffff:10.2.3.4', '10.0.0.0/8', true],
    ['::ffff:11.2.3.4', '10.0.0.0/8', false],
    ['10.2.3.4', '::ffff:10.2.3.4', true],
    ['10.2.3.4', '::ffff:10.0.0.0/104', true],
    ['fd00::9', 'fd00::/8', true],
    ['fe80::1%eth0', 'fe80::1', true],
    ['fe00::9', 'fd00::/8', false],
    ['', '0.0.0.0/0', false],
    ['::1', '127.0.0.1', false],
  ])('%s against %s: %s', (address, entry, expected) => {
    expect(allowedCallers([entry])(address)).toBe(expected)
  })

  it('is never on an empty list', () => {
    expect(allowedCallers([])('127.0.0.1')).toBe(false)
  })
})

describe('a slow caller is answered 408 and cut off, and others are served meanwhile', () => {
  it.each([
    ['head', `POST ${SETTLEMENT} HTTP/1.1\r\nHost: x\r\nX-Slow: `, { headersTimeoutMs: 200 }],
    [
      'body',
      `POST ${SETTLEMENT} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`,
      { headersTimeoutMs: 200, requestTimeoutMs: 400 },
    ],
  ])('that never ends its %s', async (_part, bytes, limits) => {
    const { port, url, messages } = await start({}, { limits })
    const slow = raw(port, bytes)
    expect(await post(url + SETTLEMENT, '{}')).toMatchObject({ status: 200 })
    expect(await slow).toContain(refusal('请求没有在限定时间内到齐'))
    expect(messages).toHaveLength(1)
  })
})

describe('starting and closing', () => {
  it('a port that is taken is said in words, and nothing throws', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    open.push(other)
    const { port } = other.address() as { port: number }
    const { listener } = await start({ port })
    expect(listener.status).toEqual({
      state: 'failed',
      words: `回调端口 ${port} 已被占用，请关闭占用它的程序，或在设置中换一个端口；在此期间靠主动查询得知结果`,
    })
    expect(listener.counts()).toEqual({ accepted: 0, refusedCallers: 0, lastAtMs: null })
  })

  it.each([
    [{ host: '192.0.2.1' }, '回调监听地址 192.0.2.1 不是本机的地址'],
    [{ host: 'no-such-host.invalid' }, '无法解析'],
    [{ host: ' ' }, '回调监听地址为空'],
    [{ paths: { ...DEFAULTS.paths, feeList: SETTLEMENT } }, `两个回调接口用了同一个路径 ${SETTLEMENT}`],
  ])('settings that cannot work are said in words: %o', async (settings, words) => {
    const { listener } = await start(settings)
    expect(listener.status).toMatchObject({ state: 'failed', words: expect.stringContaining(words) })
  })

  it('listens on the configured address only', async () => {
    const { url, port } = await start({ host: '127.0.0.2', allowedCallers: ['127.0.0.0/8'] })
    expect(url).toBe(`http://127.0.0.2:${port}`)
    expect(await post(url + SETTLEMENT, '{}')).toMatchObject({ status: 200 })
    await expect(post(`http://127.0.0.1:${port}${SETTLEMENT}`, '{}')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('lets a message that is being stored finish, and ends idle connections', async () => {
    const stored = Promise.withResolvers<{ status: number; body: string }>()
    const { listener, url, port, messages } = await start({}, { handler: () => stored.promise })
    const idle = raw(port, '')
    const answer = post(url + SETTLEMENT, '{}')
    await vi.waitUntil(() => messages.length === 1)
    const closed = listener.close()
    await vi.waitUntil(() => refuses(port))
    await vi.waitUntil(() => refuses(port))
    stored.resolve({ status: 200, body: ACCEPTED })
    expect(await answer).toMatchObject({ status: 200, body: ACCEPTED })
    await closed
    await idle
  })

  it('does not wait for a handler that never ends', async () => {
    const { listener, url, messages } = await start({}, { handler: () => new Promise(() => undefined) })
    const answer = post(url + SETTLEMENT, '{}')
    await vi.waitUntil(() => messages.length === 1)
    await Promise.all([listener.close(), expect(answer).rejects.toThrow()])
  })
})
