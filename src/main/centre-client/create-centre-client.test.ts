import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { systemTimers } from '#main/desk/system-timers.ts'
import { createTransport } from '#main/http/transport.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { httpAnswer, type RawAnswer, type RawServer, startRawServer } from '#test/support/raw-server.ts'
import type { CentreClient, CentreOutcome } from './centre-client.ts'
import { createCentreClient } from './create-centre-client.ts'

const DEFAULT_PATHS = settingsSchema.parse({ environment: 'test' }).centre.paths
const ORDER = { medOrgOrd: 'MZ20261123000101' }
const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const UPLOAD = { ...ORDER, ecToken: TOKEN }

const fixture = (name: string) =>
  readFileSync(new URL(`../../../test/fixtures/centre-examples/${name}`, import.meta.url), 'utf8')
const queried = (data: object = {}) =>
  JSON.stringify({
    code: 1,
    message: '成功',
    data: {
      ...{ ordStas: '2', medOrgOrd: ORDER.medOrgOrd, traceTime: '20261123090000', setlType: 'ALL' },
      ...{ feeSumamt: 40.1, ownPayAmt: 20.1, psnAcctPay: 0, fundPay: 20, payOrdId: 'ORD1', extData: {} },
      ...data,
    },
  })
const uploaded = JSON.stringify({ code: 1, data: { payOrdId: 'ORD1', payToken: 'AUTH1', extData: {} } })

const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

async function serve(answer: RawAnswer): Promise<RawServer> {
  const server = await startRawServer(answer)
  open.push(server)
  return server
}

const pem = (name: string) => readFileSync(new URL(`../../../test/fixtures/tls/${name}.pem`, import.meta.url), 'utf8')

