import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isOwnPage, serveWindow } from './app-protocol.ts'
import { reportFile } from './report-file.ts'
import { openStoreKey, type Sealer } from './store-key.ts'
import { readWindowSize, saveWindowSize } from './window-size.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platform-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the key of the store', () => {
  type Backend = ReturnType<Sealer['getSelectedStorageBackend']>

  function keychain({ available = true, backend = 'gnome_libsecret' as Backend, reseal = false, secret = 'k1' } = {}) {
    const sealer: Sealer = {
      isAsyncEncryptionAvailable: async () => available,
      getSelectedStorageBackend: () => backend,
      encryptStringAsync: async (text) => Buffer.from(`${secret}:${Buffer.from(text).toString('hex')}`),
      decryptStringAsync: async (sealed) => {
        const [by, hex = ''] = sealed.toString().split(':')
        if (by !== secret && !reseal) throw new Error('another keychain')
        return { result: Buffer.from(hex, 'hex').toString(), shouldReEncrypt: reseal }
      },
    }
    return sealer
  }
  const file = () => join(folder, 'desk', 'store-key.json')

  it('is made once, sealed, and the same ever after', async () => {
    const first = await openStoreKey(file(), keychain(), 'linux')
    const key = first.ok ? first.value : undefined
    expect(key).toHaveLength(32)
    expect(await openStoreKey(file(), keychain(), 'linux')).toEqual(first)
    expect(readFileSync(file(), 'utf8')).not.toContain(key?.toString('base64'))
    if (process.platform !== 'win32') expect(statSync(file()).mode & 0o077).toBe(0)
  })

  it.each<[string, Sealer]>([
    ['no keychain', keychain({ available: false })],
    ['a keychain that hides nothing', keychain({ backend: 'basic_text' })],
  ])('is none with %s, and stays none when a keychain comes later', async (_what, sealer) => {
    expect(await openStoreKey(file(), sealer, 'linux')).toEqual({ ok: true, value: undefined })
    expect(await openStoreKey(file(), keychain(), 'linux')).toEqual({ ok: true, value: undefined })
  })

  it.each<[string, Sealer, string]>([
    ['a keychain that is gone', keychain({ available: false }), '不可用'],
    ['the keychain of another user', keychain({ secret: 'k2' }), '解不开'],
  ])('is never replaced because of %s', async (_what, sealer, words) => {
    const first = await openStoreKey(file(), keychain(), 'linux')
    expect(await openStoreKey(file(), sealer, 'linux')).toMatchObject({
      ok: false,
      error: { words: expect.stringContaining(words) },
    })
    expect(await openStoreKey(file(), keychain(), 'linux')).toEqual(first)
  })

  it('is never replaced because its file is damaged', async () => {
    mkdirSync(join(folder, 'desk'))
    writeFileSync(file(), '{"sealed":')
    expect(await openStoreKey(file(), keychain(), 'linux')).toMatchObject({ ok: false })
    expect(readFileSync(file(), 'utf8')).toBe('{"sealed":')
  })

  it('is sealed anew when the keychain asks for it', async () => {
    const first = await openStoreKey(file(), keychain(), 'win32')
    expect(await openStoreKey(file(), keychain({ reseal: true, secret: 'k2' }), 'win32')).toEqual(first)
    expect(await openStoreKey(file(), keychain({ secret: 'k2' }), 'win32')).toEqual(first)
  })
})

describe('the size of the window', () => {
  const screen = { width: 1366, height: 728 }
  const file = () => join(folder, 'window.json')

  it('is remembered', () => {
    saveWindowSize(file(), { width: 1300, height: 725, maximized: false })
    expect(readWindowSize(file(), screen)).toEqual({ width: 1300, height: 725, maximized: false })
  })

  it('fits a screen that became smaller, but never below what the desk needs', () => {
    saveWindowSize(file(), { width: 1920, height: 1080, maximized: false })
    expect(readWindowSize(file(), screen)).toMatchObject({ width: 1366, height: 728 })
    expect(readWindowSize(file(), { width: 1024, height: 600 })).toMatchObject({ width: 1280, height: 720 })
  })

  it.each(['', '{}', '{"width":"1"}', 'null'])('is the whole screen when the file holds %j', (text) => {
    writeFileSync(file(), text)
    expect(readWindowSize(file(), screen)).toEqual({ width: 1366, height: 728, maximized: true })
  })

  it('that cannot be saved disturbs nobody', () => {
    saveWindowSize(join(folder, 'none', 'window.json'), { width: 1, height: 1, maximized: true })
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })
})

describe('the page', () => {
  async function ask(url: string, init?: RequestInit): Promise<Response> {
    writeFileSync(join(folder, 'index.html'), 'page')
    const handlers: ((request: Request) => Response | Promise<Response>)[] = []
    serveWindow({ handle: (_scheme, handler) => handlers.push(handler) }, folder)
    const handler = handlers[0]
    if (handler === undefined) throw new Error('nothing was registered')
    return handler(new Request(url, init))
  }

  it('is served under its own origin with its policy', async () => {
    const answer = await ask('app://cashier/')
    expect(await answer.text()).toBe('page')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it.each(['app://other/', 'app://cashier/../../etc/passwd', 'app://cashier/%2e%2e/x'])(
    'is all there is: %s is not found',
    async (url) => {
      expect((await ask(url)).status).toBe(404)
    },
  )

  it('is read, never written', async () => {
    expect((await ask('app://cashier/', { method: 'POST', body: 'x' })).status).toBe(404)
  })

  it.each([
    ['app://cashier/', true],
    ['app://cashier/#/orders', true],
    ['app://cashier.example/', false],
    ['https://cashier/', false],
    ['', false],
  ])('is ours by its address: %s %s', (url, ours) => {
    expect(isOwnPage(url)).toBe(ours)
  })
})

it('a report holds where it happened and none of the words', () => {
  const file = join(folder, 'reports.log')
  reportFile(file)('id-1', new TypeError('S3CRET 测试甲'))
  reportFile(file)('id-2', 'S3CRET')
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(/id-1 TypeError\n\s+at .*platform\.test\.ts/)
  expect(text).toContain('id-2 string')
  expect(text).not.toMatch(/S3CRET|测试甲/)
})
