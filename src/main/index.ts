import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app, type BrowserWindow, dialog, ipcMain, protocol, safeStorage, session } from 'electron'
import { type Environment, environmentSchema } from '#shared/contract/settings.ts'
import { err, type Result } from '#shared/domain/result.ts'
import { type App, startApp } from './app.ts'
import { readConfigFile } from './features/settings/config-file.ts'
import { isOwnPage, serveWindow, WINDOW_SCHEME } from './platform/app-protocol.ts'
import { DisplayWindow } from './platform/display-window.ts'
import { windowPrinter } from './platform/printing.ts'
import { reportFile } from './platform/report-file.ts'
import { allowNamedScanners } from './platform/scanner-devices.ts'
import { openStoreKey } from './platform/store-key.ts'
import { denyPermissions, openWindow, setMenu } from './platform/window.ts'
import { type OpenWindow, startElectronHost } from './rpc/electron-host.ts'
import { restoreBackup } from './store/backup/restore-backup.ts'
import { restoredWords } from './store/backup/restore-words.ts'

/**
 * Electron entry: folders, keychain, the app, the window. `--data=DIR` and `--config=FILE` mean what they mean without
 * a window (headless.ts). Nothing before `whenReady` may be awaited: Electron gets ready only when this file has run.
 */
const TITLE = '医保移动支付收费工作站'
const OUT = join(import.meta.dirname, '..')
const PRELOAD = join(OUT, 'preload', 'index.js')
const CLOSE_WITHIN_MS = 2_500
/** Told apart from a crash of Electron itself by whoever started this process. */
const EXIT_CANNOT_START = 78

let deskWindow: BrowserWindow | undefined
let displayWindow: DisplayWindow | undefined

app.commandLine.appendSwitch('lang', 'zh-CN')
protocol.registerSchemesAsPrivileged([WINDOW_SCHEME])
const dataDir = chooseFolders()
process.on('uncaughtException', (error) => stopInWords(error))
process.on('unhandledRejection', (error) => stopInWords(error))

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', showWindow)
  app.whenReady().then(main).catch(stopInWords)
} else if (isRestore()) {
  refuseToStart('没有恢复：本程序正在运行，请先关闭它。')
} else {
  app.exit(0)
}

async function main(): Promise<void> {
  mkdirSync(dataDir, { recursive: true })
  setMenu(process.platform)
  denyPermissions(session.defaultSession)
  serveWindow(protocol, join(OUT, 'renderer'))
  if (isRestore()) return restore()
  const started = await start()
  if (!started.ok) return refuseToStart(started.error.words)
  allowNamedScanners(session.defaultSession, () => started.value.settings().scanner.usbDevices)
  const stopHost = startElectronHost(started.value, {
    ipcMain,
    windows: openWindows,
    isOwnPage,
  })
  closeBeforeQuit(started.value, stopHost)
  app.on('window-all-closed', () => app.quit())
  deskWindow = openWindow({
    title: TITLE,
    preload: PRELOAD,
    sizeFile: join(dataDir, 'window.json'),
    devTools: !app.isPackaged,
    mayOpenOutside: (url) => isSimulatedPhone(url, started.value),
    onTrouble: (words) => dialog.showErrorBox(TITLE, words),
  })
  showDisplay(started.value, deskWindow)
}

/** The patient's display goes with the desk's window: alone it would keep the program running unseen. */
function showDisplay(running: App, desk: BrowserWindow): void {
  const display = new DisplayWindow({
    title: `${TITLE} 患者屏`,
    preload: PRELOAD,
    devTools: !app.isPackaged,
    settings: () => running.settings(),
  })
  displayWindow = display
  display.start()
  running.events.subscribe((event) => event.name === 'settings.changed' && display.arrange())
  desk.once('closed', () => {
    deskWindow = undefined
    display.close()
  })
}

function openWindows(): readonly OpenWindow[] {
  const [desk, display] = [deskWindow?.webContents, displayWindow?.contents()]
  return [
    ...(desk === undefined ? [] : [{ contents: desk, is: 'desk' } as const]),
    ...(display === undefined ? [] : [{ contents: display, is: 'display' } as const]),
  ]
}

