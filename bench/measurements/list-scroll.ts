import type { Page } from 'playwright-core'
import type { Figure, Measurement } from '../lib/measurement.ts'
import { ALONE, freshPage, NO_BROWSER, openBrowser } from '../window/bench-browser.ts'
import { startBenchDesk } from '../window/bench-desk.ts'
import { type FrameRun, meanOf, openBareList, scrollFrames, summary } from '../window/frames.ts'
import { LIST, openAllOrders } from '../window/orders-page.ts'

/** 55 frames a second. */
const FRAME_MS = 18.2
const FRAMES = 280

/** As fast as a wheel that is turned without a stop, and as somebody who drags the scroll bar through all of it. */
const WAYS = [
  { what: 'turning the wheel', step: 60 },
  { what: 'dragging the scroll bar', step: 1 / 300 },
] as const

export const listScroll: Measurement = {
  name: 'list-scroll',
  what: 'frames while the list of all orders is scrolled in a real browser',
  longOnly: ALONE,
  async run({ plan, folder, storeOf, say }) {
    const browser = await openBrowser()
    if (browser === undefined) return { skipped: NO_BROWSER }
    const desk = await startBenchDesk({ folder, store: storeOf() })
    try {
      const page = await openAllOrders(await freshPage(browser), desk.url, plan.orders)
      const bare = await freshPage(browser)
      const bareBox = await openBareList(bare)
      const figures: Figure[] = []
      for (const { what, step } of WAYS) {
        const reference = await scroll(bare, { box: bareBox, frames: FRAMES, step })
        const measured = await scroll(page, { box: LIST, frames: FRAMES, step })
        say(`${what}: ${summary(measured.frames)}; the bare list: ${summary(reference.frames)}`)
        figures.push(figureOf(`one frame while ${what} through ${plan.orders} orders`, measured, reference))
        if (step > 1) figures.push(emptyRows(measured))
      }
      return figures
    } finally {
      await desk.close()
      await browser.close()
    }
  },
}

/** From the top; the first run of each page only warms it up. */
async function scroll(page: Page, plan: Parameters<typeof scrollFrames>[1]): Promise<FrameRun> {
  await page.bringToFront()
  for (const frames of [30, plan.frames]) {
    await page.evaluate((box) => document.querySelector(box)?.scrollTo(0, 0), plan.box)
    await page.waitForTimeout(300)
    if (frames === plan.frames) break
    await scrollFrames(page, { ...plan, frames })
  }
  return scrollFrames(page, plan)
}

function figureOf(what: string, measured: FrameRun, reference: FrameRun): Figure {
  return {
    what,
    measured: meanOf(measured.frames),
    unit: 'ms',
    reference: { what: 'a list of empty rows', value: meanOf(reference.frames) },
    budget: { of: 'time', atMost: FRAME_MS },
  }
}

/** A list that is fast because it shows nothing would be no list. */
function emptyRows({ emptyPercent }: FrameRun): Figure {
  return {
    what: 'rows still to be fetched when they come into sight, turning the wheel',
    measured: emptyPercent,
    unit: '%',
    budget: { of: 'value', atMost: 2 },
  }
}
