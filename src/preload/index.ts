import { contextBridge, ipcRenderer } from 'electron'
import { type Bridge, IPC_CALL_CHANNEL, IPC_EVENT_CHANNEL } from '#shared/contract/bridge.ts'
import type { AppEvent } from '#shared/contract/events.ts'

/** The window's only way out: two functions. `ipcRenderer` itself never reaches the page. */
const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke(IPC_CALL_CHANNEL, name, input),
  onEvent: (listener) => {
    const hear = (_event: unknown, event: AppEvent) => listener(event)
    ipcRenderer.on(IPC_EVENT_CHANNEL, hear)
    return () => {
      ipcRenderer.removeListener(IPC_EVENT_CHANNEL, hear)
    }
  },
}

contextBridge.exposeInMainWorld('cashier', bridge)
