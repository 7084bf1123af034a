import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { IPC_CALL_CHANNEL } from '#shared/contract/bridge.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'
import { callDesk, playPayment } from './play-payment.ts'
import { startStandIn } from './stand-in/stand-in-process.ts'

/** The channel itself, which the stand-in leaves open in every frame so that a test can play a hostile one. */
function callChannel(frame: Page | Frame, name: string): Promise<unknown> {
  return frame.evaluate(([channel, procedure]) => Reflect.get(window, '__standInInvoke')(channel, procedure, {}), [
    IPC_CALL_CHANNEL,
    name,
  ] as const)
}

/** A page of somebody else on this machine. */
async function startElsewhere(): Promise<{ readonly url: string; readonly asked: () => boolean }> {
  let asked = false
  const server = createServer((_request, reply) => {
    asked = true
    reply.end('elsewhere')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}/`, asked: () => asked }
}

describe('the built desktop app', () => {
  it('plays one payment from scan to settled and closes with 0', async () => {
    const desk = startStandIn(tempDir())
    const page = await desk.page()
    const { medOrgOrd } = await playPayment(page)
    const order = await callDesk(page, 'orders.get', { medOrgOrd })
    expect(order).toMatchObject({ ok: true, value: { state: 'settled', legs: { insurance: 'paid' } } })
    expect(desk.complaints()).toBe('')
    expect(await desk.stop()).toBe(0)
  })

  it('shows the order again after a restart, from the sealed store', async () => {
    const dir = tempDir()
    const first = startStandIn(dir)
    const { medOrgOrd } = await playPayment(await first.page())
    await first.stop()
    expect(
      readFileSync(join(dir, 'desk', 'simulated', 'cashier.db'))
        .subarray(0, 15)
        .toString(),
    ).not.toBe('SQLite format 3')
    const second = startStandIn(dir)
    const page = await second.page()
    await page.getByTestId('counter').waitFor()
    expect(await callDesk(page, 'orders.get', { medOrgOrd })).toMatchObject({ ok: true, value: { state: 'settled' } })
  })

  it('works without a keychain, in an open store, and says so', async () => {
    const dir = tempDir()
    const desk = startStandIn(dir, [], { STAND_IN_KEYCHAIN: 'none' })
    const page = await desk.page()
    await page.getByTestId('counter').waitFor()
    const health = await callDesk(page, 'health.get', {})
    expect(health).toMatchObject({ ok: true, value: { store: { words: expect.stringContaining('加密') } } })
    await desk.stop()
    expect(
      readFileSync(join(dir, 'desk', 'simulated', 'cashier.db'))
        .subarray(0, 15)
        .toString(),
    ).toBe('SQLite format 3')
  })

  it('denies every permission and has no menu', async () => {
    const desk = startStandIn(tempDir())
    await desk.hear('browser')
    expect(desk.told).toEqual(
      expect.arrayContaining([
        { standIn: 'menu', menu: null },
        { standIn: 'permissionRequests', handled: true },
        { standIn: 'permissionChecks', handled: true },
        { standIn: 'devicePermissions', handled: true },
        { standIn: 'sessionEvent', event: 'select-hid-device' },
        { standIn: 'sessionEvent', event: 'select-serial-port' },
      ]),
    )
  })
})

describe('the page', () => {
  it('has two functions of the desk and nothing of Electron or Node', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    const seen = await page.evaluate(() => ({
      cashier: Object.keys(Reflect.get(window, 'cashier')).sort(),
      others: ['require', 'process', 'ipcRenderer', 'electron', 'module'].filter((name) => name in window),
    }))
    expect(seen).toEqual({ cashier: ['invoke', 'onEvent'], others: [] })
  })

  it('hears events', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    await page.evaluate(() => {
      const heard: string[] = []
      Reflect.set(window, 'heard', heard)
      Reflect.get(window, 'cashier').onEvent((event: { name: string }) => heard.push(event.name))
    })
    await playPayment(page)
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toContain('order.changed')
  })

  it('cannot be led away, neither by a link nor by a script', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    const before = page.url()
    await page.evaluate(() => window.location.assign('http://desk.example/'))
    await page.getByTestId('nav-orders').click()
    expect(new URL(page.url()).origin).toBe(new URL(before).origin)
    expect(await callDesk(page, 'settings.get', {})).toMatchObject({ ok: true })
  })

  it('opens the simulated phone in the own browser of the person, and nothing else', async () => {
    const desk = startStandIn(tempDir())
    const page = await desk.page()
    const { phoneUrl } = await playPayment(page)
    const elsewhere = await startElsewhere()
    for (const url of [elsewhere.url, phoneUrl]) {
      await page.evaluate((to) => void window.open(to, '_blank', 'noopener'), url)
    }
    await waitFor('the other page to be asked for', () => (elsewhere.asked() ? true : undefined))
    await desk.hear('openExternal')
    await waitFor('the windows to be closed', () => (page.context().pages().length === 1 ? true : undefined))
    expect(desk.told.filter(({ standIn }) => standIn === 'openExternal')).toEqual([
      { standIn: 'openExternal', url: phoneUrl },
    ])
  })
})

describe('a call', () => {
  it('from a frame inside the page is refused', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    await page.evaluate(() => void document.body.append(document.createElement('iframe')))
    const frame = await waitFor('the frame', () => page.mainFrame().childFrames()[0])
    expect(await callChannel(frame, 'settings.get')).toMatchObject({
      ok: false,
      error: { code: 'UNAUTHENTICATED', message: expect.stringContaining('内嵌页面') },
    })
    expect(await callChannel(page, 'settings.get')).toMatchObject({ ok: true })
  })

  it('from a page of another origin is refused', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    await page.goto('about:blank')
    expect(await callChannel(page, 'settings.get')).toMatchObject({
      ok: false,
      error: { code: 'UNAUTHENTICATED', message: expect.stringContaining('别的页面') },
    })
  })

  it('with an unknown name or wrong input is answered with an envelope', async () => {
    const page = await startStandIn(tempDir()).page()
    await page.getByTestId('counter').waitFor()
    expect(await callDesk(page, '__proto__', {})).toMatchObject({ error: { code: 'UNKNOWN_PROCEDURE' } })
    expect(await callDesk(page, 'charges.get', { medOrgOrd: 1 })).toMatchObject({
      error: { code: 'INPUT_INVALID', details: [{ path: 'medOrgOrd' }] },
    })
  })
})

describe('a start that fails', () => {
  it('because of the settings file names every mistake in a box and opens no window', async () => {
    const file = join(tempDir(), 'settings.json')
    writeFileSync(file, '{"environment":"live","listener":{"port":-1}}')
    const desk = startStandIn(tempDir(), [`--config=${file}`])
    expect(await desk.exitCode).toBe(78)
    const box = await desk.hear('errorBox')
    expect(box.content).toMatch(/environment：.*\n.*listener\.port：/)
    expect(desk.told.map(({ standIn }) => standIn)).not.toContain('browser')
  })

  it('because the key does not fit says so and leaves key and store as they are', async () => {
    const dir = tempDir()
    const first = startStandIn(dir)
    await (await first.page()).getByTestId('counter').waitFor()
    await first.stop()
    const key = readFileSync(join(dir, 'desk', 'store-key.json'))
    const second = startStandIn(dir, [], { STAND_IN_KEYCHAIN: 'none' })
    expect(await second.exitCode).toBe(78)
    expect((await second.hear('errorBox')).content).toContain('系统密钥库')
    expect(readFileSync(join(dir, 'desk', 'store-key.json'))).toEqual(key)
  })

  it('because it runs already ends at once and quietly', async () => {
    const second = startStandIn(tempDir(), [], { STAND_IN_SECOND_INSTANCE: 'yes' })
    expect(await second.exitCode).toBe(0)
    expect(second.told).toEqual([])
  })
})
