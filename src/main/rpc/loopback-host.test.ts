import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hostedApp, SIMULATED } from '#test/support/hosted-app.ts'
import { type LoopbackHost, startLoopbackHost } from './loopback-host.ts'

let folder: string
let app: ReturnType<typeof hostedApp>
let host: LoopbackHost
const opened: LoopbackHost[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loopback-host-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'assets', 'main.js'), 'export {}')
  app = hostedApp()
  host = await start(app)
})

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  rmSync(folder, { recursive: true })
})

async function start(hosted: ReturnType<typeof hostedApp>, port = 0, heartbeatMs?: number): Promise<LoopbackHost> {
  const started = await startLoopbackHost(hosted, {
    port,
    windowFolder: folder,
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
  })
  if (!started.ok) throw new Error(started.error.words)
  opened.push(started.value)
  return started.value
}

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

interface Answered {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

/** node:http, because fetch lets nobody choose Host and Origin. */
function send({ method = 'POST', path = '/rpc', headers = {}, body }: Sent): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const call = request(`${host.url}${path}`, { method, headers, agent: false }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('end', () =>
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(parts).toString() }),
      )
    })
    call.on('error', reject)
    call.end(body)
  })
}

const authorized = (more: Record<string, string> = {}) => ({
  authorization: `Bearer ${host.token}`,
  'content-type': 'application/json',
  ...more,
})
const SETTINGS_CALL = JSON.stringify({ name: 'settings.get', input: {} })

describe('a call', () => {
  it('is answered with an envelope', async () => {
    const answer = await send({ headers: authorized(), body: SETTINGS_CALL })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ ok: true, value: SIMULATED })
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  })

  it.each(['nowhere', '__proto__', 'constructor', 7, null])(
    'to the unknown name %j is an envelope too',
    async (name) => {
      const answer = await send({ headers: authorized(), body: JSON.stringify({ name, input: {} }) })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_PROCEDURE' } })
    },
  )

  it('cannot say who it is', async () => {
    const seen: string[] = []
    app = hostedApp({
      'charges.search': (_input, { operator }) => {
        seen.push(operator.name)
        return { ok: true, value: { charges: [], live: true, asOfMs: null } }
      },
    })
    host = await start(app)
    const body = JSON.stringify({ name: 'charges.search', input: {}, operator: { name: 'root' }, context: {} })
    expect((await send({ headers: authorized(), body })).status).toBe(200)
    expect(seen).toEqual(['值班收费员'])
  })

  it.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the token in another scheme', () => ({ authorization: `Basic ${host.token}` })],
    ['half the token', () => ({ authorization: `Bearer ${host.token.slice(0, 20)}` })],
    ['a token of the same length', { authorization: `Bearer ${'A'.repeat(43)}` }],
  ])('with %s is refused', async (_what, headers) => {
    const wrong = typeof headers === 'function' ? headers() : headers
    const answer = await send({ headers: { 'content-type': 'application/json', ...wrong }, body: SETTINGS_CALL })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
    expect(answer.text).not.toContain(host.token)
  })

  it.each([
    ['a rebound name', { host: 'desk.example' }],
    ['a rebound name with our port', () => ({ host: `desk.example:${port()}` })],
    ['our name with another port', { host: '127.0.0.1:1' }],
    ['another loopback address', () => ({ host: `127.0.0.2:${port()}` })],
    ['a foreign origin', { origin: 'https://desk.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['another port of this machine as origin', { origin: 'http://127.0.0.1:1' }],
    ['our port under https', () => ({ origin: `https://127.0.0.1:${port()}` })],
    ['our other name as origin', () => ({ origin: `http://localhost:${port()}` })],
  ])('from %s is refused in spite of the token', async (_what, headers) => {
    const wrong = typeof headers === 'function' ? headers() : headers
    const answer = await send({ headers: authorized(wrong), body: SETTINGS_CALL })
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
  })

  it('from our own page under either name is taken', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      const own = { host: `${name}:${port()}`, origin: `http://${name}:${port()}` }
      expect((await send({ headers: authorized(own), body: SETTINGS_CALL })).status).toBe(200)
    }
  })

  it.each([
    ['no JSON', '{"name":'],
    ['nothing', undefined],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"settings.get"'],
    ['no name', '{"input":{}}'],
  ])('with %s as body is refused', async (_what, body) => {
    const answer = await send({ headers: authorized(), ...(body === undefined ? {} : { body }) })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })

  it('in another content type is answered, but never without the token, which no form of another page can send', async () => {
    const plain = { 'content-type': 'text/plain' }
    expect((await send({ headers: authorized(plain), body: SETTINGS_CALL })).status).toBe(200)
    expect((await send({ headers: plain, body: SETTINGS_CALL })).status).toBe(401)
  })

  it('with a poisoned prototype leaves prototypes alone', async () => {
    const body = '{"name":"settings.get","input":{},"__proto__":{"poisoned":1}}'
    await send({ headers: authorized(), body })
    expect('poisoned' in {}).toBe(false)
  })

  it('of more than 1 MB is refused', async () => {
    const body = (bytes: number) => JSON.stringify({ name: 'settings.get', input: {}, padding: 'x'.repeat(bytes) })
    expect((await send({ headers: authorized(), body: body(1_000_000) })).status).toBe(200)
    const refused = await send({ headers: authorized(), body: body(1_100_000) })
    expect(refused.status).toBe(413)
    expect(JSON.parse(refused.text)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })
})

