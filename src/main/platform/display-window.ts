import { BrowserWindow, screen, type WebContents } from 'electron'
import type { Settings } from '#shared/contract/settings.ts'
import { DISPLAY_URL } from './app-protocol.ts'
import { type DisplayPlace, displayPlace } from './display-place.ts'
import { guardPage, SAFE_PAGE } from './window.ts'

export interface DisplayWindowOptions {
  readonly title: string
  readonly preload: string
  readonly devTools: boolean
  readonly settings: () => Settings
}

/**
 * The patient's window. It follows the screens: a second one that is plugged in gets it, one that is unplugged takes it
 * along. It never takes the focus, because a scan goes where the focus is.
 */
export class DisplayWindow {
  readonly #options: DisplayWindowOptions
  #window: BrowserWindow | undefined
  /** Kept until the display is closed by hand. */
  #wasAskedFor = false

  constructor(options: DisplayWindowOptions) {
    this.#options = options
  }

  /** From now on it stands where the screens and the settings want it. */
  start(): void {
    for (const change of ['display-added', 'display-removed', 'display-metrics-changed'] as const) {
      // One listener of three events: TypeScript takes the overloads one by one.
      screen.on(change as 'display-added', () => this.arrange())
    }
    this.arrange()
  }

  open(): void {
    this.#wasAskedFor = true
    this.arrange()
  }

  close(): void {
    this.#window?.close()
  }

  contents(): WebContents | undefined {
    return this.#window?.webContents
  }

  /** Also after the settings have changed. */
  arrange(): void {
    const { enabled } = this.#options.settings().display
    const place = displayPlace(enabled, screen.getAllDisplays(), screen.getPrimaryDisplay().id, this.#wasAskedFor)
    if (place === null) {
      this.close()
      return
    }
    this.#window ??= this.#make(place)
    this.#window.setFullScreen(false)
    this.#window.setBounds(place.bounds)
    this.#window.setFullScreen(place.fullScreen)
  }

  #make({ bounds, fullScreen }: DisplayPlace): BrowserWindow {
    const { title, preload, devTools } = this.#options
    const window = new BrowserWindow({
      ...bounds,
      title,
      show: false,
      // Nobody works in it; with a frame it could be dragged away or closed by a patient's touch.
      frame: !fullScreen,
      focusable: false,
      autoHideMenuBar: true,
      webPreferences: { ...SAFE_PAGE, preload, devTools, backgroundThrottling: false },
    })
    guardPage(window, () => false)
    window.once('ready-to-show', () => window.showInactive())
    window.once('closed', () => {
      this.#window = undefined
      this.#wasAskedFor = false
    })
    // What keeps the page from opening keeps the desk's own page too, and that one says so.
    window.loadURL(DISPLAY_URL).catch(() => window.close())
    return window
  }
}
