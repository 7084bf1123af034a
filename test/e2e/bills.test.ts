import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { dayOf } from '#shared/domain/time.ts'
import { billBytes } from '#test/support/bill-files.ts'
import { EC_TOKEN } from '#test/support/payment-world.ts'
import { httpAnswer, startRawServer } from '#test/support/raw-server.ts'
import { browserForFile } from './support/browser.ts'
import { type Desk, startDesk } from './support/desk.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()
const TODAY = dayOf(Date.now())

/** Two payments with an own part, without the screen: what is shown of them is another test. */
async function payTwo(desk: Desk): Promise<readonly string[]> {
  const day = TODAY.replaceAll('-', '')
  const numbers = ['000101', '000102'].map((serial) => `MZ${day}${serial}`)
  for (const medOrgOrd of numbers) {
    await desk.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    await desk.centre.control('POST', `/orders/${medOrgOrd}/pay`, { setlType: 'ALL', amounts: { fundPay: 10 } })
    const state = async () => JSON.stringify(await desk.call('orders.get', { medOrgOrd }))
    await expect.poll(state, { timeout: 15_000 }).toContain('"state":"settled"')
  }
  return numbers
}

async function openBills(desk: Desk): Promise<ScreenPage> {
  const screen = new ScreenPage(await browser.open(desk.url()))
  await screen.goTo('bills')
  await screen.at('bill-day').waitFor()
  await screen.press('F3')
  await screen.page.keyboard.type(TODAY, { delay: 120 })
  return screen
}

/** The centre names this address as that of its bills. */
async function serve(desk: Desk, bytes: Buffer): Promise<void> {
  const server = await startRawServer((socket) => void socket.end(bytes))
  onTestFinished(() => server.close())
  await desk.centre.control('POST', '/faults', { interface: '1.5', kind: 'billUrl', value: `${server.url}/bill` })
}

it('after two payments the day balances, and Enter on a row opens its order', async () => {
  const desk = await startDesk()
  const [first] = await payTwo(desk)
  const bills = await openBills(desk)
  await bills.press('F10')
  await bills.shows('bill-balances', '与本机相符')
  await bills.shows('bill-totals', /支付 2 笔 ¥\s?[\d,.]+ 本机 [\d,.]+，相符 退款 0 笔 .*净额/)
  await bills.shows('bill-count-matched', '相符 2')
  await bills.shows('bill-count-missing', '对账单没有 0')
  await bills.shows('kept-bills', new RegExp(`${TODAY} 全部`))
  const [request] = await desk.centre.wire('1.5')
  expect(JSON.parse(request?.requestBody ?? '{}')).toMatchObject({
    appId: expect.stringMatching(/./),
    orgCodg: 'H99010100001',
    billDate: TODAY.replaceAll('-', ''),
    billType: 'ALL',
  })

  await bills.press('Escape', 'ArrowDown', 'Enter')
  await bills.shows('order-detail', first ?? '')
})

it('a row that is not ours, one of ours that the bill lacks, and a column nobody maps are each named', async () => {
  const desk = await startDesk()
  const [first = '', second = ''] = await payTwo(desk)
  await serve(
    desk,
    httpAnswer(
      200,
      billBytes([
        ['交易时间', '交易类型', '医院订单号', '自费金额', '门店号'],
        [`${TODAY} 10:00:00`, 'SUCCESS', first, '0.01', 'S7'],
        [`${TODAY} 10:01:00`, 'SUCCESS', "=cmd|' /C calc'!A1", '5.00', 'S7'],
        [`${TODAY} 10:02:00`, 'SUCCESS', 'MZ-OTHER-DESK', '不是金额', 'S7'],
      ]),
    ),
  )
  const bills = await openBills(desk)
  await bills.press('F10')
  await bills.shows('bill-balances', '与本机不符')
  await bills.shows('bill-unmapped', '门店号')
  await bills.shows('bill-unreadable', '有 1 行读不懂')
  await bills.shows('bill-rows', second)
  await bills.at('bill-count-amountDiffers').click()
  await bills.shows('bill-rows', /金额不同 .*0\.01/)
  await bills.at('bill-count-notHere').click()
  await bills.shows('bill-rows', /本机没有 .*=cmd/)
  await bills.at('bill-count-unreadable').click()
  await bills.shows('bill-rows', /第 4 行.*不是金额/)

  const [saved] = await Promise.all([bills.page.waitForEvent('download'), bills.at('bill-export').click()])
  const csv = readFileSync(await saved.path(), 'utf8')
  expect(saved.suggestedFilename()).toBe(`对账单-${TODAY}-ALL.csv`)
  expect(csv.startsWith('\uFEFF')).toBe(true)
  expect(csv).toContain(`"'=cmd|' /C calc'!A1"`)
  expect(csv.split(/[\r\n,]+/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([])
  expect(csv).toContain(second)
  await bills.shows('bill-exported', '已导出 4 行')
})

it('an address that is not allowed is said in words with what to do, and what was open stays', async () => {
  const desk = await startDesk()
  await payTwo(desk)
  const bills = await openBills(desk)
  await bills.press('F10')
  await bills.shows('bill-balances', '与本机相符')
  await desk.centre.control('POST', '/faults', {
    interface: '1.5',
    kind: 'billUrl',
    value: 'https://bill.elsewhere.example/x',
  })
  await bills.press('F10')
  await bills.shows('failure', /下载地址不允许.*bill\.elsewhere\.example.*bills\.allowedHosts.*通知信息科/)
  expect(await bills.at('failure').getAttribute('data-code')).toBe('BILL_BLOCKED')
  await bills.shows('bill-totals', '支付 2 笔')
})
