import type { Page } from 'playwright-core'
import type { Measurement } from '../lib/measurement.ts'
import { median, quantile } from '../lib/statistics.ts'
import { freshPage, NO_BROWSER, openBrowser } from '../window/bench-browser.ts'
import { startBenchDesk } from '../window/bench-desk.ts'
import { openAllOrders } from '../window/orders-page.ts'

const PAINT_MS = 100
/** Between two keys of somebody who types fast; and one pause behind each word, in which the answer comes. */
const KEY_GAP_MS = 110
const WORDS = ['zhx', '2026', 'mz2026063', 'wxm', '264.95', '820', 'ly', '100.00']

/** From a key in the search box to the frame that shows it, while answers to what was typed before come in. */
export const searchKey: Measurement = {
  name: 'search-key',
  what: 'from a key in the search box until it is painted',
  async run({ plan, folder, storeOf, short, say }) {
    const browser = await openBrowser()
    if (browser === undefined) return { skipped: NO_BROWSER }
    const desk = await startBenchDesk({ folder, store: storeOf() })
    try {
      const bare = await freshPage(browser)
      await bare.setContent('<input id="search">')
      const page = await openAllOrders(await freshPage(browser), desk.url, plan.orders)
      const words = short ? WORDS.slice(0, 4) : WORDS
      const reference = await typeWords(bare, '#search', words)
      const measured = await typeWords(page, '[data-testid="orders-search"]', words)
      say(
        `${measured.length} keys, median ${median(measured).toFixed(1)} ms, longest ${Math.max(...measured).toFixed(1)} ms`,
      )
      return [
        {
          what: `key in the search box to paint, ${plan.orders} orders, p95`,
          measured: quantile(measured, 0.95),
          unit: 'ms',
          reference: { what: 'a bare field', value: quantile(reference, 0.95) },
          budget: { of: 'time', atMost: PAINT_MS },
        },
      ]
    } finally {
      await desk.close()
      await browser.close()
    }
  },
}

/** @returns milliseconds from each key, as the browser got it, to the frame behind it. */
async function typeWords(page: Page, field: string, words: readonly string[]): Promise<readonly number[]> {
  await page.bringToFront()
  await page.locator(field).focus()
  await page.evaluate(watchKeys)
  for (const word of words) {
    for (const key of word) {
      await page.keyboard.press(key)
      await page.waitForTimeout(KEY_GAP_MS)
    }
    await page.waitForTimeout(400)
    await page.locator(field).fill('')
  }
  // watchKeys put it there.
  return page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes)
}

/** Runs in the page: a message that is sent in a frame arrives when the frame is drawn. */
function watchKeys(): void {
  const keyTimes: number[] = []
  Object.assign(window, { keyTimes })
  document.addEventListener(
    'keydown',
    (event) => {
      const pressedAt = event.timeStamp
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => keyTimes.push(performance.now() - pressedAt)
        port2.postMessage(null)
      })
    },
    true,
  )
}
