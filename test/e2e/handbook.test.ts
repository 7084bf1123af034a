import { expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { type DeskSettings, startDesk } from './support/desk.ts'
import { axeFindings, widthFindings } from './support/look-audit.ts'
import { mouseSeen, unplugMouse } from './support/no-mouse.ts'
import { openRefund } from './support/refund-page.ts'

const browser = browserForFile()

async function openCounter(settings: DeskSettings = {}) {
  const desk = await startDesk(settings)
  const counter = new CounterPage(await browser.open(desk.url()))
  await unplugMouse(counter.page)
  await counter.step('choose')
  return { desk, counter, keyboard: counter.page.keyboard }
}

it('F1 and Enter open the page for what is on the screen, with its picture; arrows turn the pages', async () => {
  const { counter, keyboard } = await openCounter()
  await keyboard.press('F1')
  await counter.focusRests('open-handbook')
  await keyboard.press('Enter')
  await counter.focusRests('handbook-contents')
  await counter.shows('handbook-page', /第一笔收费.*按 F10 上传费用/)
  const picture = counter.at('handbook-page').locator('img')
  const width = () => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)
  await expect.poll(width, { timeout: 15_000 }).toBe(1366)
  expect(await axeFindings(counter.page)).toEqual([])
  expect(await widthFindings(counter.page)).toEqual([])
  await keyboard.press('ArrowDown')
  await counter.shows('handbook-page', '患者付不了或走了')
  await keyboard.press('End')
  await counter.shows('handbook-page', '练习')
  await counter.fitsTheWindow()
  await keyboard.press('Escape')
  await counter.at('help').waitFor({ state: 'hidden' })
  await counter.focusRests('scan-ready')
  await keyboard.press('F1')
  await counter.at('keys-now').waitFor()
  expect(await mouseSeen(counter.page)).toEqual([])
})

/** What F1 offers to read; the window is then as it was. */
async function offered(counter: CounterPage, title: string): Promise<void> {
  await counter.page.keyboard.press('F1')
  await counter.shows('open-handbook', `窗口手册：${title}`)
  await counter.page.keyboard.press('Escape')
  await counter.at('help').waitFor({ state: 'hidden' })
}

it('the page follows the screen', async () => {
  const { desk, counter, keyboard } = await openCounter()
  await keyboard.press('Alt+4')
  await counter.at('bills').waitFor()
  await offered(counter, '对账')
  await keyboard.press('Alt+1')
  await openRefund(desk, counter.page, CHARGES.usual)
  await offered(counter, '全部退款')
  await keyboard.press('Alt+5')
  await counter.at('attention').waitFor()
  await offered(counter, '待处理')
})

it('a broken line goes before what the screen is for', async () => {
  // A port that nobody listens on: 9 is for what is thrown away.
  const { counter } = await openCounter({ centre: { baseUrl: 'http://127.0.0.1:9' } })
  await counter.shows('health-centre', '断开')
  await offered(counter, '断网')
})
