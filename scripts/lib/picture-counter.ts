import type { Page } from 'playwright-core'
import { alterCalls } from './altered-calls.ts'
import type { DemoDesk } from './demo-desk.ts'
import type { DemoScreen } from './demo-screen.ts'
import type { Picture } from './picture-office.ts'

/** 收费台: from choosing to settled. */
export async function picturePayment(desk: DemoDesk, screen: DemoScreen, picture: Picture): Promise<void> {
  const { page } = screen
  await picture(page, 'counter-1-choose')
  await screen.choose('000102')
  await picture(page, 'counter-2-scan')
  await screen.scan('795f')
  await picture(page, 'counter-3-scanned')
  await desk.script('/faults', { interface: '1.6', kind: 'delay', ms: 12_000, times: 1 })
  await screen.press('F10', 'uploading')
  await picture(page, 'counter-4-uploading')
  await screen.at('uploading')
  await screen.at('paying')
  await screen.pass(23_000)
  await picture(page, 'counter-5-paying')
  await desk.script(`/orders/${desk.numberOf('000102')}/pay`)
  await screen.at('settled')
  await picture(page, 'counter-6-settled')
  await screen.press('F2', 'choose')
}

export async function pictureWalkAway(desk: DemoDesk, screen: DemoScreen, picture: Picture): Promise<void> {
  await screen.choose('000101')
  await screen.scan('41c7')
  await screen.press('F10', 'paying')
  await screen.pass(301_000)
  // Opened anew, every age on the screen is of the new time.
  await screen.page.reload()
  await screen.click('000101')
  await screen.at('expired')
  await desk.until('000101', (order) => order.lastQueryAtMs !== null)
  await picture(screen.page, 'counter-7-expired')
  await screen.page.keyboard.press('F7')
  await screen.page.getByTestId('revoke-question').waitFor()
  await picture(screen.page, 'counter-8-revoke')
  await screen.press('F10', 'scan')
}

export async function pictureTrouble(desk: DemoDesk, screen: DemoScreen, picture: Picture): Promise<void> {
  await screen.pass(40_000)
  await desk.script('/faults', { interface: '1.6', kind: 'cutAfter', times: 1 })
  await screen.choose('000103')
  await screen.scan('07d2')
  await screen.press('F10', 'unknown')
  await picture(screen.page, 'counter-9-unknown')
  await desk.script('/faults', {
    interface: '1.6',
    kind: 'refuse',
    value: '参保人待遇已暂停，请到参保地医保经办机构办理恢复后再结算',
    times: 1,
  })
  await screen.choose('000105')
  await screen.scan('b3e9')
  await screen.page.keyboard.press('F10')
  await screen.page.getByTestId('last-try').waitFor()
  await picture(screen.page, 'counter-10-failed')
}

export async function pictureOrders(desk: DemoDesk, { page }: DemoScreen, picture: Picture): Promise<void> {
  await page.getByTestId('nav-orders').click()
  await page.getByTestId(`order-row-${desk.numberOf('000102')}`).waitFor()
  await picture(page, 'orders-1-list')
  await page.getByTestId(`order-row-${desk.numberOf('000102')}`).click()
  await page.getByTestId('order-detail').waitFor()
  await picture(page, 'orders-2-settled')
  await page.getByTestId(`order-row-${desk.numberOf('000112')}`).click()
  await page.getByTestId('order-detail').getByText('欧阳若谷').waitFor()
  await picture(page, 'orders-3-half')
  await page.keyboard.press('F1')
  await page.getByTestId('help').waitFor()
  await picture(page, 'help')
  await page.getByTestId('open-handbook').click()
  await page.getByTestId('handbook').waitFor()
  // A page without a picture of its own: those are drawn by this very script.
  await page.getByTestId('handbook-contents').getByText('声音', { exact: true }).click()
  await page.getByTestId('handbook-page').getByRole('heading', { name: '声音' }).waitFor()
  await picture(page, 'help-handbook')
  await pictureLongList(page, picture)
}

/** More orders than can be seen, what was looked for marked in each, and the export of them under way. */
async function pictureLongList(page: Page, picture: Picture): Promise<void> {
  const calls = await alterCalls(page)
  calls.change('orders.search', (found) => {
    const [order] = found.orders as readonly Record<string, unknown>[]
    if (order === undefined) return
    found.orders = Array.from({ length: 90 }, (_, at) => ({ ...order, medOrgOrd: `MZ202603180${String(70_000 + at)}` }))
  })
  calls.change('tasks.list', (list) => {
    const task = { kind: 'orderExport', startedAtMs: 0, endedAtMs: null, words: null }
    list.tasks = [
      { ...task, id: 'a', state: 'done', done: 90, total: 90, endedAtMs: 0, words: '已导出 90 笔：订单-20260318.csv' },
      { ...task, id: 'b', state: 'running', done: 61_000, total: 250_000 },
    ]
  })
  await page.reload()
  await page.getByTestId('task-strip').getByText('24%').waitFor()
  await page.getByTestId('orders-search').fill('zzx')
  await page.locator('mark').first().waitFor()
  await picture(page, 'orders-5-search')
  calls.asEver()
}
