import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { aDearerDetail, aFeeDetail } from '#test/support/his-files.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage, OTHER_EC_TOKEN } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { scan } from './support/scanner.ts'

const browser = browserForFile()

async function openOrder(counter: CounterPage, medOrgOrd: string): Promise<void> {
  await counter.at('nav-orders').click()
  await counter.page.getByTestId(`order-row-${medOrgOrd}`).click()
  await counter.at('order-detail').waitFor()
}

describe('an order whose charge changed after its upload', () => {
  it('says so, and one action with a scan revokes it and uploads what the hospital has now', async () => {
    const folder = tempDir()
    const inbox = join(folder, 'inbox')
    const outbox = join(folder, 'outbox')
    mkdirSync(inbox)
    mkdirSync(outbox)
    const drop = (name: string, data: JsonObject) => writeFileSync(join(inbox, name), stringifyJson(data))
    drop('first.json', await aFeeDetail())
    const desk = await startDesk({ his: { source: 'folder', folder: { inbox, outbox } } })
    // A file is taken in when it has stood still for two looks; the window lists what is there when it opens.
    const pending = () => desk.call('charges.search', {})
    await expect
      .poll(pending, { timeout: 15_000 })
      .toMatchObject({ ok: true, value: { charges: [{ state: 'created' }] } })
    const counter = new CounterPage(await browser.open(desk.url()))
    const { keyboard } = counter.page
    const medOrgOrd = await counter.upload(CHARGES.other)
    drop('second.json', await aDearerDetail())
    // Whoever asks for the charge next, this window, another or the centre, brings the news.
    const asked = () => desk.call('charges.get', { medOrgOrd })
    await expect.poll(asked, { timeout: 15_000 }).toMatchObject({ ok: true, value: { feeChanged: true } })
    await openOrder(counter, medOrgOrd)
    await counter.shows('fee-changed', '费用已变化')

    await counter.at('reupload').click()
    await keyboard.press('F10')
    await counter.shows('scan-cue', '还没有扫码')
    expect(await desk.centre.wire('1.7')).toEqual([])
    await scan(counter.page, OTHER_EC_TOKEN)
    await counter.shows('held-token', '990101••••820a')
    await keyboard.press('F10')
    await expect.poll(async () => (await desk.centre.wire('1.6')).length, { timeout: 15_000 }).toBe(2)
    await counter.hasNone('fee-changed')
    await counter.orderState('uploaded')
    expect(await desk.centre.wire('1.7')).toHaveLength(1)
  })
})

describe('an order', () => {
  it('shows the link to the page where the patient pays, and what went over the wire without the person', async () => {
    const desk = await startDesk()
    const counter = new CounterPage(await browser.open(desk.url()))
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await openOrder(counter, medOrgOrd)
    await counter.page.getByText('患者端收银台链接').click()
    await counter.at('cashier-link-open-id').fill('o-测试&1')
    await counter.at('cashier-link-make').click()
    await counter.shows('cashier-link-url', /^http\S+$/)
    const url = new URL(await counter.text('cashier-link-url'))
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ medOrgOrd, openId: 'o-测试&1' })

    await counter.page.getByText('原始报文（已脱敏）').click()
    await counter.shows('raw-messages', /1\.6 费用上传 中心的应答/)
    expect(await counter.text('raw-messages')).not.toContain('周知行')
    await counter.fitsTheWindow()
  })

  it('says beside each action why it is not legal', async () => {
    const desk = await startDesk()
    const counter = new CounterPage(await browser.open(desk.url()))
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await openOrder(counter, medOrgOrd)
    await counter.shows('order-detail', /退款 F6 还没有支付，无款可退/)
    await counter.shows('order-detail', /打印凭证 F9 还没有结清，不能打印/)
    await counter.page.keyboard.press('F6')
    await counter.page.keyboard.press('F9')
    await counter.at('order-detail').waitFor()
    expect(await counter.at('receipt').count()).toBe(0)
  })
})
