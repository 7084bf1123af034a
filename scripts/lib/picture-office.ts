import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { alterCalls } from './altered-calls.ts'
import type { DemoDesk } from './demo-desk.ts'

export type Picture = (page: Page, name: string) => Promise<void>

const DAY = '2026-03-18'

/** 对账: nothing yet, a day that balances, one that does not, an address that is refused. */
export async function pictureBills(desk: DemoDesk, page: Page, picture: Picture): Promise<void> {
  await page.getByTestId('nav-bills').click()
  await page.getByText('还没有下载过对账单').waitFor()
  await picture(page, 'bills-1-empty')
  await page.getByTestId('bill-day').fill(DAY)
  await page.keyboard.press('F10')
  await page.getByTestId('bill').getByText('与本机相符').waitFor()
  await page.getByTestId('bill-rows').focus()
  await page.keyboard.press('ArrowDown')
  await picture(page, 'bills-2-balances')

  const server = createServer((_request, response) => void response.end(oddBill(desk)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await desk.script('/faults', { interface: '1.5', kind: 'billUrl', value: `http://127.0.0.1:${port}/bill`, times: 1 })
  await page.keyboard.press('F10')
  await page.getByTestId('bill').getByText('与本机不符').waitFor()
  await page.getByText('全部', { exact: false }).first().waitFor()
  await picture(page, 'bills-3-differs')
  await page.getByTestId('bill-filter').getByText('全部').click()
  await page.locator('[data-testid="bill-rows"][aria-busy="false"]').waitFor()
  await picture(page, 'bills-4-all-rows')
  server.close()

  await desk.script('/faults', {
    interface: '1.5',
    kind: 'billUrl',
    value: 'https://files.elsewhere.example/bill/20260318.csv.gz',
    times: 1,
  })
  await page.keyboard.press('F10')
  await page.getByTestId('failure').waitFor()
  await picture(page, 'bills-5-refused')
}

/** As another desk's day would look beside ours: strange numbers, a column nobody maps, a line that is no row. */
function oddBill(desk: DemoDesk): string {
  const others = Array.from({ length: 140 }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0')
    return `${DAY} ${9 + Math.floor(index / 60)}:${minute}:07,SUCCESS,MZ20260318${700000 + index},ORD990101202603180${index},${(index * 1.37 + 3).toFixed(2)},02`
  })
  return [
    '交易时间,交易类型,医院订单号,支付中心订单号,自费金额,收款终端号',
    `${DAY} 12:08:12,SUCCESS,${desk.numberOf('000104')},,0.01,01`,
    `${DAY} 12:09:00,SUCCESS,MZ20260318900001,,合计见下页,01`,
    ...others,
  ].join('\r\n')
}

/** What was typed stays, with the reason. */
async function pictureSaveRefused(page: Page, picture: Picture): Promise<void> {
  const calls = await alterCalls(page)
  calls.fail('settings.save', 'STORE_UNWRITABLE', '磁盘已满，设置没有写入')
  await page.getByTestId('section-desk').click()
  await page.getByTestId('input-desk.name').fill('门诊收费 2 号窗口')
  await page.keyboard.press('F10')
  await page.getByTestId('save-question').waitFor()
  await page.keyboard.press('F10')
  await page.getByTestId('failure').waitFor()
  await picture(page, 'settings-9-refused')
  calls.asEver()
}

/** 设置: what is found, what is wrong, what is asked. */
export async function pictureSettings(page: Page, picture: Picture): Promise<void> {
  const section = (id: string) => page.getByTestId(`section-${id}`).click()
  const fill = (path: string, text: string) => page.getByTestId(`input-${path}`).fill(text)
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('settings').waitFor()
  await section('centre')
  await page.keyboard.press('F4')
  await page.getByTestId('test-centre').waitFor()
  await page.getByTestId('test-identity').waitFor()
  await picture(page, 'settings-1-centre')
  await section('listener')
  await page.keyboard.press('F4')
  await page.getByTestId('test-listener').waitFor()
  await picture(page, 'settings-2-listener')
  await fill('listener.port', '70000')
  await fill('listener.allowedCallers', '10.9.0.0/16\ncentre.example')
  await picture(page, 'settings-3-mistakes')
  await fill('listener.port', '9201')
  await fill('listener.allowedCallers', '10.9.0.0/16')
  await section('environment')
  await page.getByTestId('input-environment').getByText('生产').click()
  await section('his')
  await page.getByTestId('input-his.source').getByText('文件夹').click()
  await fill('his.folder.inbox', 'D:\\HIS\\待缴费')
  await page.keyboard.press('F10')
  await page.getByTestId('save-question').waitFor()
  await picture(page, 'settings-4-summary')
  await page.keyboard.press('F10')
  await page.getByTestId('environment-question').waitFor()
  await picture(page, 'settings-5-environment')
  await page.keyboard.press('Escape')
  await page.getByTestId('nav-orders').click()
  await page.getByTestId('leave-question').waitFor()
  await picture(page, 'settings-6-leave')
  await page.keyboard.press('Escape')
  await section('dictionaries')
  await page.getByTestId('code-11').getByRole('textbox').fill('本院普通门诊')
  await picture(page, 'settings-7-dictionaries')
  await page.keyboard.press('Escape')
  await section('drift')
  await page.getByTestId('drift-table').waitFor()
  await picture(page, 'settings-8-drift')
  await pictureSaveRefused(page, picture)
}