/** One folder for everything, with a plain name: the product's own is Chinese, which some backup tools break. */
function chooseFolders(): string {
  const chosen = app.commandLine.getSwitchValue('data')
  const userData = chosen === '' ? join(app.getPath('appData'), 'medins-cashier') : resolve(chosen)
  app.setPath('userData', join(userData, 'window'))
  return join(userData, 'desk')
}

async function start(): Promise<Result<App, { readonly words: string }>> {
  const configFile = app.commandLine.getSwitchValue('config')
  const config = configFile === '' ? undefined : readConfigFile(resolve(configFile))
  if (config?.ok === false) return err({ words: [`设置文件 ${configFile} 有误：`, ...config.error].join('\n') })
  const storeKey = await openStoreKey(join(dataDir, 'store-key.json'), safeStorage, process.platform)
  if (!storeKey.ok) return storeKey
  return startApp({
    dataDir,
    config: config?.value,
    workerFile: new URL('./worker.js', import.meta.url),
    checkpointFile: new URL('./checkpoint.js', import.meta.url),
    storeKey: storeKey.value,
    report: reportFile(join(dataDir, 'reports.log')),
    printer: windowPrinter(() => deskWindow?.webContents),
    openDisplay: () => displayWindow?.open(),
    restoreWords,
  })
}

function isRestore(): boolean {
  return app.commandLine.getSwitchValue('restore') !== ''
}

/** The switches of `restore()`, for the same data folder. */
function restoreWords(backup: string, environment: Environment): string {
  const chosen = app.commandLine.getSwitchValue('data')
  const data = chosen === '' ? '' : `--data="${resolve(chosen)}" `
  return `用本程序带参数启动：${data}--restore="${backup}" --environment=${environment}`
}

/** `--restore=FILE --environment=ENV [--dry-run]`: this app alone can open the key of its database. */
async function restore(): Promise<void> {
  const backup = resolve(app.commandLine.getSwitchValue('restore'))
  const environment = environmentSchema.safeParse(app.commandLine.getSwitchValue('environment'))
  if (!environment.success) return refuseToStart(`--environment：${environment.error.issues[0]?.message ?? ''}`)
  const key = await openStoreKey(join(dataDir, 'store-key.json'), safeStorage, process.platform)
  if (!key.ok) return refuseToStart(key.error.words)
  const dryRun = app.commandLine.hasSwitch('dry-run')
  const database = { path: join(dataDir, environment.data, 'cashier.db'), key: key.value }
  const restored = restoreBackup({ backup, database, nowMs: Date.now(), dryRun })
  if (!restored.ok) return refuseToStart(`没有恢复：${restored.error.words}`)
  dialog.showMessageBoxSync({ title: TITLE, message: restoredWords(backup, restored.value, dryRun).join('\n') })
  app.exit(0)
}

/** Where the centre is only played, so is the patient's phone; a real cashierUrl is for the patient, never for the desk. */
function isSimulatedPhone(url: string, running: App): boolean {
  const { environment, centreUrl } = running.info()
  return environment === 'simulated' && url.startsWith(`${centreUrl}/`)
}

function refuseToStart(words: string): void {
  dialog.showErrorBox(`${TITLE}无法启动`, words)
  app.exit(EXIT_CANNOT_START)
}

/** The store is closed before the process ends; what hangs longer than this is left to the next start. */
function closeBeforeQuit(running: App, stopHost: () => void): void {
  let closing = false
  app.on('will-quit', (event) => {
    event.preventDefault()
    if (closing) return
    closing = true
    stopHost()
    setTimeout(() => app.exit(1), CLOSE_WITHIN_MS)
    running.close().then(
      () => app.exit(0),
      () => app.exit(1),
    )
  })
}

function showWindow(): void {
  if (deskWindow === undefined) return
  if (deskWindow.isMinimized()) deskWindow.restore()
  deskWindow.focus()
}

/** A bug that nobody caught. Going on with half of the app would be worse than a restart: the store is always whole. */
function stopInWords(error: unknown): void {
  reportFile(join(dataDir, 'reports.log'))('uncaught', error)
  dialog.showErrorBox(`${TITLE}出错了`, '程序遇到没有预料到的错误，将要关闭。订单都已保存，请重新启动本程序。')
  app.exit(1)
}
