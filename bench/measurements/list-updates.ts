import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { Measurement } from '../lib/measurement.ts'
import { ALONE, freshPage, NO_BROWSER, openBrowser } from '../window/bench-browser.ts'
import { startBenchDesk } from '../window/bench-desk.ts'
import { summary, watchFrames } from '../window/frames.ts'
import { LIST, numbersInSight, openAllOrders } from '../window/orders-page.ts'

const A_SECOND = 50
const LONGEST_MS = 100
const FOR_MS = 10_000
const PATH = settingsSchema.parse({ environment: 'test' }).listener.paths.miniProgram

/** Orders in sight change, by callbacks of the centre, while the list and one of them are on screen. */
export const listUpdates: Measurement = {
  name: 'list-updates',
  what: `frames while ${A_SECOND} orders a second change in the list`,
  longOnly: ALONE,
  async run({ plan, folder, storeOf, say }) {
    const browser = await openBrowser()
    if (browser === undefined) return { skipped: NO_BROWSER }
    const desk = await startBenchDesk({ folder, store: storeOf() })
    try {
      const page = await openAllOrders(await freshPage(browser), desk.url, plan.orders)
      await page.locator(`${LIST} [role="option"][data-testid]`).first().click()
      await page.getByTestId('order-detail').waitFor()
      const numbers = await numbersInSight(page)
      const idle = await watchFrames(page, FOR_MS / 2)
      const before = await entriesShown(page)
      const [frames] = await Promise.all([watchFrames(page, FOR_MS), sendUpdates(desk.listenerUrl, numbers)])
      await page.waitForTimeout(1_000)
      const shown = (await entriesShown(page)) - before
      say(`${summary(frames)}; without updates: ${summary(idle)}; ${shown} of them seen in the open order`)
      return [
        {
          what: `longest frame during ${A_SECOND} updates a second`,
          measured: Math.max(...frames),
          unit: 'ms',
          reference: { what: 'the same window without updates', value: Math.max(...idle) },
          budget: { of: 'time', atMost: LONGEST_MS },
        },
        {
          what: 'updates of the open order that its history shows',
          measured: shown,
          unit: 'entries',
          budget: { of: 'value', atLeast: Math.floor((A_SECOND * FOR_MS) / 1000 / numbers.length) - 1 },
        },
      ]
    } finally {
      await desk.close()
      await browser.close()
    }
  },
}

function entriesShown(page: Page): Promise<number> {
  return page.getByTestId('timeline').locator('li').count()
}

/** Interface 2.3, each time with another amount, so that none of them is a repetition. */
async function sendUpdates(listenerUrl: string, numbers: readonly string[]): Promise<void> {
  const startedAt = performance.now()
  for (let sent = 0; (sent * 1000) / A_SECOND < FOR_MS; sent += 1) {
    await pause(Math.max(0, startedAt + (sent * 1000) / A_SECOND - performance.now()))
    void post(`${listenerUrl}${PATH}`, {
      ...{ medOrgOrd: numbers[sent % numbers.length], payOrdId: `BENCH${sent}`, chrgTime: '20260630120000' },
      ...{ feeSumamt: sent + 1, ownPayAmt: sent + 1, psnAcctPay: 0, fundPay: 0, notifyHisStatus: '1' },
    })
  }
}

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok || !/"code"\s*:\s*1\b/.test(text)) throw new Error(`the callback was not taken: ${text}`)
}
