import { describe, expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, OTHER_EC_TOKEN } from './support/counter-page.ts'
import { type DeskSettings, startDesk } from './support/desk.ts'
import { openRefund, RefundPage } from './support/refund-page.ts'
import { scan } from './support/scanner.ts'

const browser = browserForFile()

async function openSettled(settings: DeskSettings = {}) {
  const desk = await startDesk(settings)
  const refund = await openRefund(desk, await browser.open(desk.url()), CHARGES.usual)
  const sent = async () => (await desk.centre.wire('1.4')).map(({ requestBody }) => JSON.parse(requestBody))
  return { desk, refund, keyboard: refund.page.keyboard, sent }
}

describe('a refund of everything', () => {
  it('asks for a reason and for the end of the order number; Enter alone confirms nothing', async () => {
    const { refund, keyboard, sent } = await openSettled()
    await refund.shows('refund-legs', /医保支付 .*将退回 ¥\s?140\.00 .*自费支付 .*将退回 ¥\s?124\.95/)
    await refund.shows('refund-type-ALL', /¥\s?264\.95/)
    await refund.shows('refund-type-CASH', '须先退医保，再退自费')
    expect(await refund.page.getByTestId('refund-type-CASH').locator('input').isDisabled()).toBe(true)

    await keyboard.press('F10')
    await refund.shows('scan-cue', '请写明退款原因')
    await refund.reason()
    await keyboard.press('F10')
    await refund.refundStep('confirm')
    await refund.focusRests('refund-tail')
    await keyboard.press('F10')
    await keyboard.press('Enter')
    await keyboard.type('9999', { delay: 60 })
    await keyboard.press('Enter')
    await keyboard.press('F10')
    await refund.shows('scan-cue', '后四位不对')
    await scan(refund.page, refund.medOrgOrd)
    await refund.refundStep('confirm')
    await keyboard.press('F10')
    await refund.refundStep('confirm')
    expect(await sent()).toEqual([])

    await keyboard.press('Escape')
    await refund.refundStep('choose')
    await refund.fitsTheWindow()
    await keyboard.press('F10')
    await refund.refundStep('confirm')
    await keyboard.type(refund.medOrgOrd.slice(-4), { delay: 60 })
    await keyboard.press('Enter')
    await refund.refundStep('confirm')
    expect(await sent()).toEqual([])
    await keyboard.press('F10')
    await refund.refundStep('done')
    await refund.says('钱已退回，请核对')
    await refund.shows(
      'refund-history',
      /全部退回 成功 .*退回 ¥\s?264\.95 · 医保 140\.00 · 自费 124\.95.*退款流水号 RF\d{22}/,
    )
    expect(await sent()).toMatchObject([{ refdType: 'ALL', refChannel: 'online' }])

    await keyboard.press('Escape')
    await refund.shows('order-detail', '已退款')
  })
})

describe('a refund that the lock hides', () => {
  it('stands as it was when the window is opened again, the second question and what was typed there', async () => {
    const { refund, keyboard, sent } = await openSettled()
    await refund.page.getByTestId('refund-type-HI').locator('input').check()
    await refund.reason('项目未做')
    await keyboard.press('F10')
    await refund.refundStep('confirm')
    await refund.focusRests('refund-tail')
    await keyboard.type(refund.medOrgOrd.slice(-4, -2), { delay: 60 })
    await keyboard.press('F8')
    await refund.at('lock-panel').waitFor()
    expect(await refund.page.content()).not.toContain(refund.medOrgOrd)
    await keyboard.press('F8')
    await refund.refundStep('confirm')
    await refund.shows('refund-question', /只退医保.*原因：项目未做/)
    expect(await refund.at('refund-tail').inputValue()).toBe(refund.medOrgOrd.slice(-4, -2))
    await refund.focusRests('refund-tail')
    await keyboard.press('End')
    await keyboard.type(refund.medOrgOrd.slice(-2), { delay: 60 })
    await keyboard.press('F10')
    await refund.refundStep('half')
    expect(await sent()).toMatchObject([{ refdType: 'HI' }])
  })
})

describe('a refund in two legs', () => {
  it('goes on after a restart with the one step that is left', async () => {
    const { desk, refund, sent } = await openSettled()
    await refund.at('refund-type-HI').click()
    await refund.reason('项目未做')
    await refund.confirm()
    await refund.refundStep('half')
    await refund.shows('refund-type-ALL', '只剩一部分可退')
    await refund.shows('refund-type-HI', '这一部分已经退了')

    await refund.page.close()
    await desk.kill()
    await desk.start()
    const later = new RefundPage(await browser.open(desk.url()), refund.medOrgOrd)
    await later.at('nav-orders').click()
    await later.page.getByTestId(`order-row-${refund.medOrgOrd}`).click()
    await later.shows('order-detail', '只退了一半')
    await later.page.keyboard.press('F6')
    await later.refundStep('half')
    await later.shows('refund-ask', /只退自费 ?¥\s?124\.95/)
    await later.confirm()
    await later.refundStep('done')
    expect(await sent()).toMatchObject([{ refdType: 'HI' }, { refdType: 'CASH' }])
  })
})

describe('an offline refund', () => {
  it('wants a scan, shows the code masked with its life, and sends it', async () => {
    const { refund, keyboard, sent } = await openSettled()
    await refund.at('refund-channel-offline').click()
    await refund.reason()
    await keyboard.press('F10')
    await refund.shows('scan-cue', '要先扫患者的医保电子凭证')
    await scan(refund.page, OTHER_EC_TOKEN)
    await refund.shows('held-token', /990101••••820a/)
    await refund.confirm()
    await refund.refundStep('done')
    expect(await sent()).toMatchObject([{ refChannel: 'offline', ecToken: OTHER_EC_TOKEN }])
  })
})

describe('a refund that was done but never answered', () => {
  it('is unknown, takes no second refund, and is resolved by asking', async () => {
    const { desk, refund, keyboard, sent } = await openSettled({ centre: { writeTimeoutMs: 1000 } })
    await desk.centre.control('POST', '/faults', { interface: '1.4', kind: 'timeoutAfter', times: 1 })
    await desk.centre.control('POST', '/faults', { interface: '1.3', kind: 'refuse', value: '系统繁忙', times: 1 })
    await refund.reason()
    await refund.confirm()
    await refund.refundStep('unknown')
    await refund.shows('trouble', '结果未知，请勿重复退款')
    await refund.says('请稍候，先不要离开')
    expect(await refund.page.getByTestId('refund-ask').count()).toBe(0)
    await keyboard.press('F10')
    await refund.refundStep('unknown')

    await refund.refundStep('done', 30_000)
    expect(await sent()).toHaveLength(1)
  })
})

describe('a refund that the centre refuses', () => {
  it('shows its words and keeps its number for the next try', async () => {
    const { desk, refund, sent } = await openSettled()
    await desk.centre.control('POST', '/faults', { interface: '1.4', kind: 'refuse', value: '日终处理中', times: 1 })
    await refund.reason()
    await refund.confirm()
    await refund.shows('refund-refused', /钱没有动 「日终处理中」/)
    await refund.shows('refund-history', /全部退回 失败/)
    await refund.confirm()
    await refund.refundStep('done')
    expect(new Set((await sent()).map(({ appRefdSn }) => appRefdSn)).size).toBe(1)
  })
})
