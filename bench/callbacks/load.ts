import { request } from 'node:http'

export interface Load {
  readonly perSecond: number
  /** Milliseconds from the request to the end of its answer, one a message. */
  readonly times: readonly number[]
}

/** Sends every message once, by so many clients at a time. @throws when one is not acknowledged with code 1. */
export async function sendAll(url: string, bodies: readonly string[], clients: number): Promise<Load> {
  const left = bodies.values()
  const times: number[] = []
  const startedAt = performance.now()
  const client = async () => {
    for (const body of left) times.push(await send(url, body))
  }
  await Promise.all(Array.from({ length: clients }, client))
  return { perSecond: (bodies.length / (performance.now() - startedAt)) * 1000, times }
}

function send(url: string, body: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const startedAt = performance.now()
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const sending = request(url, { method: 'POST', agent: false, headers }, (reply) => {
    let text = ''
    reply.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    reply.on('end', () => {
      if (text.startsWith('{"code":1,')) resolve(performance.now() - startedAt)
      else reject(new Error(`not acknowledged: ${text}`))
    })
  })
  sending.on('error', reject)
  sending.end(body)
  return promise
}
