import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** An event that can be refused, as Electron hands it to listeners. */
export function refusableEvent<T extends object>(facts: T) {
  let refused = false
  const event = {
    ...facts,
    preventDefault: () => {
      refused = true
    },
  }
  return { event, isRefused: () => refused }
}

class App extends EventEmitter {
  readonly isPackaged = false
  readonly commandLine = {
    appendSwitch: () => this.mustNotBeReady('commandLine.appendSwitch'),
    getSwitchValue: (name: string) =>
      process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
    hasSwitch: (name: string) =>
      process.argv.some((argument) => argument === `--${name}` || argument.startsWith(`--${name}=`)),
  }
  /** Closes what the window stands on; set by the browser when it is there. */
  closeBrowser: () => Promise<void> = async () => undefined
  closeWindows: () => void = () => undefined
  readonly #paths = new Map([['appData', join(homedir(), '.config')]])
  #isReady = false

  constructor() {
    super()
    // Electron gets ready when the main script has run, never while it runs.
    setImmediate(() => {
      this.#isReady = true
      this.emit('ready')
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.quit())
  }

  async whenReady(): Promise<void> {
    if (!this.#isReady) await new Promise((resolve) => this.once('ready', resolve))
  }

  getPath(name: string): string {
    const path = this.#paths.get(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  requestSingleInstanceLock(): boolean {
    return process.env.STAND_IN_SECOND_INSTANCE !== 'yes'
  }

  quit(): void {
    const before = refusableEvent({})
    this.emit('before-quit', before.event)
    if (before.isRefused()) return
    this.closeWindows()
    const will = refusableEvent({})
    this.emit('will-quit', will.event)
    if (!will.isRefused()) this.exit(0)
  }

  exit(code: number): void {
    this.closeBrowser().then(
      () => process.exit(code),
      () => process.exit(code),
    )
  }

  mustBeReady(what: string): void {
    if (!this.#isReady) throw new Error(`${what} cannot be used before the app is ready`)
  }

  mustNotBeReady(what: string): void {
    if (this.#isReady) throw new Error(`${what} should be called before the app is ready`)
  }
}

export const app = new App()
