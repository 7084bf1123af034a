import { createServer, type Server } from 'node:net'
import type { Page } from 'playwright-core'
import { settingsSchema } from '#shared/contract/settings.ts'
import { scan } from '#test/e2e/support/scanner.ts'
import type { Measurement } from '../lib/measurement.ts'
import { median, quantile } from '../lib/statistics.ts'
import { ALONE, freshPage, NO_BROWSER, openBrowser } from '../window/bench-browser.ts'
import { startBenchDesk } from '../window/bench-desk.ts'

const WIRE_MS = 25
const UPLOAD = settingsSchema.parse({ environment: 'test' }).centre.paths.uploadFees

/** From F10 behind a scan to the first byte of the upload at a bare centre, which refuses it, so that it can be tried again. */
export const scanToWire: Measurement = {
  name: 'scan-to-wire',
  what: 'from F10 behind a scan to the first byte of the upload at the centre',
  longOnly: ALONE,
  async run({ folder, say }) {
    const browser = await openBrowser()
    if (browser === undefined) return { skipped: NO_BROWSER }
    const centre = await startBareCentre()
    const desk = await startBenchDesk({ folder, centreUrl: centre.url })
    try {
      const page = await openCharge(await freshPage(browser), desk.url)
      const bare = await freshPage(browser)
      await bare.goto(`${centre.url}/page`)
      const tries = 100
      const measured: number[] = []
      const reference: number[] = []
      for (let turn = 0; turn < tries; turn += 1) {
        reference.push(await pressToWire(bare, centre))
        await page.bringToFront()
        await scan(page, tokenOf(turn))
        await page.locator('[data-testid="counter"][data-step="confirm"]').waitFor()
        measured.push(await pressToWire(page, centre))
        await page.locator('[data-testid="counter"][data-step="scan"]').waitFor()
      }
      say(`median ${median(measured).toFixed(1)} ms, longest ${Math.max(...measured).toFixed(1)} ms`)
      return [
        {
          what: 'F10 behind a scan to the first byte at the centre, p95',
          measured: quantile(measured, 0.95),
          unit: 'ms',
          reference: { what: 'a bare page that fetches on the key', value: quantile(reference, 0.95) },
          budget: { of: 'time', atMost: WIRE_MS },
        },
      ]
    } finally {
      await desk.close()
      await centre.close()
      await browser.close()
    }
  },
}

async function openCharge(page: Page, url: string): Promise<Page> {
  await page.goto(url)
  await page.locator('[data-testid^="charge-row-"]').first().click()
  await page.locator('[data-testid="counter"][data-step="scan"]').waitFor()
  return page
}

/** An e-voucher of region 990101, which is nowhere; another one each time. */
function tokenOf(turn: number): string {
  return `990101ec8pfd85o1f35635a8c000002f3d${String(turn).padStart(4, '0')}`
}

/** @returns milliseconds from the key, as the browser got it, to the first byte at the centre. Both are on one clock. */
async function pressToWire(page: Page, centre: BareCentre): Promise<number> {
  await page.bringToFront()
  await page.evaluate(() => {
    addEventListener(
      'keydown',
      ({ timeStamp }) => Object.assign(window, { pressedAtMs: performance.timeOrigin + timeStamp }),
      { capture: true, once: true },
    )
  })
  const arrived = centre.nextUpload()
  await page.keyboard.press('F10')
  const arrivedAtMs = await arrived
  // The listener above put it there.
  return arrivedAtMs - (await page.evaluate(() => (window as unknown as { pressedAtMs: number }).pressedAtMs))
}

interface BareCentre {
  readonly url: string
  /** When the first byte of the next upload comes, in epoch milliseconds. */
  nextUpload(): Promise<number>
  close(): Promise<void>
}

const BARE_PAGE = `<!doctype html><title>bare</title><script>
  addEventListener('keydown', (event) => { event.preventDefault(); fetch('${UPLOAD}', { method: 'POST', body: '{}' }) })
</script>`

/** Sockets alone: what is measured is the desk's way to it, not a server's. */
async function startBareCentre(): Promise<BareCentre> {
  let tell: ((atMs: number) => void) | undefined
  const server: Server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (first) => {
      const atMs = performance.timeOrigin + performance.now()
      const isUpload = first.toString('latin1').startsWith(`POST ${UPLOAD} `)
      if (isUpload) tell?.(atMs)
      socket.end(answer(isUpload))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    nextUpload: () =>
      new Promise((resolve) => {
        tell = resolve
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function answer(isUpload: boolean): string {
  const body = isUpload ? '{"code":0,"message":"refused by the bare centre","data":null}' : BARE_PAGE
  const type = isUpload ? 'application/json' : 'text/html'
  return `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
}