function port(): string {
  return new URL(host.url).port
}

describe('events', () => {
  async function listen(token = host.token) {
    const aborted = new AbortController()
    const answer = await fetch(`${host.url}/events`, {
      headers: { authorization: `Bearer ${token}` },
      signal: aborted.signal,
    })
    let text = ''
    let ended = false
    const read = async () => {
      try {
        for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) text += part
      } catch {
        // Ended by the abort below or by a host that closed: both are an end.
      }
      ended = true
    }
    const reading = read()
    return { answer, text: () => text, ended: () => ended, reading, stop: () => aborted.abort() }
  }

  it('reach every listener with name and payload', async () => {
    const streams = [await listen(), await listen()]
    await vi.waitFor(() => {
      for (const stream of streams) expect(stream.text()).toContain(': connected')
    })
    app.events.publish({ name: 'settings.changed', payload: SIMULATED })
    const expected = `event: settings.changed\ndata: ${JSON.stringify({ name: 'settings.changed', payload: SIMULATED })}\n\n`
    await vi.waitFor(() => {
      for (const stream of streams) expect(stream.text()).toContain(expected)
    })
    for (const stream of streams) stream.stop()
  })

  it('carry a heartbeat that is no event', async () => {
    host = await start(app, 0, 5)
    const stream = await listen()
    await vi.waitFor(() => expect(stream.text()).toContain(': still here\n\n'))
    expect(stream.text()).not.toMatch(/^(event|data):/m)
    stream.stop()
  })

  it('need the token', async () => {
    const stream = await listen('wrong')
    expect(stream.answer.status).toBe(401)
    stream.stop()
  })

  it('end when the host closes', async () => {
    const stream = await listen()
    await host.close()
    await stream.reading
    expect(stream.ended()).toBe(true)
    await expect(fetch(host.url)).rejects.toThrow()
  })
})

describe('the window', () => {
  it('is served without a token, under a policy that allows nothing foreign', async () => {
    const page = await send({ method: 'GET', path: '/' })
    expect(page.status).toBe(200)
    const nonce = /content="([^"]+)"/.exec(page.text)?.[1]
    expect(page.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(page.text).not.toContain(host.token)
    expect((await send({ method: 'GET', path: '/assets/main.js?v=1' })).text).toBe('export {}')
  })

  it('is not served to a rebound name', async () => {
    expect((await send({ method: 'GET', path: '/', headers: { host: 'desk.example' } })).status).toBe(403)
  })

  it.each(['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2fpackage.json', '//', '/\\'])(
    'has no file at %s',
    async (path) => {
      expect((await send({ method: 'GET', path })).status).toBe(404)
    },
  )
})

describe('the port', () => {
  it('is bound on the loopback address only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
    for (const { address } of others) await expect(fetch(`http://${address}:${port()}/`)).rejects.toThrow()
    expect(new URL(host.url).hostname).toBe('127.0.0.1')
  })

  it('that is taken is said in words', async () => {
    const second = await startLoopbackHost(app, { port: Number(port()), windowFolder: folder })
    expect(second).toMatchObject({ ok: false, error: { words: expect.stringContaining(`端口 ${port()} 已被`) } })
  })

  it('is another token each time', async () => {
    expect((await start(app)).token).not.toBe(host.token)
    expect(host.token).toMatch(/^[\w-]{43}$/)
  })
})
