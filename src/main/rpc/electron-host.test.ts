import type { IpcMainInvokeEvent } from 'electron'
import { expect, it } from 'vitest'
import { IPC_CALL_CHANNEL, IPC_EVENT_CHANNEL } from '#shared/contract/bridge.ts'
import { hostedApp, SIMULATED } from '#test/support/hosted-app.ts'
import { startElectronHost } from './electron-host.ts'

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown

function host() {
  const channels = new Map<string, Listener>()
  const sent: unknown[] = []
  const app = hostedApp()
  const stop = startElectronHost(app, {
    ipcMain: {
      handle: (channel, listener) => channels.set(channel, listener),
      removeHandler: (channel) => channels.delete(channel),
    },
    windows: () => [
      { send: (...message: unknown[]) => sent.push(message), isDestroyed: () => false },
      {
        send: () => {
          throw new Error('Object has been destroyed')
        },
        isDestroyed: () => true,
      },
    ],
    isOwnPage: (url) => url.startsWith('app://cashier/'),
  })
  const call = (event: unknown, ...args: unknown[]) =>
    // Of Electron's event only the sender and its frame are read.
    channels.get(IPC_CALL_CHANNEL)?.(event as IpcMainInvokeEvent, ...args)
  return { app, call, stop, sent, channels }
}

function from(url: string) {
  const mainFrame = { url }
  return { senderFrame: mainFrame, sender: { mainFrame } }
}

it('answers the main frame of our own page', async () => {
  const answer = await host().call(from('app://cashier/'), 'settings.get', {})
  expect(answer).toEqual({ ok: true, value: SIMULATED })
})

it.each([
  ['another site', from('https://cashier/'), '别的页面'],
  ['a page that only begins like ours', from('app://cashier.example/'), '别的页面'],
  ['a blank page', from('about:blank'), '别的页面'],
  ['a file', from('file:///app://cashier/'), '别的页面'],
  [
    'a frame inside our page',
    { senderFrame: { url: 'app://cashier/' }, sender: from('app://cashier/').sender },
    '内嵌页面',
  ],
  ['a frame that is gone', { senderFrame: null, sender: from('app://cashier/').sender }, '已经不在'],
])('refuses %s and says why', async (_what, event, words) => {
  expect(await host().call(event, 'settings.get', {})).toMatchObject({
    ok: false,
    error: { code: 'UNAUTHENTICATED', message: expect.stringContaining(words) },
  })
})

it.each([[undefined], ['__proto__'], [{ toString: 1 }]])('answers the name %j with an envelope', async (name) => {
  expect(await host().call(from('app://cashier/'), name)).toMatchObject({ error: { code: 'UNKNOWN_PROCEDURE' } })
})

it('sends events to every window that is still there, until it is stopped', () => {
  const { app, sent, stop, channels } = host()
  const event = { name: 'settings.changed', payload: SIMULATED } as const
  app.events.publish(event)
  stop()
  app.events.publish(event)
  expect(sent).toEqual([[IPC_EVENT_CHANNEL, event]])
  expect(channels.size).toBe(0)
})
