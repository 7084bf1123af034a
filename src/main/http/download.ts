import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { describeConnectError, errorCode } from './connect-error.ts'
import { SocketWatch } from './socket-watch.ts'
import { getStream } from './transport.ts'
import { CLOSING_WORDS, UnderWay } from './under-way.ts'

export interface DownloadRequest {
  readonly url: URL
  /** Made with mode 0600; must not exist. What is left there after a failure is the caller's to remove. */
  readonly toFile: string
  readonly maxBytes: number
  /** From now to the last byte on disk. */
  readonly deadlineMs: number
}

export type DownloadResult =
  | { readonly kind: 'saved'; readonly bytes: number; readonly sha256: string }
  /** Answered, but not with a file. */
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'timeout' }
  /** `words` say where it stopped: no connection, or broken off half way. */
  | { readonly kind: 'lost'; readonly words: string }
  | { readonly kind: 'unwritable' }

/** Fetches whole files to disk, never to memory. */
export interface Downloader {
  /** One try. Does not throw for anything that a network, a far side or a disk can do. */
  fetch(request: DownloadRequest): Promise<DownloadResult>
  /** Ends what is under way, and refuses what comes later. */
  close(): void
}

export function createDownloader(): Downloader {
  const underWay = new UnderWay<DownloadResult>({ kind: 'lost', words: CLOSING_WORDS })
  return {
    fetch: (request) => underWay.run(() => new Download(request)),
    close: () => underWay.close(),
  }
}

class Download {
  readonly #watch: SocketWatch
  readonly #abort = new AbortController()
  readonly #request: DownloadRequest
  #ended: 'timeout' | 'tooLarge' | 'unwritable' | null = null

  constructor(request: DownloadRequest) {
    this.#request = request
    this.#watch = new SocketWatch(request.url.protocol === 'https:')
  }

  async run(): Promise<DownloadResult> {
    const deadline = setTimeout(() => {
      this.#ended ??= 'timeout'
      this.stop()
    }, this.#request.deadlineMs)
    try {
      return await this.#transfer()
    } catch (error) {
      return this.#read(error)
    } finally {
      clearTimeout(deadline)
      this.stop()
    }
  }

  stop(): void {
    this.#abort.abort()
    this.#watch.end()
  }

  async #transfer(): Promise<DownloadResult> {
    const { url, toFile, maxBytes } = this.#request
    const { status, lengthBytes, body } = await getStream(url.href, this.#watch, this.#abort.signal)
    // Its end is awaited by nobody where it is not wanted.
    body.on('error', () => this.stop())
    if (status !== 200) return { kind: 'status', status }
    if ((lengthBytes ?? 0) > maxBytes) return { kind: 'tooLarge' }

    const hash = createHash('sha256')
    let bytes = 0
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        bytes += chunk.length
        if (bytes > maxBytes) this.#ended ??= 'tooLarge'
        hash.update(chunk)
        done(bytes > maxBytes ? new Error('too large') : null, chunk)
      },
    })
    // `flush` waits for the disk: a bill that is told of must be there after a power cut.
    const file = createWriteStream(toFile, { flags: 'wx', mode: 0o600, flush: true })
    file.on('error', (error) => {
      if (isFileError(error)) this.#ended ??= 'unwritable'
    })
    await pipeline(body, meter, file, { signal: this.#abort.signal })
    return { kind: 'saved', bytes, sha256: hash.digest('hex') }
  }

  #read(error: unknown): DownloadResult {
    if (this.#ended !== null) return { kind: this.#ended }
    if (!this.#watch.handedOver) return { kind: 'lost', words: describeConnectError(error) }
    return { kind: 'lost', words: '下载到一半连接中断' }
  }
}

const FILE_ERRORS = [
  'ENOSPC',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'EEXIST',
  'EIO',
  'EDQUOT',
  'EMFILE',
  'ENOTDIR',
  'EISDIR',
]

/** The pipeline also hands the network's errors to the file's stream; those are not the disk's. */
function isFileError(error: unknown): boolean {
  return FILE_ERRORS.includes(errorCode(error))
}
