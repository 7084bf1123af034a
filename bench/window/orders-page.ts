import type { Page } from 'playwright-core'

export const LIST = '[data-testid="orders-list"]'

/** The window at the list of every order there is, its first rows drawn. */
export async function openAllOrders(page: Page, url: string, orders: number): Promise<Page> {
  await page.goto(url)
  await page.getByTestId('nav-orders').click()
  await page.getByText('全部', { exact: true }).click()
  await page.locator(`${LIST}[data-rows="${orders}"]`).waitFor()
  await page.locator(`${LIST} [role="option"][aria-busy="false"]`).first().waitFor()
  return page
}

/** Numbers of the orders in sight. */
export async function numbersInSight(page: Page): Promise<readonly string[]> {
  const rows = page.locator(`${LIST} [role="option"][data-testid]`)
  const testIds = await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('data-testid')))
  return testIds.flatMap((testId) => (testId === null ? [] : [testId.replace('order-row-', '')]))
}
