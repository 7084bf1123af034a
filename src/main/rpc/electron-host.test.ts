import type { IpcMainInvokeEvent } from 'electron'
import { expect, it } from 'vitest'
import { IPC_CALL_CHANNEL, IPC_EVENT_CHANNEL } from '#shared/contract/bridge.ts'
import type { DisplayView } from '#shared/contract/display.ts'
import { PROCEDURES } from '#shared/contract/table.ts'
import { hostedApp, SIMULATED } from '#test/support/hosted-app.ts'
import { startElectronHost } from './electron-host.ts'

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

/** As much of a window's contents as the host uses: its page, and what it was sent. */
function contents(url: string, isGone = false) {
  const sent: unknown[][] = []
  const made = {
    mainFrame: { url },
    sent,
    isDestroyed: () => isGone,
    send: (...message: unknown[]) => {
      if (isGone) throw new Error('Object has been destroyed')
      sent.push(message)
    },
  }
  return made
}

function host(url = 'app://cashier/') {
  const channels = new Map<string, Listener>()
  const [desk, display, gone] = [contents(url), contents(`${url}display.html`), contents(url, true)]
  const app = hostedApp()
  const stop = startElectronHost(app, {
    ipcMain: {
      handle: (channel, listener) => channels.set(channel, listener),
      removeHandler: (channel) => channels.delete(channel),
    },
    windows: () => [
      { contents: desk, is: 'desk' },
      { contents: display, is: 'display' },
      { contents: gone, is: 'desk' },
    ],
    isOwnPage: (url) => url.startsWith('app://cashier/'),
  })
  const call = (event: unknown, ...args: unknown[]) =>
    // Of Electron's event only the sender and its frame are read.
    channels.get(IPC_CALL_CHANNEL)?.(event as IpcMainInvokeEvent, ...args)
  return { app, call, stop, desk, display, channels }
}

type Contents = ReturnType<typeof contents>
const from = (sender: Contents, senderFrame: unknown = sender.mainFrame) => ({ sender, senderFrame })

it('answers the main frame of our own page', async () => {
  const { call, desk } = host()
  expect(await call(from(desk), 'settings.get', {})).toEqual({ ok: true, value: SIMULATED })
})

it.each([
  ['another site', 'https://cashier/'],
  ['a page that only begins like ours', 'app://cashier.example/'],
  ['a blank page', 'about:blank'],
  ['a file', 'file:///app://cashier/'],
])('refuses %s and says why', async (_what, url) => {
  const { call, desk } = host(url)
  expect(await call(from(desk), 'settings.get', {})).toMatchObject(refused('别的页面'))
})

it('refuses a frame inside our page, a frame that is gone, and a window that it did not open', async () => {
  const { call, desk } = host()
  expect(await call(from(desk, { url: 'app://cashier/' }), 'settings.get', {})).toMatchObject(refused('内嵌页面'))
  expect(await call(from(desk, null), 'settings.get', {})).toMatchObject(refused('已经不在'))
  expect(await call(from(contents('app://cashier/')), 'settings.get', {})).toMatchObject(refused('未知的窗口'))
})

function refused(words: string) {
  return { ok: false, error: { code: 'UNAUTHENTICATED', message: expect.stringContaining(words) } }
}

it("lets the patient's display look at the display and do nothing else, whatever page it shows", async () => {
  const { call, display } = host()
  display.mainFrame.url = 'app://cashier/'
  for (const [name, { permission }] of Object.entries(PROCEDURES)) {
    if (permission === 'display') continue
    expect(await call(from(display), name, {}), name).toMatchObject({ error: { code: 'NOT_PERMITTED' } })
  }
})

const anyCall = (name: unknown) => {
  const { call, desk } = host()
  return call(from(desk), name)
}

it.each([[undefined], ['__proto__'], [{ toString: 1 }]])('answers the name %j with an envelope', async (name) => {
  expect(await anyCall(name)).toMatchObject({ error: { code: 'UNKNOWN_PROCEDURE' } })
})

it('sends an event to every window that is still there and may hear it, until it is stopped', () => {
  const { app, desk, display, stop, channels } = host()
  const settings = { name: 'settings.changed', payload: SIMULATED } as const
  const shown = { name: 'display.changed', payload: VIEW } as const
  app.events.publish(settings)
  app.events.publish(shown)
  stop()
  app.events.publish(settings)
  expect(desk.sent).toEqual([
    [IPC_EVENT_CHANNEL, settings],
    [IPC_EVENT_CHANNEL, shown],
  ])
  expect(display.sent).toEqual([[IPC_EVENT_CHANNEL, shown]])
  expect(channels.size).toBe(0)
})

const VIEW: DisplayView = {
  content: { kind: 'idle' },
  orgName: '模拟医院',
  deskName: '门诊收费 1 号窗口',
  environment: 'simulated',
  theme: 'system',
  nowMs: 0,
}
