import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage, OTHER_EC_TOKEN } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { mouseSeen, tabTo, unplugMouse, walkTab } from './support/no-mouse.ts'
import { RefundPage } from './support/refund-page.ts'
import { scan } from './support/scanner.ts'

const browser = browserForFile()

async function openWithoutMouse() {
  const desk = await startDesk()
  const counter = new CounterPage(await browser.open(desk.url()))
  await unplugMouse(counter.page)
  await counter.step('choose')
  await counter.at('charge-list').waitFor()
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await counter.page.keyboard.press(key)
  }
  return { desk, counter, page: counter.page, press }
}

/** Finds a patient with F3, and opens the charge. @returns the order number. */
async function findByKeys(counter: CounterPage, name: string, serial: string): Promise<string> {
  const { keyboard } = counter.page
  await keyboard.press('F3')
  await keyboard.type(name, { delay: 60 })
  await counter.page.locator('[data-testid$="000101"]').waitFor({ state: 'detached' })
  const row = counter.page.locator(`[data-testid^="charge-row-"][data-testid$="${serial}"]`)
  for (let pressed = 0; pressed < 10 && (await row.getAttribute('data-active')) !== 'true'; pressed += 1) {
    await keyboard.press('ArrowDown')
  }
  const medOrgOrd = await counter.number(serial)
  await keyboard.press('Enter')
  await counter.step('scan')
  return medOrgOrd
}

/** The line below the card and the button that stands out name the same key; where the line names none, none stands out. */
async function nextAgrees(counter: CounterPage): Promise<void> {
  const { page } = counter
  const next = await counter.at('next-key').getAttribute('data-next')
  const named = next === 'none' ? [] : [await counter.at('next-key').locator('kbd').first().innerText()]
  const buttons = page.locator('.ant-btn-primary:not([disabled]):not([aria-pressed])')
  const shown = (await buttons.locator('kbd').allInnerTexts()).filter((key) => key !== '')
  // Looking for a patient has a field instead of a button.
  expect({ next, shown }).toEqual({ next, shown: next === 'find' ? [] : named })
}

describe('with the mouse unplugged', () => {
  it('a payment is taken, given back and found again', async () => {
    const { desk, counter, page, press } = await openWithoutMouse()
    await nextAgrees(counter)
    const medOrgOrd = await findByKeys(counter, '周知行', CHARGES.usual)
    await nextAgrees(counter)
    await scan(page, EC_TOKEN)
    await counter.step('confirm')
    await nextAgrees(counter)
    await press('F10')
    await counter.step('paying')
    await nextAgrees(counter)
    await press('F7')
    await counter.at('revoke-question').waitFor()
    await nextAgrees(counter)
    await press('Escape')
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    await counter.step('settled')
    await nextAgrees(counter)

    await press('F6')
    const refund = new RefundPage(page, medOrgOrd)
    await refund.refundStep('choose')
    await tabTo(page, 'fieldset button[aria-pressed="false"]')
    await press('Space')
    // A key that follows as fast as a scanner's is taken for one.
    await page.locator('fieldset button[aria-pressed="true"]').waitFor()
    await nextAgrees(counter)
    await press('F10')
    await refund.refundStep('confirm')
    await page.keyboard.type(medOrgOrd.slice(-4), { delay: 60 })
    await nextAgrees(counter)
    await press('F10')
    await refund.refundStep('done')
    await nextAgrees(counter)

    await press('Alt+Digit2')
    await counter.focusRests('orders-list')
    await press('F3')
    await counter.focusRests('orders-search')
    await page.keyboard.type('zzx', { delay: 60 })
    await counter.at(`order-row-${medOrgOrd}`).waitFor()
    await press('ArrowDown', 'Enter')
    await counter.orderState('refunded')
    for (const [key, screen] of [
      ['Alt+Digit3', 'notices'],
      ['Alt+Digit4', 'bills'],
      ['Alt+Digit5', 'attention'],
      ['Alt+Digit6', 'settings'],
      ['Alt+Digit1', 'counter'],
    ] as const) {
      await press(key)
      await counter.at(screen).waitFor()
    }
    expect(await mouseSeen(page)).toEqual([])
  })

  it('an order that this desk has lost is found at the centre, and made again', async () => {
    const { desk, counter } = await openWithoutMouse()
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    await counter.step('settled')
    await counter.page.goto('about:blank')
    await desk.kill()
    rmSync(join(desk.dataDir, 'test'), { recursive: true })
    await desk.start()
    const window = new CounterPage(await browser.open(desk.url()))
    await unplugMouse(window.page)
    const { keyboard } = window.page
    await window.step('choose')
    await keyboard.press('Alt+2')
    await window.at('orders-search').waitFor()
    await keyboard.press('F3')
    await keyboard.type(medOrgOrd, { delay: 80 })
    await window.shows('rebuild', '向中心查询并补建 F10')
    await keyboard.press('F10')
    await window.orderState('settled')
    await window.at(`order-row-${medOrgOrd}`).waitFor()
    expect(await mouseSeen(window.page)).toEqual([])
  })

  it('a mouse would have been noticed', async () => {
    const { counter, page } = await openWithoutMouse()
    await counter.at('charge').click()
    expect(await mouseSeen(page)).toContain('mousedown')
  })

  it('F1 lists what acts in this state and greys the rest with the reason, and a key in vain says it too', async () => {
    const { counter, page, press } = await openWithoutMouse()
    const keys = (list: string) =>
      counter
        .at(list)
        .locator('[data-action]')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-action')))
    await press('F1')
    expect(await keys('keys-now')).toEqual(expect.arrayContaining(['scanReady', 'find', 'lock', 'move', 'screen1']))
    expect(await keys('keys-off')).toEqual(expect.arrayContaining(['query', 'refund', 'revoke', 'print', 'confirm']))
    await counter.shows('keys-off', /F10 上传费用 还没有选定患者/)
    await press('F1')
    await findByKeys(counter, '周知行', CHARGES.usual)
    await scan(page, EC_TOKEN)
    await counter.step('confirm')
    await press('F1')
    expect(await keys('keys-now')).toContain('confirm')
    await press('Escape', 'F7')
    await counter.shows('scan-cue', '还没有上传')
    await press('Alt+Digit2')
    await counter.at('orders-search').waitFor()
    await press('F6')
    await counter.shows('key-refused', /F6 退款：还没有打开订单/)
    expect(await mouseSeen(page)).toEqual([])
  })
})