async function serveTls(): Promise<{ url: string; requests(): number }> {
  let requests = 0
  const server = createTlsServer({ key: pem('untrusted.key'), cert: pem('untrusted.cert') }, (_request, reply) => {
    requests += 1
    reply.end(uploaded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests }
}

const say = (bytes: Buffer | string) => (socket: Socket) => {
  socket.end(bytes)
}

function toolsFor(baseUrl: string) {
  return { transport: createTransport(baseUrl), clock: { now: () => 1_000 }, timers: systemTimers, random: () => 0 }
}

function clientOf(baseUrl: string, deadlineMs = 400): CentreClient {
  const client = createCentreClient(
    {
      ...{ appId: 'APP', orgCodg: 'H99', queryTimeoutMs: deadlineMs, writeTimeoutMs: deadlineMs },
      paths: DEFAULT_PATHS,
    },
    toolsFor(baseUrl),
  )
  open.push(client)
  return client
}

/** Sends one write against such a server; the number of requests that reached it must be one. */
async function writeAgainst(answer: RawAnswer, deadlineMs = 400): Promise<string> {
  const server = await serve(answer)
  const outcome = await clientOf(server.url, deadlineMs).uploadFees(UPLOAD)
  expect(server.requests).toHaveLength(1)
  return named(outcome)
}

function named(outcome: CentreOutcome<unknown>): string {
  return outcome.outcome === 'succeeded' ? 'succeeded' : `${outcome.outcome}: ${outcome.reason}`
}

describe('what never left this machine is failed', () => {
  it('a refused port is notSent, and says so in words', async () => {
    const server = await startRawServer(say(''))
    await server.close()
    const outcome = await clientOf(server.url).uploadFees(UPLOAD)
    expect(outcome).toMatchObject({ outcome: 'failed', reason: 'notSent', code: null })
    expect(outcome).toHaveProperty('words', '连接被拒绝，对方端口没有程序在监听')
  })

  it('a host name that does not exist is notSent', async () => {
    expect(named(await clientOf('http://centre.invalid').uploadFees(UPLOAD))).toBe('failed: notSent')
  })

  it('a TLS handshake that never completes is notSent, although bytes of it were sent', async () => {
    const server = await serve(say(''))
    const outcome = await clientOf(server.url.replace('http:', 'https:')).uploadFees(UPLOAD)
    expect(named(outcome)).toBe('failed: notSent')
    expect(server.connections()).toBe(1)
  })

  it('a certificate that nobody trusts is notSent, and the server sees no request', async () => {
    const secure = await serveTls()
    const outcome = await clientOf(secure.url).uploadFees(UPLOAD)
    expect(outcome).toMatchObject({ outcome: 'failed', reason: 'notSent', words: '对方用的是自签名证书' })
    expect(secure.requests()).toBe(0)
  })

  it('control: the same certificate, once it is trusted, lets the request through', async () => {
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, pem('untrusted.cert')])
    try {
      const secure = await serveTls()
      expect(named(await clientOf(secure.url).uploadFees(UPLOAD))).toBe('succeeded')
      expect(secure.requests()).toBe(1)
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  it.each([
    ['both tokens empty', { ...ORDER, ecToken: '', payAuthNo: ' ' }, 'ecToken/payAuthNo：两者不能同时为空'],
    ['no order number', { medOrgOrd: ' ', ecToken: TOKEN }, 'medOrgOrd：不能为空'],
  ])('a request that breaks the interface is not sent: %s', async (_name, upload, words) => {
    const server = await serve(say(httpAnswer(200, uploaded)))
    const outcome = await clientOf(server.url).uploadFees(upload)
    expect(outcome).toMatchObject({ outcome: 'failed', reason: 'notSent', words })
    expect(server.connections()).toBe(0)
  })
})

describe('what may have reached the centre is unknown, after exactly one request of a write', () => {
  const whole = httpAnswer(200, uploaded)

  it('control: a whole answer succeeds', async () => {
    expect(await writeAgainst(say(whole))).toBe('succeeded')
  })

  it('a server that accepts and never answers', async () => {
    expect(await writeAgainst(() => undefined, 250)).toBe('unknown: timeout')
  })

  it('a reset after the request', async () => {
    expect(await writeAgainst((socket) => socket.resetAndDestroy())).toBe('unknown: connectionLost')
  })

  it('a close without an answer', async () => {
    expect(await writeAgainst((socket) => socket.end())).toBe('unknown: connectionLost')
  })

  it('half an answer', async () => {
    expect(await writeAgainst(say(whole.subarray(0, whole.length - 20)))).toBe('unknown: connectionLost')
  })

  it('a content-length larger than the body', async () => {
    const longer = whole.toString().replace(/Content-Length: \d+/, 'Content-Length: 9999')
    expect(await writeAgainst(say(longer))).toBe('unknown: connectionLost')
  })

  it('a content-length smaller than the body', async () => {
    const shorter = whole.toString().replace(/Content-Length: \d+/, 'Content-Length: 20')
    expect(await writeAgainst(say(shorter))).toBe('unknown: unreadable')
  })

  it('an answer that drips past the deadline, one byte at a time', async () => {
    const drip: RawAnswer = (socket) => {
      let at = 0
      const timer = setInterval(() => {
        if (at >= whole.length || !socket.writable) clearInterval(timer)
        else socket.write(whole.subarray(at, ++at))
      }, 15)
      socket.on('close', () => clearInterval(timer))
    }
    expect(await writeAgainst(drip, 300)).toBe('unknown: timeout')
  })

  it('no HTTP at all', async () => {
    expect(await writeAgainst(say('SSH-2.0-OpenSSH_9.2\r\n\r\n'))).toBe('unknown: unreadable')
  })

  it('an HTML page with 200', async () => {
    expect(await writeAgainst(say(httpAnswer(200, '<html>登录</html>')))).toBe('unknown: unreadable')
  })

  it('an empty 204', async () => {
    expect(await writeAgainst(say('HTTP/1.1 204 No Content\r\n\r\n'))).toBe('unknown: unreadable')
  })

  it('bytes that are not UTF-8', async () => {
    const gbk = Buffer.concat([
      Buffer.from('{"code":0,"message":"'),
      Buffer.from([0xca, 0xa7, 0xb0, 0xdc]),
      Buffer.from('"}'),
    ])
    expect(await writeAgainst(say(httpAnswer(200, gbk)))).toBe('unknown: unreadable')
  })

  it('a success without its order number', async () => {
    expect(await writeAgainst(say(httpAnswer(200, '{"code":1,"data":{}}')))).toBe('unknown: unreadable')
  })

  it('a body over the limit', async () => {
    const huge = JSON.stringify({ code: 1, message: 'x'.repeat(5 * 1024 * 1024) })
    expect(await writeAgainst(say(httpAnswer(200, huge)), 5_000)).toBe('unknown: tooLarge')
  })

  it('a small gzip that unpacks over the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))
    expect(await writeAgainst(say(httpAnswer(200, bomb, ['Content-Encoding: gzip'])), 5_000)).toBe('unknown: tooLarge')
  })

  it('control: an honest gzip is unpacked', async () => {
    const honest = httpAnswer(200, gzipSync(uploaded), ['Content-Encoding: gzip'])
    expect(await writeAgainst(say(honest))).toBe('succeeded')
  })

  it('something that only claims to be gzip', async () => {
    expect(await writeAgainst(say(httpAnswer(200, uploaded, ['Content-Encoding: gzip'])))).toBe('unknown: unreadable')
  })

  it.each([302, 307, 500, 502, 503, 504])('HTTP %i, even with a well-formed success in it', async (status) => {
    expect(await writeAgainst(say(httpAnswer(status, uploaded)))).toBe('unknown: httpStatus')
  })

  it.each([500, 502, 408])('HTTP %i, even with a well-formed refusal in it', async (status) => {
    expect(await writeAgainst(say(httpAnswer(status, '{"code":0,"message":"no"}')))).toBe('unknown: httpStatus')
  })

  it.each([400, 404])('HTTP %i with a success or with a page', async (status) => {
    expect(await writeAgainst(say(httpAnswer(status, uploaded)))).toBe('unknown: httpStatus')
    expect(await writeAgainst(say(httpAnswer(status, '<html></html>')))).toBe('unknown: httpStatus')
  })

  it('a redirect, whose target is not called', async () => {
    const target = await serve(say(httpAnswer(200, uploaded)))
    const redirect = httpAnswer(307, '', [`Location: ${target.url}/pmc/fee/upload`])
    expect(await writeAgainst(say(redirect))).toBe('unknown: httpStatus')
    expect(target.connections()).toBe(0)
  })

  it('closing the client in the middle', async () => {
    const arrived = Promise.withResolvers<void>()
    const server = await serve(() => arrived.resolve())
    const client = clientOf(server.url, 10_000)
    const outcome = client.uploadFees(UPLOAD)
    await arrived.promise
    client.close()
    expect(named(await outcome)).toBe('unknown: connectionLost')
    expect(named(await client.uploadFees(UPLOAD))).toBe('failed: notSent')
    expect(server.requests).toHaveLength(1)
  })
})

describe('a refusal is failed', () => {
  it.each([200, 400, 422])('with HTTP %i, with the code and the message as they came', async (status) => {
    const server = await serve(say(httpAnswer(status, '{"code":"-40071","message":"凭证已过期"}')))
    const outcome = await clientOf(server.url).uploadFees(UPLOAD)
    expect(outcome).toMatchObject({ outcome: 'failed', reason: 'refused', code: '-40071', words: '凭证已过期' })
    expect(outcome.exchange).toMatchObject({ status, replyBody: '{"code":"-40071","message":"凭证已过期"}' })
  })

  it('without a message, in words of our own', async () => {
    const server = await serve(say(httpAnswer(200, '{"code":0}')))
    expect(await clientOf(server.url).uploadFees(UPLOAD)).toHaveProperty(
      'words',
      '中心没有受理，没有说明原因（代码 0）',
    )
  })

  it('that repeats the token is kept without it', async () => {
    const server = await serve(say(httpAnswer(200, JSON.stringify({ code: 0, message: `ecToken ${TOKEN} 无效` }))))
    const outcome = await clientOf(server.url).uploadFees(UPLOAD)
    expect(JSON.stringify(outcome)).not.toContain(TOKEN)
    expect(outcome).toHaveProperty('words', 'ecToken 990101••••795f 无效')
  })

  it('about another order is unknown', async () => {
    const server = await serve(say(httpAnswer(200, '{"code":0,"data":{"medOrgOrd":"MZ-OTHER"}}')))
    expect(named(await clientOf(server.url).uploadFees(UPLOAD))).toBe('unknown: foreign')
  })
})

describe('the code of the envelope', () => {
  const REFUSED = 'failed: refused'
  const UNREADABLE = 'unknown: unreadable'
  it.each([
    ['"1"', 'succeeded'],
    ['1', 'succeeded'],
    ['1.0', UNREADABLE],
    ['1e0', UNREADABLE],
    ['true', UNREADABLE],
    ['null', UNREADABLE],
    ['"01"', UNREADABLE],
    ['" 1"', UNREADABLE],
    ['"1 "', UNREADABLE],
    ['-1', REFUSED],
    ['"0"', REFUSED],
    ['[1]', UNREADABLE],
    [undefined, UNREADABLE],
  ])('%s is %s', async (code, expected) => {
    const body = uploaded.replace('"code":1,', code === undefined ? '' : `"code":${code},`)
    expect(await writeAgainst(say(httpAnswer(200, body)))).toBe(expected)
  })
})

describe('a query', () => {
  it('reads the published example, keeps its body and counts what it does not know', async () => {
    const body = fixture('1.3-query-order.response.json')
    const server = await serve(say(httpAnswer(200, body)))
    const outcome = await clientOf(server.url).queryOrder({ medOrgOrd: '20230418357521677136928360' })
    expect(outcome).toMatchObject({ outcome: 'succeeded', value: { ordStas: '6', fundPay: 2150, ownPayAmt: 1759 } })
    expect(outcome.exchange).toEqual({ startedAtMs: 1_000, elapsedMs: 0, status: 200, replyBody: body })
    expect(server.requests[0]).toContain('{"appId":"APP","medOrgOrd":"20230418357521677136928360"}')
    expect(server.requests[0]?.toLowerCase()).toContain('content-type: application/json; charset=utf-8')
  })

  it.each([
    ['medOrgOrd', ORDER, { medOrgOrd: 'MZ-OTHER' }],
    ['payOrdId', { payOrdId: 'ORD1' }, { payOrdId: 'ORD2' }],
    ['either of both', { ...ORDER, payOrdId: 'ORD1' }, { payOrdId: 'ORD2' }],
  ])('whose answer names another %s is unknown', async (_name, numbers, told) => {
    const server = await serve(say(httpAnswer(200, queried(told))))
    expect(named(await clientOf(server.url).queryOrder(numbers))).toBe('unknown: foreign')
  })

  it('asked by the number of the centre, whose answer names none and another order of ours, is unknown', async () => {
    const server = await serve(say(httpAnswer(200, queried({ medOrgOrd: 'MZ-OTHER', payOrdId: null }))))
    const about = { ...ORDER, payOrdId: 'ORD1' }
    expect(named(await clientOf(server.url).queryOrder({ payOrdId: 'ORD1' }, about))).toBe('unknown: foreign')
    expect(server.requests[0]).not.toContain('medOrgOrd')
  })

  it.each([
    ['the same medOrgOrd', ORDER, {}],
    ['the same payOrdId', { payOrdId: 'ORD1' }, {}],
    ['no payOrdId', { payOrdId: 'ORD1' }, { payOrdId: null }],
  ])('control: whose answer names %s succeeds', async (_name, numbers, told) => {
    const server = await serve(say(httpAnswer(200, queried(told))))
    expect(named(await clientOf(server.url).queryOrder(numbers))).toBe('succeeded')
  })

  it('is tried again after a reset, and the third answer counts', async () => {
    const server: RawServer = await serve((socket) =>
      server.requests.length < 3 ? socket.resetAndDestroy() : socket.end(httpAnswer(200, queried())),
    )
    expect(named(await clientOf(server.url, 5_000).queryOrder(ORDER))).toBe('succeeded')
    expect(server.requests).toHaveLength(3)
    expect(server.connections()).toBe(3)
  })

  it('is given up after three tries', async () => {
    const server = await serve(say(httpAnswer(502, '')))
    expect(named(await clientOf(server.url, 5_000).queryOrder(ORDER))).toBe('unknown: httpStatus')
    expect(server.requests).toHaveLength(3)
  })

  it('that gets no answer uses its whole deadline for one try', async () => {
    const server = await serve(() => undefined)
    expect(named(await clientOf(server.url, 300).queryOrder(ORDER))).toBe('unknown: timeout')
    expect(server.requests).toHaveLength(1)
  })

  it('is not tried again when the centre refused', async () => {
    const server = await serve(say(httpAnswer(200, '{"code":0,"message":"订单不存在"}')))
    expect(named(await clientOf(server.url).queryOrder(ORDER))).toBe('failed: refused')
    expect(server.requests).toHaveLength(1)
  })

  it('without any number is not sent', async () => {
    const server = await serve(say(httpAnswer(200, queried())))
    expect(named(await clientOf(server.url).queryOrder({}))).toBe('failed: notSent')
    expect(server.connections()).toBe(0)
  })
})

describe('a revocation', () => {
  it.each([
    [fixture('1.7-revoke-upload.response.json'), 'succeeded'],
    ['{"code":1,"success":"false"}', 'failed: refused'],
    ['{"code":1,"data":{"success":false}}', 'failed: refused'],
    ['{"code":1,"data":{"success":true,"payOrdId":"ORD9"}}', 'unknown: foreign'],
  ])('%s', async (body, expected) => {
    const server = await serve(say(httpAnswer(200, body)))
    expect(named(await clientOf(server.url).revokeUpload({ payOrdId: 'ORD1' }))).toBe(expected)
  })

  it('by the number of the centre, whose answer names another order of ours, is unknown', async () => {
    const server = await serve(say(httpAnswer(200, '{"code":1,"data":{"success":true,"medOrgOrd":"MZ-OTHER"}}')))
    const outcome = await clientOf(server.url).revokeUpload({ payOrdId: 'ORD1' }, { ...ORDER, payOrdId: 'ORD1' })
    expect(named(outcome)).toBe('unknown: foreign')
  })

  it('is sent once, whatever happens', async () => {
    const server = await serve((socket) => socket.resetAndDestroy())
    expect(named(await clientOf(server.url).revokeUpload(ORDER))).toBe('unknown: connectionLost')
    expect(server.requests).toHaveLength(1)
  })
})

describe('the base URL', () => {
  it.each(['//evil.invalid/x', '/\\evil.invalid/x', '/../../x', '/http://evil.invalid/'])(
    'is not left by the path %s',
    async (path) => {
      const server = await serve(say(httpAnswer(200, uploaded)))
      const client = createCentreClient(
        {
          ...{ appId: 'APP', orgCodg: 'H99', queryTimeoutMs: 400, writeTimeoutMs: 400 },
          paths: { ...DEFAULT_PATHS, queryOrder: path, uploadFees: path, revokeUpload: path },
        },
        toolsFor(server.url),
      )
      expect(named(await client.uploadFees(UPLOAD))).toBe('succeeded')
      expect(server.requests).toHaveLength(1)
    },
  )

  it('is reached without the proxy of the environment', async () => {
    const proxy = await serve(say(httpAnswer(200, uploaded)))
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
    for (const name of names) process.env[name] = proxy.url
    process.env.NO_PROXY = ''
    try {
      expect(await writeAgainst(say(httpAnswer(200, uploaded)))).toBe('succeeded')
      expect(proxy.connections()).toBe(0)
    } finally {
      for (const name of [...names, 'NO_PROXY']) delete process.env[name]
    }
  })
})

describe('the probe', () => {
  it('tells the difference of the clocks from any answer', async () => {
    const date = new Date(61_000).toUTCString()
    const server = await serve(say(httpAnswer(404, '', [`Date: ${date}`])))
    expect(await clientOf(server.url).probe()).toEqual({ reachable: true, answered: true, skewMs: 60_500 })
    expect(server.requests[0]).toMatch(/^HEAD \/ HTTP/)
  })

  it('tells a centre that takes the connection and drops it from one that is not there', async () => {
    const server = await serve((socket) => socket.destroy())
    expect(await clientOf(server.url).probe()).toEqual({ reachable: true, answered: false, skewMs: null })
    await server.close()
    open.splice(open.indexOf(server), 1)
    expect(await clientOf(server.url).probe()).toMatchObject({ reachable: false })
  })
})
