import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WindowFiles } from './window-page.ts'

let folder: string
let root: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'window-page-'))
  folder = join(root, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">')
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {}')
  writeFileSync(join(root, 'secret.txt'), 'S3CRET')
})

afterEach(() => rmSync(root, { recursive: true }))

it('puts the same fresh nonce into the page and into its policy', async () => {
  const pages = await Promise.all([new WindowFiles(folder).read('/'), new WindowFiles(folder).read('/index.html')])
  const nonces = pages.map(({ body }) => /content="([^"]+)"/.exec(String(body))?.[1])
  expect(nonces[0]).not.toBe(nonces[1])
  for (const [index, page] of pages.entries()) {
    expect(nonces[index]).toMatch(/^[\w+/=]{24}$/)
    expect(page.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonces[index]}'`)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(page.headers['cache-control']).toBe('no-store')
  }
})

it('serves a file of the build with its type and for ever', async () => {
  const file = await new WindowFiles(folder).read('/assets/main-1a2b.js')
  expect(file.status).toBe(200)
  expect(Buffer.from(file.body).toString()).toBe('export {}')
  expect(file.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
})

it.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..\\secret.txt',
  '//etc/passwd',
  '/assets',
  '',
  'secret.txt',
])('finds nothing outside the folder by the path %s', async (pathname) => {
  const file = await new WindowFiles(folder).read(pathname)
  expect(file.status).toBe(404)
  expect(String(file.body)).not.toContain('S3CRET')
})

it('says in words that the window is not built', async () => {
  const file = await new WindowFiles(join(root, 'nowhere')).read('/')
  expect(file).toMatchObject({ status: 503, body: expect.stringContaining('npm run build') })
})

it('finds what a new build brought, and no more what it took away', async () => {
  const files = new WindowFiles(folder)
  expect(await files.read('/assets/main-3c4d.js')).toMatchObject({ status: 404 })
  renameSync(join(folder, 'assets', 'main-1a2b.js'), join(folder, 'assets', 'main-3c4d.js'))
  expect(await files.read('/assets/main-3c4d.js')).toMatchObject({ status: 200 })
  expect(await files.read('/assets/main-1a2b.js')).toMatchObject({ status: 404 })
})

it('is there as soon as the window is built', async () => {
  const later = join(root, 'later')
  const files = new WindowFiles(later)
  expect(await files.read('/')).toMatchObject({ status: 503 })
  renameSync(folder, later)
  expect(await files.read('/')).toMatchObject({ status: 200 })
})
