import type { Page } from 'playwright-core'
import { type AlteredCalls, alterCalls } from './altered-calls.ts'
import { type DemoDesk, playTheMorning, type StandingClock } from './demo-desk.ts'
import type { DemoScreen } from './demo-screen.ts'
import type { Picture } from './picture-office.ts'
import { pictureTasks } from './picture-tasks.ts'

/** The list that each screen reads first, and what it is called in the address. */
const READS = [
  ['orders', 'orders.search'],
  ['attention', 'orders.attention'],
  ['bills', 'bills.list'],
  ['notices', 'notices.list'],
] as const

/** Empty, waiting, failed, and too long: every screen; then the lock and the list of what needs a person. */
export async function pictureEdges(
  desk: DemoDesk,
  screen: DemoScreen,
  clock: StandingClock,
  picture: Picture,
): Promise<void> {
  const { page } = screen
  const calls = await alterCalls(page)
  await pictureEmpty(page, picture)
  await pictureWaiting(page, calls, picture)
  await pictureFailed(page, calls, picture)
  await pictureDrift(page, calls, picture)
  await pictureStart(page, calls, picture)
  await pictureLongCharge(screen, calls, picture)
  await pictureTasks(page, calls, picture)
  await pictureLock(page, calls, picture)
  await playTheMorning(desk, clock)
  await goTo(page, 'attention')
  await page.getByTestId('attention-list').waitFor()
  await page.keyboard.press('ArrowDown')
  await picture(page, 'attention-1-list')
  await pictureDecision(desk, page, clock, picture)
}

/** An upload that the centre never saw: asked in vain, and then a person may decide. */
async function pictureDecision(desk: DemoDesk, page: Page, clock: StandingClock, picture: Picture): Promise<void> {
  const medOrgOrd = desk.numberOf('000101')
  await desk.script('/faults', { interface: '1.6', kind: 'cutBefore', times: 1 })
  await desk.call('counter.upload', { requestId: crypto.randomUUID(), medOrgOrd, ecToken: desk.ecToken('d3c1') })
  for (let asked = 0; asked < 5; asked += 1) await desk.call('orders.refresh', { medOrgOrd })
  clock.advance(130_000)
  await openAnew(page, 'attention')
  await page.getByTestId(`attention-row-${medOrgOrd}`).click()
  await page.getByTestId('open-decision').click()
  await page.getByTestId('decision').waitFor()
  await picture(page, 'attention-2-decision')
}

async function pictureEmpty(page: Page, picture: Picture): Promise<void> {
  await goTo(page, 'orders')
  await page.getByText('没有符合条件的订单').waitFor()
  await picture(page, 'edge-empty-orders')
  await goTo(page, 'attention')
  await page.getByText('没有待处理的订单').waitFor()
  await picture(page, 'edge-empty-attention')
  await goTo(page, 'counter')
  await page.getByTestId('charge-search').fill('查无此人')
  await page.getByText('没有找到').waitFor()
  await picture(page, 'edge-empty-counter')
  await page.getByTestId('charge-search').fill('')
}

async function pictureWaiting(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  for (const [id, name] of READS) {
    calls.hold(name)
    await openAnew(page, id)
    await page.locator('[class*="placeholder"]').first().waitFor()
    await picture(page, `edge-waiting-${id}`)
    calls.asEver()
  }
  calls.hold('charges.search')
  await openAnew(page, 'counter')
  await page.getByText('正在取待缴费').waitFor()
  await picture(page, 'edge-waiting-counter')
  calls.asEver()
}

async function pictureFailed(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  for (const [id, name] of READS) {
    calls.fail(name, 'STORE_UNWRITABLE', '磁盘已满，本机数据库无法写入')
    await openAnew(page, id)
    await page.getByTestId('explanation').first().waitFor()
    await page.getByTestId('explanation').first().locator('summary').click()
    await picture(page, `edge-failed-${id}`)
    calls.asEver()
  }
  calls.fail('charges.search', 'INTERNAL', '程序内部错误，请把报告编号告诉信息科：0e9d7c2a-11f3-4a58-9a3b-5f3f6c1f2b44')
  await openAnew(page, 'counter')
  await page.getByTestId('explanation').first().waitFor()
  await picture(page, 'edge-failed-counter')
  calls.asEver()
}

