import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { IPC_CALL_CHANNEL, IPC_EVENT_CHANNEL } from '#shared/contract/bridge.ts'
import type { Envelope } from '#shared/contract/procedure.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'
import type { HostedApp } from './loopback-host.ts'

export interface ElectronHostParts {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  /** The open windows, each of which hears every event. */
  readonly windows: () => readonly Pick<WebContents, 'send' | 'isDestroyed'>[]
  /** Whether a page is ours, by its address. */
  readonly isOwnPage: (url: string) => boolean
}

/**
 * One channel for all calls. Only the main frame of our own page may use it: a frame inside it, or a page that it was
 * led away to, is told why it is refused. @returns the function that takes the host down.
 */
export function startElectronHost(app: HostedApp, parts: ElectronHostParts): () => void {
  parts.ipcMain.handle(IPC_CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<Envelope<unknown>> => {
    const refusal = whyRefused(event, parts.isOwnPage)
    if (refusal !== undefined) return err(failure('UNAUTHENTICATED', refusal))
    return app.dispatcher.call(name, input, app.operator())
  })
  const unsubscribe = app.events.subscribe((event) => {
    for (const window of parts.windows()) {
      if (!window.isDestroyed()) window.send(IPC_EVENT_CHANNEL, event)
    }
  })
  return () => {
    unsubscribe()
    parts.ipcMain.removeHandler(IPC_CALL_CHANNEL)
  }
}

function whyRefused(event: IpcMainInvokeEvent, isOwnPage: (url: string) => boolean): string | undefined {
  const frame = event.senderFrame
  if (frame === null) return '发出请求的页面已经不在，已拒绝'
  if (frame !== event.sender.mainFrame) return '请求来自内嵌页面，已拒绝'
  return isOwnPage(frame.url) ? undefined : '请求来自别的页面，已拒绝'
}
