import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PERMISSIONS } from '#shared/contract/procedure.ts'
import { type Environment, type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { type Clock, systemClock, type Timers } from '#shared/domain/time.ts'
import { type Desk, startDesk } from './desk/desk.ts'
import type { RestoreWords } from './desk/desk-options.ts'
import { type Network, sockets } from './desk/network.ts'
import { systemTimers } from './desk/system-timers.ts'
import { displayHandlers, type OpenDisplay } from './features/display/display.ts'
import { DisplayBoard } from './features/display/display-board.ts'
import { hidePin, sealPin } from './features/lock/pin-hash.ts'
import { WindowLock } from './features/lock/window-lock.ts'
import type { PrintPort } from './features/receipts/print-port.ts'
import { readSettingsFile, writeSettingsFile } from './features/settings/settings-file.ts'
import { type CallContext, createDispatcher, type Dispatcher, type HandlerAnswer } from './rpc/dispatcher.ts'
import { EventBus } from './rpc/event-bus.ts'
import { UnreadableFold } from './store/fold/fold-block.ts'
import { describeSqliteError } from './store/store-problem.ts'
import { createJobRunner, type JobRunner, WORKER_SOURCE } from './worker/job-runner.ts'

export interface AppOptions {
  /** Where settings and databases live; made when missing. */
  readonly dataDir: string
  /** Settings of `--config`; they stand above the saved ones. */
  readonly config?: Settings | undefined
  /** 32 bytes that seal the database; absent where this machine has no keychain. */
  readonly storeKey?: Buffer | undefined
  readonly clock?: Clock
  readonly timers?: Timers
  readonly random?: () => number
  readonly network?: Network
  /** The worker's entry where it was built into another file. */
  readonly workerFile?: URL
  /** Entry of the thread that makes the store's checkpoints; without it they are made within commits. */
  readonly checkpointFile?: URL
  /** Absent where the window prints by itself: in a browser. */
  readonly printer?: PrintPort | undefined
  /** Absent where the patient's display is a page that the window opens: in a browser. */
  readonly openDisplay?: OpenDisplay | undefined
  /** How a backup is put back where that is not `npm run restore`. */
  readonly restoreWords?: RestoreWords
  /** Gets every bug, with the id that the window shows. Standard error where nobody else takes it. */
  readonly report?: Report
}

export type Report = (reportId: string, error: unknown) => void

export interface App {
  readonly dispatcher: Dispatcher
  readonly events: EventBus
  /** Who sits at this desk. */
  operator(): CallContext
  /** The patient's display: it may look at what is shown to a patient, and nothing else. */
  display(): CallContext
  /** Lets a page be the display. Another one than the desk's own. */
  readonly displayToken: string
  /** Those in force. */
  settings(): Settings
  info(): AppInfo
  close(): Promise<void>
}

export interface AppInfo {
  readonly environment: Environment
  /** Base URL of the callback listener; null when it could not start. */
  readonly listenerUrl: string | null
  readonly centreUrl: string
}

/** What the app starts with where nobody has configured anything: its own centre, invented patients, a free port. */
const EMBEDDED_DEFAULT = settingsSchema.parse({ environment: 'simulated', listener: { port: 0 } })

/**
 * The whole application without Electron: settings, one desk that runs under them, and the dispatcher before it. The
 * hosts (Electron, loopback) add nothing but a way in.
 */
export async function startApp(options: AppOptions): Promise<Result<App, { readonly words: string }>> {
  const settings = loadSettings(options)
  if (!settings.ok) return settings
  const inForce = sealPin(settings.value, undefined)
  const app = new RunningApp(options, inForce)
  const started = await app.start(inForce)
  return started.ok ? ok(app) : started
}

function settingsPath(dataDir: string): string {
  return join(dataDir, 'settings.json')
}

function loadSettings({ config, dataDir }: AppOptions): Result<Settings, { readonly words: string }> {
  if (config !== undefined) return ok(config)
  const saved = readSettingsFile(settingsPath(dataDir))
  return saved.ok ? ok(saved.value ?? EMBEDDED_DEFAULT) : saved
}

/** A stack names files and lines, never values; messages of foreign errors may hold some, so they stay out. */
function reportToStderr(reportId: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? '').split('\n').slice(1, 12).join('\n') : ''
  const name = error instanceof Error ? error.name : typeof error
  process.stderr.write(`[${reportId}] ${name}\n${stack}\n`)
}

class RunningApp implements App {
  readonly dispatcher: Dispatcher
  readonly events = new EventBus()
  readonly #options: AppOptions
  readonly #clock: Clock
  readonly #report: Report
  readonly #jobs: JobRunner
  readonly #calls = new Set<Promise<unknown>>()
  readonly #lock: WindowLock
  readonly displayToken = randomBytes(32).toString('base64url')
  readonly #display: DisplayBoard
  /** Those in force. Kept beside the desk, because lock and display also stand while that restarts. */
  #settings: Settings
  #isFirstStart: boolean
  #desk: Desk | undefined
  /** Calls that arrive while saved settings take effect wait for the desk that comes. */
  #ready: Promise<unknown> = Promise.resolve()

