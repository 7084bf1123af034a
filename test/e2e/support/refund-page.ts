import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { CounterPage } from './counter-page.ts'
import type { Desk } from './desk.ts'

const PATIENCE = { timeout: 15_000, interval: 25 }

/** The refund screen as a cashier sees it, and how one gets there. */
export class RefundPage extends CounterPage {
  readonly medOrgOrd: string

  constructor(page: Page, medOrgOrd: string) {
    super(page)
    this.medOrgOrd = medOrgOrd
  }

  async refundStep(wanted: string, withinMs = PATIENCE.timeout): Promise<void> {
    const look = () => this.at('refund').getAttribute('data-step')
    await expect.poll(look, { ...PATIENCE, timeout: withinMs, message: 'step of the refund' }).toBe(wanted)
  }

  async reason(words = '患者要求退费'): Promise<void> {
    await this.page.getByRole('button', { name: words }).click()
  }

  /** F10, the end of the order number, F10. */
  async confirm(): Promise<void> {
    await this.page.keyboard.press('F10')
    await this.refundStep('confirm')
    await this.page.keyboard.type(this.medOrgOrd.slice(-4), { delay: 60 })
    await this.page.keyboard.press('F10')
  }
}

/** Both legs paid, 140.00 by the insurance and 124.95 by the patient, and the refund screen opened from the counter. */
export async function openRefund(desk: Desk, page: Page, serial: string): Promise<RefundPage> {
  const counter = new CounterPage(page)
  const medOrgOrd = await counter.upload(serial)
  await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, {
    setlType: 'ALL',
    amounts: { fundPay: 100, psnAcctPay: 40 },
  })
  await counter.step('settled')
  await page.keyboard.press('F6')
  const refund = new RefundPage(page, medOrgOrd)
  await refund.refundStep('choose')
  return refund
}
