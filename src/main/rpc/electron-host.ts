import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { IPC_CALL_CHANNEL, IPC_EVENT_CHANNEL } from '#shared/contract/bridge.ts'
import type { Envelope } from '#shared/contract/procedure.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err } from '#shared/domain/result.ts'
import { type CallContext, mayHear } from './dispatcher.ts'
import type { HostedApp } from './loopback-host.ts'

export interface ElectronHostParts {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>
  /** The open windows, each of which hears the events that it may. */
  readonly windows: () => readonly OpenWindow[]
  /** Whether a page is ours, by its address. */
  readonly isOwnPage: (url: string) => boolean
}

export interface OpenWindow {
  readonly contents: Pick<WebContents, 'send' | 'isDestroyed'>
  /** Who a window is follows from how it was opened, never from the page that it shows. */
  readonly is: 'desk' | 'display'
}

/**
 * One channel for all calls. Only the main frame of our own page may use it: a frame inside it, or a page that it was
 * led away to, is told why it is refused. @returns the function that takes the host down.
 */
export function startElectronHost(app: HostedApp, parts: ElectronHostParts): () => void {
  parts.ipcMain.handle(IPC_CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<Envelope<unknown>> => {
    const refusal = whyRefused(event, parts.isOwnPage)
    if (refusal !== undefined) return err(failure('UNAUTHENTICATED', refusal))
    const window = parts.windows().find(({ contents }) => contents === event.sender)
    if (window === undefined) return err(failure('UNAUTHENTICATED', '请求来自未知的窗口，已拒绝'))
    return app.dispatcher.call(name, input, contextOf(app, window))
  })
  const unsubscribe = app.events.subscribe((event) => {
    for (const window of parts.windows()) {
      if (window.contents.isDestroyed() || !mayHear(contextOf(app, window), event)) continue
      window.contents.send(IPC_EVENT_CHANNEL, event)
    }
  })
  return () => {
    unsubscribe()
    parts.ipcMain.removeHandler(IPC_CALL_CHANNEL)
  }
}

function contextOf(app: HostedApp, { is }: OpenWindow): CallContext {
  return is === 'display' ? app.display() : app.operator()
}

function whyRefused(event: IpcMainInvokeEvent, isOwnPage: (url: string) => boolean): string | undefined {
  const frame = event.senderFrame
  if (frame === null) return '发出请求的页面已经不在，已拒绝'
  if (frame !== event.sender.mainFrame) return '请求来自内嵌页面，已拒绝'
  return isOwnPage(frame.url) ? undefined : '请求来自别的页面，已拒绝'
}
