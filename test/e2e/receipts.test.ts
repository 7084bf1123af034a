import { describe, expect, it } from 'vitest'
import { browserForFile } from './support/browser.ts'
import { CHARGES } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { openRefund } from './support/refund-page.ts'

const browser = browserForFile()

describe('a receipt', () => {
  it('is printed with F9, the second time as a copy; persons are masked, and paper shows nothing else', async () => {
    const desk = await startDesk()
    const page = await browser.open(desk.url())
    await page.evaluate(() => {
      Object.assign(window, { printed: 0 })
      window.print = () => Object.assign(window, { printed: Number(Reflect.get(window, 'printed')) + 1 })
    })
    const printed = (times: number) =>
      expect.poll(() => page.evaluate(() => Reflect.get(window, 'printed')), { timeout: 15_000 }).toBe(times)
    const refund = await openRefund(desk, page, CHARGES.usual)
    await page.keyboard.press('F9')
    await printed(1)
    await page.emulateMedia({ media: 'print' })
    await refund.shows('receipt', /模拟医院 医保移动支付结算凭证 测试 非正式凭证 姓名 周\*行 证件号 \S*•+\S{4} /)
    await refund.shows('receipt', /目录内 166\.45 ＋ 目录外 98\.50 合计 264\.95 .*医保基金 100\.00 .*＝ 合计 264\.95/)
    await refund.shows('receipt', new RegExp(`单号 ${refund.medOrgOrd} 中心订单号 \\S+ .*窗口 门诊收费 1 号窗口`))
    expect(await refund.text('receipt')).not.toContain('周知行')
    expect(await refund.text('receipt')).not.toMatch(/\d{15,17}[\dX]\s*科室/)
    expect(await refund.at('receipt-copy').count()).toBe(0)
    expect(await refund.at('refund').isVisible()).toBe(false)
    expect(await refund.at('receipt').evaluate((sheet) => getComputedStyle(sheet).color)).toBe('rgb(0, 0, 0)')
    await page.emulateMedia({ media: 'screen' })
    expect(await refund.at('receipt').isVisible()).toBe(false)

    await page.keyboard.press('F9')
    await printed(2)
    await page.emulateMedia({ media: 'print' })
    await refund.shows('receipt-copy', '副本 第 2 张')
    await page.emulateMedia({ media: 'screen' })

    await refund.reason()
    await refund.confirm()
    await refund.refundStep('done')
    await page.keyboard.press('F9')
    await printed(3)
    await page.emulateMedia({ media: 'print' })
    await refund.shows(
      'receipt',
      /医保移动支付退款凭证 .*退款流水号 RF\d{22} .*退回医保 140\.00 退回自费 124\.95 退回合计 264\.95/,
    )
    expect(await refund.at('receipt-copy').count()).toBe(0)
  })
})
