import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { BrowserWindowConstructorOptions, PrintToPDFOptions, WebContentsPrintOptions } from 'electron'
import type { Frame, Page, Route } from 'playwright-core'
import { app, refusableEvent } from './app.ts'
import { browserContext } from './chromium.ts'
import { ipcMain } from './ipc.ts'
import { answerRequest, fromChromium, toChromium } from './protocol.ts'
import { INVOKE_PATH, preloadScript } from './renderer-side.ts'
import { tell } from './tell.ts'

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

/** A frame as the main process sees it: the same object for the same frame, its address in our own scheme. */
const frames = new WeakMap<Frame, { readonly url: string }>()
function frameOf(frame: Frame): { readonly url: string } {
  const known = frames.get(frame)
  if (known !== undefined) return known
  const made = {
    get url() {
      return fromChromium(frame.url())
    },
  }
  frames.set(frame, made)
  return made
}

class WebContents extends EventEmitter {
  static #hasOpened = false
  readonly page: Promise<Page>
  #page: Page | undefined
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' })
  /** Addresses that the main process asked for; only what the page asks for is put before the listeners. */
  #asked: string | undefined

  constructor(preload: string) {
    super()
    this.page = this.#open(preload)
  }

  get mainFrame() {
    return this.#page === undefined ? undefined : frameOf(this.#page.mainFrame())
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  isDestroyed(): boolean {
    return this.#page?.isClosed() ?? false
  }

  send(channel: string, ...args: unknown[]): void {
    const message = { channel, args: structuredClone(args) }
    this.page
      .then((page) => page.evaluate((sent) => Reflect.get(window, '__standInHear')?.(sent), message))
      // The page is being left or closed: Electron drops the message as well.
      .catch(() => undefined)
  }

  async load(url: string): Promise<void> {
    const page = await this.page
    this.#asked = url
    await page.goto(toChromium(url))
  }

  reload(): void {
    void this.page.then((page) => page.reload())
  }

  /** Nothing comes out; the test hears what was asked for. */
  print(options: WebContentsPrintOptions, done: (success: boolean, reason: string) => void): void {
    tell('print', { options })
    done(true, '')
  }

  async printToPDF({ pageSize, preferCSSPageSize }: PrintToPDFOptions): Promise<Buffer> {
    const page = await this.page
    if (typeof pageSize !== 'object') throw new Error('the desk names its paper in inches')
    const { width, height } = pageSize
    return page.pdf({ width: `${width}in`, height: `${height}in`, preferCSSPageSize: preferCSSPageSize ?? false })
  }

  async #open(preload: string): Promise<Page> {
    const isFirst = !WebContents.#hasOpened
    WebContents.#hasOpened = true
    const context = await browserContext()
    const [empty] = context.pages()
    // Chromium starts with a page of its own; every later window gets a fresh one.
    const page = isFirst && empty !== undefined ? empty : await context.newPage()
    this.#page = page
    await page.addInitScript(preloadScript(await readFile(preload, 'utf8')))
    await page.route('**/*', (route) => this.#answer(route))
    page.on('popup', (popup) => void this.#handlePopup(popup))
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }))
    page.on('pageerror', (error) => process.stderr.write(`page error: ${error.message}\n`))
    return page
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request()
    const url = fromChromium(request.url())
    if (request.method() === 'POST' && new URL(url).pathname === INVOKE_PATH) return this.#invoke(route)
    if (request.isNavigationRequest() && !this.#mayNavigate(url, request.frame())) return route.abort('aborted')
    const answer = await answerRequest(url, request.method())
    if (answer === undefined) return route.abort('blockedbyclient')
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    })
  }

  /** A call of the page, with the frame that made it. */
  async #invoke(route: Route): Promise<void> {
    const request = route.request()
    const [channel, args] = request.postDataJSON() as [string, unknown[]]
    const event = { sender: this, senderFrame: frameOf(request.frame()), type: 'frame' }
    const json = await ipcMain.receive(event, channel, args).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: String(error) }),
    )
    // A page that has been left waits for no answer; one without an origin may read it too, as with an ipcRenderer.
    await route.fulfill({ json, headers: { 'access-control-allow-origin': '*' } }).catch(() => undefined)
  }

  #mayNavigate(url: string, frame: Frame): boolean {
    if (url === this.#asked) return true
    const { event, isRefused } = refusableEvent({ url, isMainFrame: frame.parentFrame() === null })
    this.emit('will-frame-navigate', event)
    return !isRefused()
  }

  async #handlePopup(popup: Page): Promise<void> {
    const { action } = this.#openHandler({ url: popup.url() })
    if (action === 'deny') await popup.close()
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>()
  readonly webContents: WebContents
  readonly #size: { width: number; height: number }

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all]
  }

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    app.mustBeReady('BrowserWindow')
    const { preload, sandbox, contextIsolation, nodeIntegration, webSecurity } = options.webPreferences ?? {}
    if (preload === undefined || !sandbox || !contextIsolation || nodeIntegration || !webSecurity) {
      throw new Error('the desk opens sandboxed, isolated windows with a preload only')
    }
    tell('window', { focusable: options.focusable ?? true, frame: options.frame ?? true })
    this.#size = { width: options.width ?? 800, height: options.height ?? 600 }
    this.webContents = new WebContents(preload)
    BrowserWindow.#all.add(this)
    app.closeWindows = () => {
      for (const window of BrowserWindow.getAllWindows()) window.#closed()
    }
    void this.webContents.page.then((page) => page.on('close', () => this.#closed()))
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url)
    this.emit('ready-to-show')
  }

  show(): void {
    this.emit('show')
  }

  showInactive(): void {
    this.emit('show')
  }

  setBounds(bounds: object): void {
    tell('bounds', { bounds })
  }

  setFullScreen(on: boolean): void {
    if (on) tell('fullScreen')
  }

  close(): void {
    void this.webContents.page.then((page) => page.close())
  }

  maximize(): void {
    this.emit('maximize')
  }

  focus(): void {
    this.emit('focus')
  }

  restore(): void {
    this.emit('restore')
  }

  isMaximized(): boolean {
    return true
  }

  isMinimized(): boolean {
    return false
  }

  getNormalBounds() {
    return { x: 0, y: 0, ...this.#size }
  }

  #closed(): void {
    if (!BrowserWindow.#all.delete(this)) return
    this.emit('close', refusableEvent({}).event)
    this.emit('closed')
    if (BrowserWindow.#all.size === 0) app.emit('window-all-closed')
  }
}
