import { describe, expect, it } from 'vitest'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage, OTHER_EC_TOKEN } from './support/counter-page.ts'
import { type DeskSettings, startDesk } from './support/desk.ts'
import { stepsSeen } from './support/step-record.ts'

const browser = browserForFile()

async function openDesk(settings: DeskSettings = {}) {
  const desk = await startDesk(settings)
  const counter = new CounterPage(await browser.open(desk.url()))
  return { desk, counter, keyboard: counter.page.keyboard }
}

it('a window that takes long to load says that it starts', async () => {
  const { page } = (await openDesk()).counter
  const held = Promise.withResolvers<void>()
  await page.route(/\/base-[^/]+\.js$/, async (route) => {
    await held.promise
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await page.getByText('正在启动').waitFor({ state: 'visible' })
  held.resolve()
  await new CounterPage(page).step('choose')
})

describe('a patient who walks away', () => {
  it('the countdown runs out, the desk says so, F7 revokes after its question, and the upload works again', async () => {
    const { desk, counter, keyboard } = await openDesk({ centre: { payWithinSeconds: 30 } })
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await counter.shows('countdown', /^0:[0-3]\d$/)
    await counter.step('expired', 45_000)
    await counter.shows('expired', '这不证明患者没有付')
    await counter.shows('countdown', '0:00')
    await counter.says('还没收到付款，请看手机')

    await keyboard.press('F7')
    await counter.shows('revoke-question', '确定撤销这次上传？')
    await keyboard.press('Enter')
    await keyboard.press('Escape')
    await counter.hasNone('revoke-question')
    expect(await desk.centre.wire('1.7')).toEqual([])

    await keyboard.press('F7')
    await counter.shows('next-key', /F10 确定撤销/)
    await keyboard.press('F10')
    await counter.step('scan')
    await counter.orderState('revoked')
    expect(await desk.centre.wire('1.7')).toHaveLength(1)

    await counter.scanAndUpload()
    await counter.step('paying')
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    await counter.step('settled')
  })
})

describe('an upload that was processed but never answered', () => {
  it('is unknown with a warning and no button that sends money, resolves itself, and is paid', async () => {
    const { desk, counter, keyboard } = await openDesk({ centre: { writeTimeoutMs: 1000 } })
    await desk.centre.control('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    await desk.centre.control('POST', '/faults', { interface: '1.3', kind: 'refuse', value: '系统繁忙', times: 1 })
    await counter.choose(CHARGES.usual)
    await counter.scanAndUpload()
    await counter.step('unknown')
    await counter.orderState('unknown')
    await counter.shows('trouble', '请勿再次收费，请勿让患者离开')
    await counter.says('请稍候，先不要离开')
    await counter.shows('attention-count', '待处理 1')
    expect(await counter.enabledMoneyButtons()).toEqual([])
    await keyboard.press('F10')
    await keyboard.press('F7')
    await counter.step('unknown')
    await counter.hasNone('revoke-question')

    await counter.step('paying', 30_000)
    await counter.shows('attention-count', '待处理 0')
    expect(await desk.centre.wire('1.6')).toHaveLength(1)
    await desk.centre.control('POST', `/orders/${await counter.number(CHARGES.usual)}/pay`)
    await counter.step('settled')
    expect(await stepsSeen(counter.page)).toContain('unknown：请稍候，先不要离开')
  })
})

describe('an upload that the centre refuses', () => {
  const WORDS = '参保地未开通<img src=x onerror="document.title=\'hostile\'">'.padEnd(400, '，请联系参保地经办机构')

  it('shows the words of the centre as text, however long and hostile, and can be tried again', async () => {
    const { desk, counter } = await openDesk()
    await desk.centre.control('POST', '/faults', { interface: '1.6', kind: 'refuse', value: WORDS, times: 1 })
    await counter.choose(CHARGES.usual)
    await counter.scanAndUpload()
    await counter.orderState('failed')
    await expect.poll(() => counter.text('last-try')).toContain(WORDS)
    await counter.says('没有成功，我们再试一次')
    expect(await counter.page.locator('img').count()).toBe(0)
    expect(await counter.page.title()).not.toBe('hostile')
    await counter.fitsTheWindow()

    await counter.scanAndUpload(OTHER_EC_TOKEN)
    await counter.step('paying')
    expect(await desk.centre.wire('1.6')).toHaveLength(2)
  })
})

describe('long content at 1366×768', () => {
  it('sixty fee lines, a long name, a long department: nothing runs out of the window, before and after', async () => {
    const { desk, counter, keyboard } = await openDesk()
    for (const [index, serial] of [CHARGES.sixtyLines, CHARGES.longName, CHARGES.longDepartment].entries()) {
      const medOrgOrd = await counter.upload(serial, EC_TOKEN.replace('795f', `795${index}`))
      await counter.fitsTheWindow()
      await counter.nothingIsCut(['say-to-patient', 'next-key', 'charge-total', 'pay-qr', 'countdown', 'revoke-order'])
      await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
      await counter.step('settled')
      await counter.fitsTheWindow()
      await counter.nothingIsCut(['say-to-patient', 'next-key', 'charge-total', 'next-patient'])
      await keyboard.press('Enter')
      await counter.step('choose')
    }
    await counter.at('nav-orders').click()
    await counter.page.locator(`[data-testid^="order-row-"][data-testid$="${CHARGES.longDepartment}"]`).click()
    await counter.shows('order-detail', '两边相等')
    await counter.fitsTheWindow()
  })
})
