import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

/** What came back of one POST, or why nothing did. */
export type PostOutcome =
  | { readonly ok: true; readonly status: number; readonly body: string }
  | { readonly ok: false; readonly reason: string }

export interface PostOptions {
  readonly signal: AbortSignal
  /** Break the connection once the request is written, without reading the answer. */
  readonly cutAfterSending?: boolean
}

const DEADLINE_MS = 10_000
const LONGEST_ANSWER = 8 * 1024 * 1024

/**
 * One POST of JSON text on a connection of its own, so that a cut touches nothing else and nothing lingers on close.
 * Never rejects: a far side that fails is daily business here.
 */
export function postJson(url: string, body: string, options: PostOptions): Promise<PostOutcome> {
  return new Promise((resolve) => {
    const fail = (reason: string) => resolve({ ok: false, reason })
    const open = url.startsWith('https:') ? httpsRequest : httpRequest
    let sending: ReturnType<typeof httpRequest>
    try {
      sending = open(url, {
        method: 'POST',
        agent: false,
        signal: AbortSignal.any([options.signal, AbortSignal.timeout(DEADLINE_MS)]),
        headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) },
      })
    } catch {
      // Only an unusable URL throws here; the words say so without repeating it.
      return fail('回调地址不正确')
    }
    sending.on('error', () => fail('医院接口没有应答'))
    sending.on('response', (response) => {
      const chunks: Buffer[] = []
      let size = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > LONGEST_ANSWER) sending.destroy(new Error('answer too long'))
      })
      response.on('error', () => fail('医院接口应答中断'))
      response.on('end', () => {
        if (!response.complete) return fail('医院接口应答中断')
        resolve({ ok: true, status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') })
      })
    })
    sending.end(body, () => {
      if (!options.cutAfterSending) return
      sending.destroy()
      fail('连接在应答前断开')
    })
  })
}
