import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { httpTransport } from '#renderer/lib/http-transport.ts'
import { createRpcClient } from '#renderer/lib/rpc-client.ts'
import type { Connection, Transport } from '#renderer/lib/transport.ts'
import type { AppEvent } from '#shared/contract/events.ts'
import { ok } from '#shared/domain/result.ts'
import { waitFor } from '../support/wait-for.ts'
import { healthWith } from '../support/window-fixtures.ts'

const TOKEN = 'token-of-this-run'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A real server in place of the loopback host; `answer` takes every POST /rpc. */
async function host(answer: Answer) {
  const streams: ServerResponse[] = []
  const calls: { authorization: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    if (request.url === '/events') {
      if (request.headers.authorization !== `Bearer ${TOKEN}`) {
        response.writeHead(401).end()
        return
      }
      streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }))
      response.write(': open\n\n')
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    calls.push({ authorization: request.headers.authorization, body })
    answer(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const transport: Transport = httpTransport({ baseUrl: `http://127.0.0.1:${port}`, token: TOKEN, backOffMs: [5] })
  closing.push(() => transport.close())
  return { client: createRpcClient(transport), streams, calls }
}

const answerJson =
  (envelope: unknown): Answer =>
  (_request, response) =>
    response.end(JSON.stringify(envelope))

describe('a call', () => {
  test('carries name, input and token, and answers the parsed value', async () => {
    const { client, calls } = await host(answerJson(ok(healthWith({ attentionCount: 3 }))))
    expect(await client.call('health.get', {})).toMatchObject({ ok: true, value: { attentionCount: 3 } })
    expect(calls).toEqual([{ authorization: `Bearer ${TOKEN}`, body: '{"name":"health.get","input":{}}' }])
  })

  test('answers a declared failure as a value', async () => {
    const error = { code: 'ORDER_NOT_FOUND', message: '没有找到这个订单' }
    const { client } = await host(answerJson({ ok: false, error }))
    expect(await client.call('orders.get', { medOrgOrd: 'A' })).toEqual({ ok: false, error })
  })

  test.each<[string, Answer]>([
    ['a value of another form', answerJson({ ok: true, value: { attentionCount: 'many' } })],
    [
      'a failure the procedure does not declare',
      answerJson({ ok: false, error: { code: 'TOKEN_REJECTED', message: '' } }),
    ],
    ['a code that nobody knows', answerJson({ ok: false, error: { code: 'NEW', message: '' } })],
    ['no envelope', answerJson([])],
    ['no JSON', (_request, response) => response.end('<html>')],
  ])('answered with %s is unreadable, never a wrong value', async (_what, answer) => {
    const { client } = await host(answer)
    expect(await client.call('health.get', {})).toMatchObject({ ok: false, error: { code: 'ANSWER_UNREADABLE' } })
  })

  test('whose connection breaks is disconnected, and is not sent a second time', async () => {
    const { client, calls } = await host((request) => request.socket.destroy())
    const input = { requestId: crypto.randomUUID(), medOrgOrd: 'A' }
    expect(await client.call('counter.revoke', input)).toMatchObject({ ok: false, error: { code: 'DISCONNECTED' } })
    expect(calls).toHaveLength(1)
  })
})

describe('events', () => {
  test('are parsed, and what is no event is left out', async () => {
    const { client, streams } = await host(answerJson(null))
    const heard: AppEvent[] = []
    client.onEvent((event) => heard.push(event))
    await waitFor('the stream', () => streams[0])
    const event = { name: 'health.changed', payload: healthWith({ attentionCount: 1 }) }
    streams[0]?.write('data: {"name":"health.changed","payload":{}}\n\ndata: not json\n\n')
    streams[0]?.write(`data: ${JSON.stringify(event)}\n\n`)
    await waitFor('an event', () => heard[0])
    expect(heard).toEqual([event])
  })

  test('are listened to again after a loss, and the screens are told of both', async () => {
    const { client, streams } = await host(answerJson(null))
    const seen: Connection[] = []
    client.onConnection((connection) => seen.push(connection))
    await waitFor('the connection', () => (seen.at(-1) === 'open' ? true : undefined))
    streams[0]?.destroy()
    await waitFor('the second connection', () => (seen.length === 4 ? true : undefined))
    expect(seen).toEqual(['connecting', 'open', 'lost', 'open'])
  })
})
