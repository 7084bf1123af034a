import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { scan } from './support/scanner.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()
const SPLIT = { setlType: 'ALL', amounts: { fundPay: 100, psnAcctPay: 40 } }

declare global {
  var heardHertz: number[]
}

/** From now on every note that the page starts is written down; it sounds all the same. */
async function listen(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    globalThis.heardHertz = []
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
      globalThis.heardHertz.push(this.frequency.value)
      start.call(this, when)
    }
  })
  return () => page.evaluate(() => globalThis.heardHertz.splice(0))
}

const SCAN = [1568]
const SUCCESS = [659, 880, 1319]
const ATTENTION = [784, 784]

it('a scan, a refused scan and a payment sound once each, and drawing the screen again sounds nothing', async () => {
  const desk = await startDesk()
  const counter = new CounterPage(await browser.open(desk.url()))
  const heard = await listen(counter.page)
  await counter.choose(CHARGES.usual)
  await scan(counter.page, '134567890123456789')
  await counter.shows('scan-cue', '微信付款码')
  expect(await heard()).toEqual(ATTENTION)
  await counter.scanAndUpload()
  await counter.step('paying')
  expect(await heard()).toEqual(SCAN)

  const medOrgOrd = await counter.number(CHARGES.usual)
  await counter.at('nav-orders').click()
  await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, SPLIT)
  await expect.poll(heard, { timeout: 15_000 }).toEqual(SUCCESS)
  await counter.at('nav-counter').click()
  await counter.step('settled')
  expect(await heard()).toEqual([])
})

it('one press silences the desk, and the frame says so', async () => {
  const desk = await startDesk()
  const counter = new CounterPage(await browser.open(desk.url()))
  const heard = await listen(counter.page)
  await counter.at('mute').click()
  await counter.shows('mute', '已静音')
  await counter.choose(CHARGES.usual)
  await scan(counter.page, '134567890123456789')
  await counter.shows('scan-cue', '微信付款码')
  expect(await heard()).toEqual([])
})

it('a tone can be tried at a volume that is not saved yet, and a machine without a Chinese voice says so', async () => {
  const desk = await startDesk({ sound: { muted: true } })
  const screen = new ScreenPage(await browser.open(desk.url()))
  const heard = await listen(screen.page)
  await screen.goTo('settings')
  await screen.at('section-sound').click()
  await screen.at('try-success').click()
  expect(await heard()).toEqual(SUCCESS)
  await screen.at('input-sound.volume').fill('0')
  await screen.at('try-success').click()
  expect(await heard()).toEqual([])
  await screen.shows('voice-found', '没有装中文语音')
  expect(await screen.at('try-voice').isDisabled()).toBe(true)
})
