import type { Page } from 'playwright-core'
import type { DemoDesk } from './demo-desk.ts'
import type { Picture } from './picture-office.ts'

async function openRefund(desk: DemoDesk, page: Page, serial: string): Promise<void> {
  await page.getByTestId('nav-orders').click()
  await page.getByTestId(`order-row-${desk.numberOf(serial)}`).click()
  await page.getByTestId('order-detail').getByText(desk.numberOf(serial)).waitFor()
  await page.getByTestId('refund-order').click()
  await at(page, 'choose')
}

const at = (page: Page, step: string) => page.locator(`[data-testid="refund"][data-step="${step}"]`).waitFor()

async function confirm(desk: DemoDesk, page: Page, serial: string): Promise<void> {
  await page.keyboard.press('F10')
  await at(page, 'confirm')
  await page.keyboard.type(desk.numberOf(serial).slice(-4), { delay: 60 })
}

/** 退款: chosen, scanned, confirmed, half, refused, done, and not known. */
export async function pictureRefunds(desk: DemoDesk, page: Page, picture: Picture): Promise<void> {
  await openRefund(desk, page, '000104')
  await picture(page, 'refund-1-choose')
  await page.getByTestId('refund-channel-offline').click()
  await page.getByRole('button', { name: '项目未做' }).click()
  await page.keyboard.type(desk.ecToken('5c1e'), { delay: 5 })
  await page.keyboard.press('Enter')
  await page.getByTestId('held-token').waitFor()
  await picture(page, 'refund-2-offline')
  await page.getByTestId('refund-type-HI').click()
  await confirm(desk, page, '000104')
  await picture(page, 'refund-3-confirm')
  await page.keyboard.press('F10')
  await at(page, 'half')
  await picture(page, 'refund-4-half')
  await desk.script('/faults', { interface: '1.4', kind: 'refuse', value: '日终处理中，请稍后再试', times: 1 })
  await page.getByTestId('refund-channel-online').click()
  await confirm(desk, page, '000104')
  await page.keyboard.press('F10')
  await page.getByTestId('refund-refused').waitFor()
  await picture(page, 'refund-5-refused')
  await confirm(desk, page, '000104')
  await page.keyboard.press('F10')
  await at(page, 'done')
  await picture(page, 'refund-6-done')
  await desk.script('/faults', { interface: '1.4', kind: 'cutAfter', times: 1 })
  await openRefund(desk, page, '000106')
  await page.getByRole('button', { name: '患者要求退费' }).click()
  await confirm(desk, page, '000106')
  await page.keyboard.press('F10')
  await at(page, 'unknown')
  await picture(page, 'refund-7-unknown')
}

/** 通知: nothing yet, and some that were sent. */
export async function pictureNotices(desk: DemoDesk, page: Page, picture: Picture): Promise<void> {
  await page.getByTestId('nav-notices').click()
  await page.getByText('还没有发过通知').waitFor()
  await picture(page, 'notices-1-empty')
  const send = async (name: string, idNo: string) => {
    await page.getByTestId('notice-name').fill(name)
    await page.getByTestId('notice-id').fill(idNo)
    await page.keyboard.press('F10')
  }
  await send('测试甲', '990101199001010019')
  await page.getByText('中心已受理').waitFor()
  await desk.script('/faults', { interface: '1.8', kind: 'refuse', value: '该用户未在国家医保 APP 实名', times: 1 })
  await send('测试乙', '990101198803071037')
  await page.getByTestId('failure').waitFor()
  await desk.script('/faults', { interface: '1.8', kind: 'cutAfter', times: 1 })
  await send('测试丙', '990101197506153318')
  await page.getByText('可能已经送达').first().waitFor()
  await picture(page, 'notices-2-sent')
}

/** What stands on paper; `shoot` gets the page as the printer does. */
export async function pictureReceipts(desk: DemoDesk, page: Page, shoot: Picture): Promise<void> {
  await page.getByTestId('nav-orders').click()
  await page.getByTestId(`order-row-${desk.numberOf('000104')}`).click()
  await page.getByTestId('print-settlement').click()
  await page.getByTestId('receipt').waitFor({ state: 'attached' })
  await shoot(page, 'receipt-1-settlement')
  await page.getByTestId('print-settlement').click()
  await page.getByTestId('receipt-copy').waitFor({ state: 'attached' })
  await shoot(page, 'receipt-2-copy')
  await page.getByTestId('print-receipt').click()
  await page.getByTestId('receipt').getByText('退款凭证', { exact: false }).first().waitFor({ state: 'attached' })
  await shoot(page, 'receipt-3-refund')
}
