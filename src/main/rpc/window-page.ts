import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** A file of the built window, ready to be answered by either host. */
export interface WindowFile {
  readonly status: 200 | 404 | 503
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

const PAGE = '/index.html'
const NONCE_MARK = '__CSP_NONCE__'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Answers paths of the window, the same for the Electron protocol and for the loopback host. Paths are looked up among the
 * names that the folder really holds and never joined to it, so that no path can lead out of the folder. A page gets a
 * fresh nonce each time; it is the only thing that may bring inline styles.
 */
export class WindowFiles {
  readonly #folder: string
  /** By path. A build gives changed files new names, so a name that is not among them is looked for once more. */
  #listed: Promise<ReadonlyMap<string, string>> | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(pathname: string): Promise<WindowFile> {
    const wanted = pathname === '/' ? PAGE : pathname
    const content = (await this.#contentOf(wanted)) ?? (await this.#contentAnew(wanted))
    if (content === undefined) return (await this.#isBuilt()) ? NOT_THERE : NOT_BUILT
    if (wanted.endsWith('.html')) return page(Buffer.from(content).toString('utf8'))
    return { status: 200, headers: assetHeaders(wanted), body: content }
  }

  async #contentAnew(wanted: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    this.#listed = undefined
    return this.#contentOf(wanted)
  }

  async #contentOf(wanted: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const file = (await this.#files()).get(wanted)
    return file === undefined ? undefined : readFile(file).then((bytes) => new Uint8Array(bytes), gone)
  }

  async #isBuilt(): Promise<boolean> {
    return (await this.#files()).has(PAGE)
  }

  #files(): Promise<ReadonlyMap<string, string>> {
    this.#listed ??= listFiles(this.#folder)
    return this.#listed
  }
}

/** It was there when the folder was listed. @throws whatever else keeps it from being read. */
function gone(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

/** Sent with everything, also with refusals. */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** What the window may load and do: its own files, its own server, nothing else. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function listFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(folder.length).split(sep).join('/'), file]),
  )
}

function page(template: string): WindowFile {
  const nonce = randomBytes(16).toString('base64')
  return {
    status: 200,
    headers: {
      ...COMMON_HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy(nonce),
      'cache-control': 'no-store',
    },
    body: template.replaceAll(NONCE_MARK, nonce),
  }
}

/** The build puts a hash into the name of everything under /assets/, so such a file never changes. */
function assetHeaders(pathname: string): Record<string, string> {
  return {
    ...COMMON_HEADERS,
    'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
    'cache-control': pathname.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache',
  }
}

const NOT_THERE = words(404, '没有这个文件。')
const NOT_BUILT = words(503, '界面还没有构建，请先运行 npm run build。')

function words(status: 404 | 503, text: string): WindowFile {
  return {
    status,
    headers: { ...COMMON_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: text,
  }
}
