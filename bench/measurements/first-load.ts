import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import type { Measurement } from '../lib/measurement.ts'
import { median } from '../lib/statistics.ts'
import { ALONE, freshPage, NO_BROWSER, openBrowser } from '../window/bench-browser.ts'
import { startBenchDesk } from '../window/bench-desk.ts'
import { serveReferencePage } from '../window/reference-page.ts'

const COUNTER_READY = '[data-testid^="charge-row-"]'
const TABLE_READY = '.ant-table-row'

/** The window with an empty cache until patients can be chosen, and how much script that takes. */
export const firstLoad: Measurement = {
  name: 'first-load',
  what: 'from the address to the list of patients in a real browser; script loaded for it',
  longOnly: ALONE,
  async run({ folder, say }) {
    const browser = await openBrowser()
    if (browser === undefined) return { skipped: NO_BROWSER }
    const reference = await serveReferencePage(folder)
    const desk = await startBenchDesk({ folder })
    try {
      const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] }
      for (let round = -1; round < 21; round += 1) {
        const bare = await loadTime(browser, reference.url, TABLE_READY)
        const ours = await loadTime(browser, desk.url, COUNTER_READY)
        // The first round warms up the processes.
        if (round < 0) continue
        times.bare.push(bare)
        times.ours.push(ours)
      }
      say(
        `the window ${times.ours.map(Math.round).join(' ')} ms; the bare page ${times.bare.map(Math.round).join(' ')} ms`,
      )
      return [
        {
          what: 'first load of the window, until patients can be chosen',
          measured: median(times.ours),
          unit: 'ms',
          reference: { what: 'a page with React, antd and one table', value: median(times.bare) },
          budget: { of: 'ratio', atMost: 1.5 },
        },
        {
          what: 'script of the first load, compressed',
          measured: await scriptKilobytes(browser, desk.url),
          unit: 'kB',
          reference: { what: 'the same page', value: await scriptKilobytes(browser, reference.url, TABLE_READY) },
          budget: { of: 'value', atMost: 700 },
        },
      ]
    } finally {
      await desk.close()
      reference.close()
      await browser.close()
    }
  },
}

/** @returns milliseconds from the start of the navigation to the frame that shows it. */
async function loadTime(browser: Browser, url: string, ready: string): Promise<number> {
  const page = await freshPage(browser)
  await page.addInitScript((selector) => {
    const told = Promise.withResolvers<number>()
    Object.assign(window, { readyMs: told.promise })
    const look = () => {
      if (document.querySelector(selector) === null) requestAnimationFrame(look)
      else told.resolve(performance.now())
    }
    requestAnimationFrame(look)
  }, ready)
  await page.goto(url)
  // The script above put it there.
  const readyMs = await page.evaluate(() => (window as unknown as { readyMs: Promise<number> }).readyMs)
  await page.context().close()
  return readyMs
}

async function scriptKilobytes(browser: Browser, url: string, ready = COUNTER_READY): Promise<number> {
  const page = await freshPage(browser)
  const bodies: Promise<Buffer>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' || isModule(response.url())) bodies.push(response.body())
  })
  await openReady(page, url, ready)
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body, { level: 9 }).length)
  await page.context().close()
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

/** Scripts that another one asks for ahead of time have no such type. */
function isModule(url: string): boolean {
  return new URL(url).pathname.endsWith('.js')
}

async function openReady(page: Page, url: string, ready: string): Promise<void> {
  await page.goto(url)
  await page.locator(ready).first().waitFor()
}