/** The settings come with the window; what they read themselves is how the centre's messages differ. */
async function pictureDrift(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  const openDrift = async () => {
    await openAnew(page, 'settings')
    await page.getByTestId('section-drift').click()
  }
  calls.hold('diagnostics.drift')
  await openDrift()
  await page.getByText('正在读取').waitFor()
  await picture(page, 'edge-waiting-settings')
  calls.asEver()
  calls.fail('diagnostics.drift', 'STORE_UNWRITABLE', '磁盘已满，本机数据库无法写入')
  await openDrift()
  await page.getByTestId('explanation').waitFor()
  await picture(page, 'edge-failed-settings')
  calls.asEver()
}

/** Before the main process has told who and where we are; and when it cannot. */
async function pictureStart(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  calls.hold('session.get')
  await page.reload()
  await page.getByText('正在启动').waitFor()
  await picture(page, 'edge-waiting-start')
  calls.asEver()
  calls.fail('session.get', 'INTERNAL', '程序内部错误，请把报告编号告诉信息科：0e9d7c2a-11f3-4a58-9a3b-5f3f6c1f2b44')
  await page.reload()
  await page.getByTestId('explanation').waitFor()
  await picture(page, 'edge-failed-start')
  calls.asEver()
}

async function pictureLongCharge(screen: DemoScreen, calls: AlteredCalls, picture: Picture): Promise<void> {
  const { page } = screen
  const lengths = [
    ['none', 0],
    ['many', 300],
  ] as const
  for (const [name, count] of lengths) {
    calls.change('charges.get', (charge) => {
      const [line] = charge.lines as readonly Record<string, unknown>[]
      charge.lines = Array.from({ length: count }, (_, index) => ({ ...line, feedetlSn: `L${index}` }))
    })
    await openAnew(page, 'counter')
    await screen.choose('000110')
    await picture(page, `edge-lines-${name}`)
    calls.asEver()
  }
  calls.change('charges.search', (found) => {
    for (const charge of found.charges as Record<string, unknown>[]) {
      charge.patientName = '古丽米热·阿卜杜热西提·买买提艾力·吐尔逊江·阿布都克里木'
      charge.deptName = '妇产科与生殖健康医学中心（产前诊断与遗传咨询联合门诊二区）'
    }
  })
  calls.change('charges.get', (charge) => {
    charge.patientName = '古丽米热·阿卜杜热西提·买买提艾力·吐尔逊江·阿布都克里木'
    charge.deptName = '妇产科与生殖健康医学中心（产前诊断与遗传咨询联合门诊二区）'
  })
  await openAnew(page, 'counter')
  await screen.choose('000105')
  await picture(page, 'edge-long-names')
  calls.asEver()
}

async function pictureLock(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  await openAnew(page, 'counter')
  await page.getByTestId('charge-list').waitFor()
  await page.keyboard.press('F8')
  await page.getByTestId('lock-panel').waitFor()
  await picture(page, 'lock-1-key')
  calls.change('window.lockState', (lock) => {
    lock.needsPin = true
  })
  await page.reload()
  await page.getByTestId('lock-pin').waitFor()
  calls.fail('window.unlock', 'PIN_WRONG', '解锁码不对')
  await page.keyboard.type('0000', { delay: 80 })
  await page.keyboard.press('Enter')
  await page.getByTestId('failure').waitFor()
  await picture(page, 'lock-2-pin')
  calls.asEver()
  await page.reload()
  await page.getByTestId('unlock').click()
  await page.getByTestId('counter').waitFor()
}

async function goTo(page: Page, id: string): Promise<void> {
  await page.getByTestId(`nav-${id}`).click()
}

/** The stores keep what they have read: a page drawn anew has read nothing. */
async function openAnew(page: Page, id: string): Promise<void> {
  await page.evaluate((hash) => window.history.replaceState(null, '', hash), `#/${id}`)
  await page.reload()
  await page.getByTestId('env-band').waitFor()
}
