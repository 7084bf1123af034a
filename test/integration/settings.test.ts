import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type App, startApp } from '#main/app.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { tempDir } from '#test/support/temp-dir.ts'

async function started(dataDir: string): Promise<App> {
  const result = await startApp({ dataDir })
  if (!result.ok) throw new Error(result.error.words)
  onTestFinished(() => result.value.close())
  return result.value
}

const settingsOf = async (app: App) => {
  const answer = await app.dispatcher.call('settings.get', {}, app.operator())
  return settingsSchema.parse(answer.ok ? answer.value : undefined)
}

describe('settings', () => {
  it('without any, the app runs on its own simulated centre', async () => {
    const app = await started(tempDir())
    expect(app.info()).toMatchObject({ environment: 'simulated', centreUrl: expect.stringContaining('127.0.0.1') })
    expect(app.info().listenerUrl).not.toBeNull()
  })

  it('saved ones are in force at once, told to the windows, and found by the next start', async () => {
    const dataDir = tempDir()
    const app = await started(dataDir)
    const before = await settingsOf(app)
    const settings = { ...before, desk: { ...before.desk, name: '急诊 3 号窗', operatorName: '甲' } }
    const heard: string[] = []
    app.events.subscribe((event) => heard.push(event.name))
    const saved = await app.dispatcher.call('settings.save', { requestId: randomUUID(), settings }, app.operator())
    expect(saved).toMatchObject({ ok: true, value: { desk: { name: '急诊 3 号窗' } } })
    expect(heard).toContain('settings.changed')
    expect(app.operator().operator.name).toBe('甲')
    await app.close()
    expect((await settingsOf(await started(dataDir))).desk.name).toBe('急诊 3 号窗')
  })

  it('a PIN is in force at once, is shown to nobody, and locks the window of the next start', async () => {
    const dataDir = tempDir()
    const app = await started(dataDir)
    const before = await settingsOf(app)
    const settings = { ...before, desk: { ...before.desk, lockPin: '4711' } }
    const call = (on: App, name: string, input: unknown) => on.dispatcher.call(name, input, on.operator())
    const saved = await call(app, 'settings.save', { requestId: randomUUID(), settings })
    expect(saved).toMatchObject({ ok: true, value: { desk: { lockPin: '••••' } } })
    expect((await settingsOf(app)).desk.lockPin).toBe('••••')
    expect(readFileSync(join(dataDir, 'settings.json'), 'utf8')).toMatch(/"lockPin": "scrypt:/)
    expect(await call(app, 'window.lockState', {})).toMatchObject({ value: { locked: false, needsPin: true } })
    await app.close()

    const next = await started(dataDir)
    expect(await call(next, 'window.lockState', {})).toMatchObject({ value: { locked: true, needsPin: true } })
    const save = () => call(next, 'settings.save', { requestId: randomUUID(), settings })
    expect(await save()).toMatchObject({ ok: false, error: { code: 'WINDOW_LOCKED' } })
    expect(await call(next, 'window.unlock', { pin: '0000' })).toMatchObject({
      ok: false,
      error: { code: 'PIN_WRONG' },
    })
    expect(await call(next, 'window.unlock', { pin: '4711' })).toMatchObject({ ok: true })
    expect(await save()).toMatchObject({ ok: true })
  })

  it('a mistake in the saved file is named, and the file is left as it is', async () => {
    const dataDir = tempDir()
    const path = join(dataDir, 'settings.json')
    writeFileSync(path, '{"environment":"test","centre":{"baseUrl":"ftp://x"},"listner":{}}')
    const result = await startApp({ dataDir })
    expect(result.ok).toBe(false)
    if (!result.ok) {
      expect(result.error.words).toContain('centre.baseUrl')
      expect(result.error.words).toContain('listner')
    }
    expect(readFileSync(path, 'utf8')).toContain('listner')
  })

  it('every mistake in what the window sends is named, and nothing is saved', async () => {
    const dataDir = tempDir()
    const app = await started(dataDir)
    const settings = { environment: 'production', his: { source: 'simulator' }, listener: { port: 70000 } }
    const answer = await app.dispatcher.call('settings.save', { requestId: randomUUID(), settings }, app.operator())
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
    if (!answer.ok) expect(answer.error.message).toContain('settings.listener.port')
    expect(existsSync(join(dataDir, 'settings.json'))).toBe(false)
  })

  it('a callback port that is taken is said in words, and the app goes on', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => blocker.once('listening', resolve))
    onTestFinished(() => void blocker.close())
    const address = blocker.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const result = await startApp({
      dataDir: tempDir(),
      config: settingsSchema.parse({ environment: 'simulated', listener: { port } }),
    })
    if (!result.ok) throw new Error(result.error.words)
    onTestFinished(() => result.value.close())
    expect(result.value.info().listenerUrl).toBeNull()
    const health = await result.value.dispatcher.call('health.get', {}, result.value.operator())
    expect(health).toMatchObject({ ok: true, value: { listener: { state: 'down' } } })
    expect(JSON.stringify(health)).toContain(String(port))
  })
})

describe('offline', () => {
  it('with centre and HIS away the app starts, shows orders, and says why nothing can be sent', async () => {
    const dataDir = tempDir()
    const config = settingsSchema.parse({
      environment: 'test',
      centre: { baseUrl: 'http://127.0.0.1:9' },
      listener: { port: 0 },
      his: { source: 'http', http: { baseUrl: 'http://127.0.0.1:9' } },
    })
    const result = await startApp({ dataDir, config })
    if (!result.ok) throw new Error(result.error.words)
    const app = result.value
    onTestFinished(() => app.close())
    const call = (name: string, input: unknown) => app.dispatcher.call(name, input, app.operator())
    expect(await call('orders.search', {})).toMatchObject({ ok: true, value: { orders: [] } })
    expect(await call('charges.search', {})).toMatchObject({ ok: true, value: { live: false, charges: [] } })
    const upload = { requestId: randomUUID(), medOrgOrd: 'MZ1', ecToken: '990101ec8pfd85o1f35635a8c000002f3d795f' }
    expect(await call('counter.upload', upload)).toMatchObject({ ok: false, error: { code: 'HIS_UNREACHABLE' } })
    await expect
      .poll(async () => call('health.get', {}))
      .toMatchObject({ ok: true, value: { centre: { state: 'down' }, his: { state: 'down' } } })
  })
})
