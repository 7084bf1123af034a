import { BrowserWindow, Menu, type Session, screen, shell, type WebContents } from 'electron'
import { isOwnPage, WINDOW_URL } from './app-protocol.ts'
import { LEAST_SIZE, readWindowSize, saveWindowSize } from './window-size.ts'

export interface WindowOptions {
  readonly title: string
  readonly preload: string
  /** Where the size is remembered. */
  readonly sizeFile: string
  /** Developers' tools; off in the installed app. */
  readonly devTools: boolean
  /** Links that may be opened, in the person's own browser: the page that plays the patient's phone. */
  readonly mayOpenOutside: (url: string) => boolean
  /** Told when the page cannot be shown. The words are for the cashier. */
  readonly onTrouble: (words: string) => void
}

/** What every page of ours runs under: sandboxed and without Node. */
export const SAFE_PAGE = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
} as const

/** Keeps a window on our own pages, and its title as it was given. */
export function guardPage(window: BrowserWindow, mayOpenOutside: (url: string) => boolean): void {
  keepInside(window.webContents, mayOpenOutside)
  keepTitle(window)
}

/** Opens the desk's own window: sandboxed, without Node, and unable to leave our own page. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const size = readWindowSize(options.sizeFile, screen.getPrimaryDisplay().workAreaSize)
  const window = new BrowserWindow({
    width: size.width,
    height: size.height,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: options.title,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      ...SAFE_PAGE,
      preload: options.preload,
      devTools: options.devTools,
      // Behind another window it still tells the patient's display that it is there.
      backgroundThrottling: false,
    },
  })
  guardPage(window, options.mayOpenOutside)
  rememberSize(window, options.sizeFile)
  watchTrouble(window.webContents, options.onTrouble)
  window.once('ready-to-show', () => {
    if (size.maximized) window.maximize()
    window.show()
  })
  window.loadURL(WINDOW_URL).catch(() => options.onTrouble('界面没有打开，请重新启动本程序。'))
  return window
}

/** Camera, location, notifications and whatever comes next: this window needs none of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/**
 * No menu, and with it none of its keys: reload, developer tools, zoom and close are not for a key that a scanner could
 * type. macOS keeps its own, without which copy and paste have no keys there.
 */
export function setMenu(platform: NodeJS.Platform): void {
  const roles = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([...roles]) : null)
}

function keepInside(contents: WebContents, mayOpenOutside: (url: string) => boolean): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
}

/** The taskbar and a screen share show the title; the page must not put a patient's name there. */
function keepTitle(window: BrowserWindow): void {
  window.on('page-title-updated', (event) => event.preventDefault())
}

function rememberSize(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const { width, height } = window.getNormalBounds()
    saveWindowSize(file, { width, height, maximized: window.isMaximized() })
  })
}

/** A page that crashes once is loaded again, because the truth is in the store; one that keeps crashing is told. */
function watchTrouble(contents: WebContents, onTrouble: (words: string) => void): void {
  let crashes = 0
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || reason === 'killed') return
    crashes += 1
    if (crashes > MOST_CRASHES) onTrouble(`界面反复停止工作（${reason}）。订单都已保存，请重新启动本程序。`)
    else contents.reload()
  })
}

const MOST_CRASHES = 3
