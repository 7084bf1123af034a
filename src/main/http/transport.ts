import type { Readable } from 'node:stream'
import axios from 'axios'
import { describeConnectError, errorCode } from './connect-error.ts'
import { SocketWatch } from './socket-watch.ts'
import { CLOSING_WORDS, UnderWay } from './under-way.ts'

/** Largest answer that is read, after decompression. */
export const MAX_REPLY_BYTES = 4 * 1024 * 1024
/** Largest request that is sent: room for a settlement result with its details; a request to the centre is below 1 kB. */
const MAX_REQUEST_BYTES = 1024 * 1024

export interface TransportRequest {
  /** Below the fixed base URL; it can never lead to another host. */
  readonly path: string
  /** JSON text. */
  readonly body: string
  /** From now to the last byte of the answer. */
  readonly deadlineMs: number
  /** POST unless told; HEAD asks only whether somebody answers. */
  readonly method?: 'POST' | 'HEAD'
}

export type MaybeSentReason = 'timeout' | 'connectionLost' | 'unreadable' | 'tooLarge'

/** How one try ended. `notSent` is proved at the socket; whatever is not proved is `maybeSent`. */
export type TransportResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** null: the body is not UTF-8. */
      readonly bodyText: string | null
      /** The `Date` header; null when there is none. */
      readonly dateAtMs: number | null
    }
  | { readonly kind: 'notSent'; readonly words: string }
  | { readonly kind: 'maybeSent'; readonly reason: MaybeSentReason; readonly status: number | null }

export interface Transport {
  /** One try, never more. Does not throw for anything that a network or a far side can do. */
  send(request: TransportRequest): Promise<TransportResult>
  /** Ends what is under way, and refuses what comes later. */
  close(): void
}

/**
 * The only HTTP to the centre and to a hospital system: fixed base URL, no redirects, no proxy from the environment, a fresh connection for
 * each try, size limits both ways, one deadline over connect, headers and body.
 */
export function createTransport(baseUrl: string): Transport {
  const underWay = new UnderWay<TransportResult>({ kind: 'notSent', words: CLOSING_WORDS })
  return {
    send: (request) => underWay.run(() => new Try(baseUrl, request)),
    close: () => underWay.close(),
  }
}

/** One request on one connection. */
class Try {
  readonly #watch: SocketWatch
  readonly #abort = new AbortController()
  readonly #baseUrl: string
  readonly #request: TransportRequest
  #timedOut = false

  constructor(baseUrl: string, request: TransportRequest) {
    this.#baseUrl = baseUrl
    this.#request = request
    this.#watch = new SocketWatch(new URL(baseUrl).protocol === 'https:')
  }

  async run(): Promise<TransportResult> {
    const deadline = setTimeout(() => {
      this.#timedOut = true
      this.stop()
    }, this.#request.deadlineMs)
    try {
      return await this.#exchange()
    } catch (error) {
      return this.#read(error)
    } finally {
      clearTimeout(deadline)
      this.#watch.end()
    }
  }

  stop(): void {
    this.#abort.abort()
    this.#watch.end()
  }

  async #exchange(): Promise<TransportResult> {
    const { path, body, method = 'POST' } = this.#request
    const reply = await axios.request<Buffer>({
      baseURL: this.#baseUrl,
      url: path,
      allowAbsoluteUrls: false,
      method,
      ...(method === 'POST' ? { data: Buffer.from(body, 'utf8') } : {}),
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
      },
      httpAgent: this.#watch.agent,
      httpsAgent: this.#watch.agent,
      proxy: false,
      maxRedirects: 0,
      maxBodyLength: MAX_REQUEST_BYTES,
      maxContentLength: MAX_REPLY_BYTES,
      responseType: 'arraybuffer',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
      signal: this.#abort.signal,
    })
    return {
      kind: 'answer',
      status: reply.status,
      bodyText: decodeUtf8(reply.data),
      dateAtMs: parseDate(reply.headers.date),
    }
  }

  /** Foreign errors end here. The error itself holds the request, and with it a token: nothing of it goes further. */
  #read(error: unknown): TransportResult {
    if (!this.#watch.handedOver) {
      return { kind: 'notSent', words: this.#timedOut ? '连接超时' : describeConnectError(error) }
    }
    const status = axios.isAxiosError(error) ? (error.response?.status ?? null) : null
    return { kind: 'maybeSent', reason: this.#timedOut ? 'timeout' : lostReason(error), status }
  }
}

function lostReason(error: unknown): MaybeSentReason {
  // axios tells its size limit by message only; the version is pinned and a test holds it.
  if (axios.isAxiosError(error) && error.message.startsWith('maxContentLength')) return 'tooLarge'
  // HPE_…: not HTTP. Z_…: not gzip.
  return /^(HPE|Z)_/.test(errorCode(error)) ? 'unreadable' : 'connectionLost'
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // The decoder has no other way to say it; the caller reports an unreadable answer.
    return null
  }
}

function parseDate(header: unknown): number | null {
  const atMs = typeof header === 'string' ? Date.parse(header) : Number.NaN
  return Number.isNaN(atMs) ? null : atMs
}

export interface StreamedReply {
  readonly status: number
  /** null where the far side does not say. */
  readonly lengthBytes: number | null
  /** As it came, still packed where it was sent packed. */
  readonly body: Readable
}

/**
 * One GET whose body is taken piece by piece; `download.ts` bounds and keeps it. As for every request here: no
 * redirects, no proxy from the environment, a connection of its own.
 * @throws what the network throws; the caller maps it.
 */
export async function getStream(url: string, watch: SocketWatch, signal: AbortSignal): Promise<StreamedReply> {
  const reply = await axios.get<Readable>(url, {
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity' },
    httpAgent: watch.agent,
    httpsAgent: watch.agent,
    proxy: false,
    maxRedirects: 0,
    decompress: false,
    responseType: 'stream',
    transformResponse: [],
    validateStatus: () => true,
    signal,
  })
  const length = Number(reply.headers['content-length'] ?? Number.NaN)
  return { status: reply.status, lengthBytes: Number.isSafeInteger(length) ? length : null, body: reply.data }
}
