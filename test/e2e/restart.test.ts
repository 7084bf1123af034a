import { describe, expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage, OTHER_EC_TOKEN } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'

const browser = browserForFile()

/** A page whose server is gone cannot reach it, and with the token of an earlier run it is turned away. */
const SERVER_GONE = /Failed to load resource: (net::ERR_|the server responded with a status of 401)/

/** A port on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9'

describe('a power cut while the patient pays', () => {
  it('the open page says so; the next start knows the order, and it settles', async () => {
    const desk = await startDesk()
    const before = new CounterPage(await browser.open(desk.url(), { expectedErrors: SERVER_GONE }))
    const medOrgOrd = await before.upload(CHARGES.usual)
    await desk.kill()
    await before.shows('connection-lost', '与本机程序断开')
    await before.shows('offline-reason', '与本机程序断开，正在重连；收费暂停')
    await before.shows('charge-total', '264.95')
    expect(await before.enabledMoneyButtons()).toEqual([])

    await desk.start()
    const after = new CounterPage(await browser.open(desk.url()))
    await after.at('nav-orders').click()
    await after.at(`order-row-${medOrgOrd}`).click()
    await after.orderState('uploaded')
    await after.at('nav-counter').click()
    await after.page.getByTestId(`charge-row-${medOrgOrd}`).click()
    await after.step('paying')
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`)
    await after.step('settled')
    expect(await desk.centre.wire('1.6')).toHaveLength(1)
  })
})

describe('a start without network', () => {
  it('shows the orders with their age, and no money action without its reason', async () => {
    const desk = await startDesk()
    const first = new CounterPage(await browser.open(desk.url(), { expectedErrors: SERVER_GONE }))
    const settled = await first.upload(CHARGES.usual)
    await desk.centre.control('POST', `/orders/${settled}/pay`)
    await first.step('settled')
    await first.page.keyboard.press('Enter')
    const waiting = await first.upload(CHARGES.other, OTHER_EC_TOKEN)
    await first.page.close()
    await desk.kill()
    await desk.centre.stop()

    await desk.start({ centre: { baseUrl: NOBODY }, his: { source: 'http', http: { baseUrl: NOBODY } } })
    const counter = new CounterPage(await browser.open(desk.url()))
    await counter.shows('health-centre', '断开')
    await counter.shows('charges-not-live', /连不上医院系统，这是先前取到的.*(刚刚|前)/)
    await counter.shows('offline-reason', /连不上支付中心（.+）；收费暂停，查看照常/)
    await counter.choose(CHARGES.longName)
    expect(await counter.enabledMoneyButtons()).toEqual([])
    expect(await counter.at('confirm-upload').isDisabled()).toBe(true)

    await counter.at('nav-orders').click()
    await counter.at(`order-row-${settled}`).click()
    await counter.orderState('settled')
    await counter.shows('order-detail', /更新于.*(刚刚|前)/)
    await counter.shows('order-detail', '两边相等')
    await counter.shows('timeline', '收到结算通知')
    await counter.at(`order-row-${waiting}`).click()
    await counter.orderState('uploaded')
    expect(await counter.at('revoke-order').isDisabled()).toBe(true)
    await counter.shows('order-detail', '连不上支付中心')
  })
})
