import { describe, expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startDesk, startSimulatedDesk } from './support/desk.ts'
import { stepsSeen } from './support/step-record.ts'

const browser = browserForFile()

/** Of 166.45 inside the catalogue and 98.50 outside; what is left, 124.95, the patient pays. */
const SPLIT = { setlType: 'ALL', amounts: { fundPay: 100, psnAcctPay: 40 } }

describe('a payment whose settlement comes by callback', () => {
  it('walks every step, says a line at each, and shows both legs and the sum', async () => {
    const desk = await startDesk()
    const counter = new CounterPage(await browser.open(desk.url()))
    await desk.centre.control('POST', '/faults', { interface: '1.6', kind: 'delay', ms: 200, times: 1 })
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await counter.shows('charge-total', '264.95')
    await counter.shows('countdown', /^[45]:\d\d$/)
    const link = await counter.at('pay-qr').getAttribute('data-url')
    expect(await desk.centre.control('GET', `/orders/${medOrgOrd}`)).toMatchObject({ cashierUrl: link })

    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, SPLIT)
    await counter.step('settled')
    await counter.orderState('settled')
    await counter.shows('settled-card', /医保支付 已付 ¥\s?140\.00 基金 100\.00 (· )?个账 40\.00/)
    await counter.shows('settled-card', /自费支付 已付 ¥\s?124\.95/)
    await counter.shows(
      'identity-sum',
      /目录内 166\.45 ＋\s?目录外 98\.50 合计 264\.95 ＝ 医保基金 100\.00 ＋\s?个人账户 40\.00 ＋\s?自费 124\.95 ＋\s?预交金 0\.00 合计 264\.95 两边相等/,
    )
    expect(await stepsSeen(counter.page)).toEqual([
      'choose：请出示身份证或就诊号',
      'scan：请出示医保电子凭证',
      'confirm：请稍候，准备上传费用',
      'uploading：请稍候，正在上传费用',
      'paying：请扫码并确认支付',
      'settled：缴费成功，请收好凭证',
    ])
    expect(await desk.centre.wire('2.2')).toHaveLength(1)
    expect(await desk.centre.wire('1.3')).toHaveLength(0)

    await counter.shows('next-key', /Enter.*下一位患者/)
    await counter.page.keyboard.press('Enter')
    await counter.step('choose')
    await counter.says('请出示身份证或就诊号')
  })

  it('as a newcomer sees it: simulated scan, the phone page opened from the screen, 确认支付', async () => {
    const { url } = await startSimulatedDesk()
    const counter = new CounterPage(await browser.open(url))
    await counter.shows('env-band', '模拟')
    await counter.choose(CHARGES.other)
    await counter.at('simulate-scan').click()
    await counter.step('confirm')
    await counter.at('confirm-upload').click()
    await counter.step('paying')

    const [phone] = await Promise.all([counter.page.context().waitForEvent('page'), counter.at('pay-link').click()])
    await phone.getByRole('button', { name: '确认支付' }).click()
    await phone.getByText('支付成功').waitFor()
    await counter.step('settled')
    await counter.shows('identity-sum', '两边相等')
  })
})

describe('a payment whose callback is lost', () => {
  it('is asked for by the desk itself, half a minute after the upload', async () => {
    const desk = await startDesk()
    await desk.centre.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback' })
    const counter = new CounterPage(await browser.open(desk.url()))
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await counter.shows('next-query', /后自动查询/)
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, SPLIT)
    await counter.step('settled', 45_000)
    await counter.shows('settled-card', /自费支付 已付 ¥\s?124\.95/)
    expect(await desk.centre.wire('2.2')).toHaveLength(0)
    expect(await desk.centre.wire('1.3')).not.toHaveLength(0)
  })

  it('is found at once with F4', async () => {
    const desk = await startDesk()
    await desk.centre.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback' })
    const counter = new CounterPage(await browser.open(desk.url()))
    const medOrgOrd = await counter.upload(CHARGES.usual)
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, SPLIT)
    await counter.page.keyboard.press('F4')
    await counter.step('settled')
    expect(await desk.centre.wire('2.2')).toHaveLength(0)
    expect(await desk.centre.wire('1.3')).toHaveLength(1)
  })
})
