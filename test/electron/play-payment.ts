import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const WITHIN = { timeout: 30_000 }

/** One payment as a newcomer plays it: choose, simulate the scan, upload, pay on the phone, see it settled. */
export async function playPayment(page: Page): Promise<{ readonly medOrgOrd: string; readonly phoneUrl: string }> {
  const row = page.locator('[data-testid^="charge-row-"]').first()
  await row.waitFor(WITHIN)
  const medOrgOrd = ((await row.getAttribute('data-testid')) ?? '').replace('charge-row-', '')
  await row.click()
  await page.getByTestId('simulate-scan').click(WITHIN)
  await page.getByTestId('confirm-upload').click(WITHIN)
  const code = page.getByTestId('pay-qr')
  await code.waitFor(WITHIN)
  const phoneUrl = (await code.getAttribute('data-url')) ?? ''
  await payOnPhone(phoneUrl)
  await page.getByTestId('settled-card').waitFor(WITHIN)
  await page.locator('[data-testid="order-state"][data-state="settled"]').waitFor(WITHIN)
  return { medOrgOrd, phoneUrl }
}

async function payOnPhone(phoneUrl: string): Promise<void> {
  const paid = await fetch(`${phoneUrl}/pay`, { method: 'POST' })
  expect(paid.ok).toBe(true)
}

/** A call as any script in the page could make it. */
export function callDesk(page: Page, name: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    (call) =>
      (Reflect.get(window, 'cashier') as { invoke(name: string, input: unknown): unknown }).invoke(
        call.name,
        call.input,
      ),
    { name, input },
  )
}