describe('the lock', () => {
  it('takes everything out of the page, stops scans and commands, outlives a reload, and shows afterwards what came', async () => {
    const { desk, counter, page, press } = await openWithoutMouse()
    const medOrgOrd = await findByKeys(counter, '周知行', CHARGES.usual)
    await scan(page, EC_TOKEN)
    await counter.step('confirm')
    await press('F8')
    await counter.at('lock-panel').waitFor()
    expect(await page.content()).not.toContain('周知行')
    await scan(page, EC_TOKEN)
    await press('Alt+Digit2', 'F3')
    await counter.hasNone('orders-search')
    await press('F8')
    // The code that was held is gone.
    await counter.step('scan')

    // The same code at once again would be one scan.
    await scan(page, OTHER_EC_TOKEN)
    await counter.step('confirm')
    await press('F10')
    await counter.step('paying')
    await press('F8')
    await counter.at('lock-panel').waitFor()
    await page.reload()
    await counter.at('lock-panel').waitFor()
    const requestId = crypto.randomUUID()
    expect(await desk.call('counter.revoke', { requestId, medOrgOrd })).toMatchObject({
      ok: false,
      error: { code: 'WINDOW_LOCKED' },
    })
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    await press('Enter')
    await counter.step('choose')
    await press('Alt+Digit2')
    await counter.at(`order-row-${medOrgOrd}`).locator('[data-state="settled"]').waitFor()
  })
})

describe('Tab', () => {
  const SCREENS = [
    ['Alt+Digit1', 'charge-search'],
    ['Alt+Digit2', 'orders-search'],
    ['Alt+Digit3', 'notice-name'],
    ['Alt+Digit4', 'bill-day'],
    ['Alt+Digit5', 'attention'],
    ['Alt+Digit6', 'settings-sections'],
  ] as const

  it.each(SCREENS)('goes once through the screen of %s, always seen and never caught', async (key, own) => {
    const { page, press } = await openWithoutMouse()
    await press(key)
    await page.getByTestId(own).first().waitFor()
    const stops = await walkTab(page)
    expect(stops.filter(({ isVisible }) => !isVisible).map(({ name }) => name)).toEqual([])
    const names = stops.map(({ name }) => name).join('\n')
    for (const wanted of [own, 'nav-counter', 'nav-settings', 'health-centre', 'lock']) expect(names).toContain(wanted)
    expect(stops.length).toBeLessThan(200)
  })
})
