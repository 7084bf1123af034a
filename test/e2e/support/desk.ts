import { onTestFinished } from 'vitest'
import { type SettingsInput, settingsSchema } from '#shared/contract/settings.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { BUILT, type HeadlessProcess, startHeadless } from '#test/support/headless-process.ts'
import { tempDir } from '#test/support/temp-dir.ts'

const DEFAULTS = settingsSchema.parse({ environment: 'test' })

/** What the centre received and sent. */
export interface WireEntry {
  readonly interfaceId: string
  readonly requestBody: string
  readonly replyBody: string | null
}

export interface SimulatedCentreControl {
  /** Scripts the centre: its control API under /sim. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  wire(interfaceId: string): Promise<readonly WireEntry[]>
  stop(): Promise<void>
}

/** The app in a process of its own, against a simulated centre that lives in the test and outlives it. */
export interface Desk {
  readonly centre: SimulatedCentreControl
  readonly dataDir: string
  /** Address of the window, with the token of the present run. */
  url(): string
  call: HeadlessProcess['call']
  /** As a power cut would. */
  kill(): Promise<void>
  /** Starts it again: same data, same port of the window, other settings where given. */
  start(changes?: DeskSettings): Promise<void>
}

export type DeskSettings = Omit<SettingsInput, 'environment'>

/** @param dataDir with a store that is there already, where a test needs one */
export async function startDesk(settings: DeskSettings = {}, dataDir = tempDir()): Promise<Desk> {
  let app: HeadlessProcess | undefined
  let port = 0
  const centre = await startCentre({
    port: 0,
    ...DEFAULTS.centre,
    callbackBase: () => app?.ready.listener ?? '',
    callbackPaths: DEFAULTS.listener.paths,
    payAfterMs: null,
    callbackPauseMs: 50,
  })
  onTestFinished(() => centre.close())
  const running = (): HeadlessProcess => {
    if (app === undefined) throw new Error('the app is not running')
    return app
  }
  const start = async (changes: DeskSettings = {}) => {
    const config: SettingsInput = {
      environment: 'test',
      listener: { port: 0 },
      ...settings,
      ...changes,
      centre: { baseUrl: centre.baseUrl, ...settings.centre, ...changes.centre },
    }
    app = await startHeadless(dataDir, config, { entry: BUILT, port })
    port = Number(new URL(app.ready.url).port)
  }
  await start()
  return {
    dataDir,
    centre: controlOf(centre.baseUrl, () => centre.close()),
    url: () => addressOf(running()),
    call: (name, input) => running().call(name, input),
    kill: async () => {
      await running().stop('SIGKILL')
      app = undefined
    },
    start,
  }
}

/** The app as a newcomer starts it: its own simulated centre inside, no settings at all but a free port. */
export async function startSimulatedDesk(): Promise<{ readonly url: string }> {
  const app = await startHeadless(tempDir(), { environment: 'simulated', listener: { port: 0 } }, { entry: BUILT })
  return { url: addressOf(app) }
}

function addressOf({ ready }: HeadlessProcess): string {
  return `${ready.url}/#token=${ready.token}`
}

function controlOf(baseUrl: string, stop: () => Promise<void>): SimulatedCentreControl {
  const control: SimulatedCentreControl['control'] = async (method, path, body) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(`${baseUrl}/sim${path}`, init)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  return {
    control,
    stop,
    wire: async (interfaceId) => {
      const { entries } = (await control('GET', '/wire')) as { entries: WireEntry[] }
      return entries.filter((entry) => entry.interfaceId === interfaceId)
    },
  }
}
