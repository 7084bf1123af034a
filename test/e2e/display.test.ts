import { expect, it } from 'vitest'
import { PROCEDURES } from '#shared/contract/table.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { startDesk } from './support/desk.ts'
import { PatientDisplay } from './support/display-page.ts'
import { scan } from './support/scanner.ts'

const browser = browserForFile()
const SPLIT = { setlType: 'ALL', amounts: { fundPay: 100, psnAcctPay: 40 } }
const PATIENT = { name: '周知行', department: '内科' }

async function openBoth() {
  const desk = await startDesk()
  const counter = new CounterPage(await browser.open(desk.url()))
  await counter.step('choose')
  const display = await PatientDisplay.open(counter)
  await display.isIdle()
  return { desk, counter, display }
}

it('follows a payment from scan to settled: the amount, the code, the time left, the parts, what to do', async () => {
  const { desk, counter, display } = await openBoth()
  await display.shows('display', /模拟医院.*测试，不是真实收费.*请准备医保电子凭证/)
  await counter.choose(CHARGES.usual)
  await display.step('voucher')
  await display.shows('display-payment', /请出示医保电子凭证.*患者 周\*行.*费用总额 ¥264\.95/)
  await counter.scanAndUpload()
  await counter.step('paying')
  await display.step('pay')
  const link = await counter.at('pay-qr').getAttribute('data-url')
  expect(await display.at('display-code').getAttribute('data-url')).toBe(link)
  await display.shows('display-countdown', /^[45]:\d\d$/)
  await display.shows('display-next', '用手机扫右边的码')

  await desk.centre.control('POST', `/orders/${await counter.number(CHARGES.usual)}/pay`, SPLIT)
  await counter.step('settled')
  await display.step('paid')
  await display.shows(
    'display-payment',
    /支付成功.*自费支付 ¥124\.95 医保支付 ¥100\.00 个人账户 ¥40\.00 费用总额 ¥264\.95.*请收好凭证/,
  )
  await display.hasNone('display-code')

  await counter.page.keyboard.press('Enter')
  await display.isIdle()
})

it('is told nothing personal, neither on the screen nor over the wire', async () => {
  const { counter, display } = await openBoth()
  await counter.upload(CHARGES.usual)
  await display.step('pay')
  const known = await counter.text('charge')
  const everything = await display.everything()
  // What is looked for is what the counter really has, and what is looked through really holds the payment.
  expect(known).toContain(PATIENT.name)
  expect(everything).toContain('周*行')
  expect(everything).toContain('"kind":"payment"')
  const idTail = /\d{3}•+(\w{4})/.exec(known)?.[1] ?? 'no id found'
  expect(known).toContain(idTail)
  for (const secret of [PATIENT.name, idTail, PATIENT.department, 'diagnoses', 'maskedIdNo']) {
    expect(everything).not.toContain(secret)
  }
})

it('has a key that opens nothing but itself, and none of the desk', async () => {
  const { desk, display } = await openBoth()
  const stored = await display.page.evaluate(() => ({ ...sessionStorage }))
  expect(Object.keys(stored)).toEqual(['cashier.display-token'])
  const call = (name: string) =>
    display.page.evaluate(async (asked) => {
      const token = sessionStorage.getItem('cashier.display-token')
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const answer = await fetch('/rpc', { method: 'POST', headers, body: JSON.stringify({ name: asked, input: {} }) })
      return answer.json()
    }, name)
  for (const [name, { permission }] of Object.entries(PROCEDURES)) {
    const expected = permission === 'display' ? { ok: true } : { error: { code: 'NOT_PERMITTED' } }
    expect(await call(name), name).toMatchObject(expected)
  }
  expect(new URL(desk.url()).hash).not.toContain(stored['cashier.display-token'])
})

it('goes idle when the counter is closed, and says so when the desk itself is gone', async () => {
  const { desk, counter, display } = await openBoth()
  await counter.choose(CHARGES.usual)
  await display.step('voucher')
  await counter.page.close()
  await expect.poll(() => display.at('display-idle').count(), { timeout: 30_000 }).toBe(1)
  await desk.kill()
  await display.shows('display', /请到窗口咨询.*正在重新连接/)
  await desk.start()
  await display.shows('display', '在收费窗口重新打开患者屏')
})

it('sees the scan refused, and nothing of what was scanned', async () => {
  const { counter, display } = await openBoth()
  await counter.choose(CHARGES.usual)
  await scan(counter.page, '134567890123456789')
  await counter.shows('scan-cue', '微信付款码')
  await display.step('voucher')
  expect(await display.everything()).not.toContain('134567890123456789')
})

it('fits a small panel, a laptop and a large screen, in light and dark, with a long name and a large sum', async () => {
  const { counter, display } = await openBoth()
  await counter.upload(CHARGES.longName)
  await display.step('pay')
  for (const colorScheme of ['light', 'dark'] as const) {
    await display.page.emulateMedia({ colorScheme })
    for (const [width, height] of [
      [800, 480],
      [1366, 768],
      [1920, 1080],
      [1080, 1920],
    ] as const) {
      await display.page.setViewportSize({ width, height })
      const cut = await display.page.evaluate(() =>
        [...document.querySelectorAll('h1, p, b, figure, svg')]
          .filter((element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect()
            return left < 0 || top < 0 || right > innerWidth || bottom > innerHeight
          })
          .map((element) => element.textContent),
      )
      expect({ width, height, cut }).toEqual({ width, height, cut: [] })
    }
  }
})
