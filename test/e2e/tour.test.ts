import { expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startSimulatedDesk } from './support/desk.ts'

const browser = browserForFile()

async function openTour() {
  const { url } = await startSimulatedDesk()
  const counter = new CounterPage(await browser.open(url))
  await counter.step('choose')
  await counter.page.keyboard.press('F1')
  await counter.at('start-tour').click()
  const stop = (wanted: string) =>
    expect.poll(() => counter.at('tour').getAttribute('data-stop'), { timeout: 15_000 }).toBe(wanted)
  return { counter, stop }
}

/** The bubble covers no part of what it points at. */
async function pointsAt(counter: CounterPage, testId: string): Promise<void> {
  const apart = async () => {
    const [tour, target] = await Promise.all([counter.at('tour').boundingBox(), counter.at(testId).boundingBox()])
    if (tour === null || target === null) return false
    const beside = tour.x + tour.width <= target.x || target.x + target.width <= tour.x
    return beside || tour.y + tour.height <= target.y || target.y + target.height <= tour.y
  }
  await expect.poll(apart, { timeout: 5000 }).toBe(true)
}

it('goes along with a real payment from stop to stop, without touching focus or keys', async () => {
  const { counter, stop } = await openTour()
  await stop('choose')
  await pointsAt(counter, 'charge-list')
  await counter.choose(CHARGES.usual)
  await stop('scan')
  await pointsAt(counter, 'simulate-scan')
  await counter.at('simulate-scan').click()
  await stop('confirm')
  await counter.page.keyboard.press('F10')
  await stop('pay')
  await pointsAt(counter, 'pay-qr')
  const link = await counter.at('pay-qr').getAttribute('data-url')
  expect((await fetch(`${link}/pay`, { method: 'POST' })).ok).toBe(true)
  await counter.step('settled')
  await stop('settled')
  await pointsAt(counter, 'settled-card')
  await counter.page.keyboard.press('Enter')
  await counter.step('choose')
  await stop('end')
  await counter.page.keyboard.press('Escape')
  await counter.hasNone('tour')
})

it('is ended by Esc, which then means again what it always does', async () => {
  const { counter, stop } = await openTour()
  await counter.choose(CHARGES.usual)
  await stop('scan')
  await counter.page.keyboard.press('Escape')
  await counter.hasNone('tour')
  await counter.step('scan')
  await counter.page.keyboard.press('Escape')
  await counter.step('choose')
})

it('what is shown of money in training lies under a watermark', async () => {
  const { counter } = await openTour()
  await counter.choose(CHARGES.usual)
  const marks = await counter.at('watermark').evaluateAll((all) => all.map((mark) => mark.dataset.environment))
  expect(marks).toEqual(['simulated', 'simulated'])
})