  constructor(options: AppOptions, settings: Settings) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#settings = settings
    this.#isFirstStart = options.config === undefined && !existsSync(settingsPath(options.dataDir))
    this.#lock = new WindowLock({ clock: this.#clock, events: this.events, pinHash: () => this.#settings.desk.lockPin })
    this.#report = options.report ?? reportToStderr
    this.#jobs = createJobRunner(options.workerFile ?? WORKER_SOURCE)
    const currentSettings = () => this.#settings
    this.#display = new DisplayBoard({
      events: this.events,
      clock: this.#clock,
      timers: options.timers ?? systemTimers,
      settings: currentSettings,
      isLocked: () => this.#lock.isLocked,
    })
    const display = displayHandlers({
      board: this.#display,
      settings: currentSettings,
      open: options.openDisplay,
      token: this.displayToken,
    })
    const dispatcher = createDispatcher({
      handlers: () => ({
        ...this.#running().handlers,
        ...this.#lock.handlers(),
        ...display,
        'settings.get': () => ok(hidePin(this.#running().settings)),
        'settings.save': ({ settings }) => this.#saveSettings(settings),
        'settings.keep': () => this.#keep(this.#settings),
      }),
      answered: () => this.#running().answered,
      isLocked: () => this.#lock.isLocked,
      report: this.#report,
      mapError: (error) => {
        if (error instanceof UnreadableFold) return failure('ORDER_UNREADABLE', error.words)
        this.#desk?.noteError(error)
        const problem = describeSqliteError(error)
        return problem === undefined ? undefined : failure('STORE_UNWRITABLE', problem.words)
      },
    })
    this.dispatcher = { call: (name, input, context) => this.#track(name, () => dispatcher.call(name, input, context)) }
  }

  async start(settings: Settings): Promise<Result<void, { readonly words: string }>> {
    const { dataDir, storeKey, timers = systemTimers, random = Math.random, network = sockets } = this.#options
    const started = await startDesk({
      dataDir,
      storeKey,
      settings,
      clock: this.#clock,
      timers,
      jobs: this.#jobs,
      checkpointFile: this.#options.checkpointFile,
      random,
      network,
      events: this.events,
      printer: this.#options.printer,
      restoreWords: this.#options.restoreWords,
      report: this.#report,
      isFirstStart: () => this.#isFirstStart,
      callsUnderWay: () => Promise.allSettled(this.#calls),
    })
    if (!started.ok) return started
    this.#desk = started.value
    this.#settings = settings
    return ok(undefined)
  }

  operator(): CallContext {
    // One operator a desk until people sign in; the procedures name the permissions already.
    return { operator: { name: this.#settings.desk.operatorName, permissions: new Set(PERMISSIONS) } }
  }

  display(): CallContext {
    return { operator: { name: '患者屏', permissions: new Set(['display']) } }
  }

  settings(): Settings {
    return this.#settings
  }

  info(): AppInfo {
    const { settings, listenerUrl, centreUrl } = this.#running()
    return { environment: settings.environment, listenerUrl, centreUrl }
  }

  async close(): Promise<void> {
    this.#display.close()
    await this.#desk?.close()
    this.#desk = undefined
  }

  /** A desk closes after the calls that it is answering; saving settings is what closes it, so it is not among them. */
  async #track<T>(name: unknown, run: () => Promise<T>): Promise<T> {
    await this.#ready
    if (name === 'settings.save') return run()
    const call = run()
    this.#calls.add(call)
    try {
      return await call
    } finally {
      this.#calls.delete(call)
    }
  }

  /** Ends the desk and starts it anew under the new settings; with the old ones again when the new do not start. */
  async #saveSettings(wanted: Settings): Promise<HandlerAnswer<'settings.save'>> {
    const before = this.#running()
    const settings = sealPin(wanted, before.settings)
    if (before.isBusy()) return err(failure('ORDER_BUSY', '有操作正在等待医保中心答复，请稍后再保存设置'))
    const started = await this.#restart(settings, before.settings)
    if (!started.ok) return err(failure('SETTINGS_INVALID', started.error.words))
    return this.#keep(settings)
  }

  /** Also ends the first start. */
  #keep(settings: Settings): HandlerAnswer<'settings.keep'> {
    writeSettingsFile(settingsPath(this.#options.dataDir), settings)
    this.#isFirstStart = false
    const shown = hidePin(settings)
    this.events.publish({ name: 'settings.changed', payload: shown })
    return ok(shown)
  }

  async #restart(settings: Settings, fallback: Settings): Promise<Result<void, { readonly words: string }>> {
    const done = Promise.withResolvers<void>()
    this.#ready = done.promise
    try {
      await this.close()
      const started = await this.start(settings)
      if (!started.ok) await this.start(fallback)
      return started
    } finally {
      this.#display.begin()
      done.resolve()
    }
  }

  #running(): Desk {
    if (this.#desk === undefined) throw new Error('the desk is not running')
    return this.#desk
  }
}
