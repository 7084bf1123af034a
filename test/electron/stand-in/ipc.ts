type InvokeListener = (event: unknown, ...args: unknown[]) => unknown

class IpcMain {
  readonly #listeners = new Map<string, InvokeListener>()

  handle(channel: string, listener: InvokeListener): void {
    if (this.#listeners.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#listeners.set(channel, listener)
  }

  removeHandler(channel: string): void {
    this.#listeners.delete(channel)
  }

  /** What Electron does with an `ipcRenderer.invoke`. */
  async receive(event: unknown, channel: string, args: readonly unknown[]): Promise<unknown> {
    const listener = this.#listeners.get(channel)
    if (listener === undefined) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await listener(event, ...structuredClone(args)))
  }
}

export const ipcMain = new IpcMain()
