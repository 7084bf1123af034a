import type { Browser, Page } from 'playwright-core'
import type { DisplayContent, DisplayPayment } from '../../src/shared/contract/display.ts'
import { fen } from '../../src/shared/domain/money.ts'
import type { DemoDesk, StandingClock } from './demo-desk.ts'
import type { Picture } from './picture-office.ts'

/** The panels that a patient's display hangs on. */
export const DISPLAY_SIZES = [
  { width: 800, height: 480 },
  { width: 1366, height: 768 },
] as const
const TOLD = { fundFen: fen(10_000), accountFen: fen(4000), ownPayFen: fen(12_495), prepaidFen: fen(0) }
const UNTOLD = { fundFen: null, accountFen: null, ownPayFen: null, prepaidFen: null }

/** 患者屏: idle, then a payment step by step, as the counter would show it; at the end the desk is gone. */
export async function pictureDisplay(
  browser: Browser,
  desk: DemoDesk,
  clock: StandingClock,
  picture: Picture,
): Promise<void> {
  const opened = await desk.call('display.open', {})
  if (!opened.ok || opened.value.by !== 'page') throw new Error('the display is no page here')
  const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  await page.clock.setFixedTime(clock.now())
  await page.goto(new URL(opened.value.address, desk.url).href)
  for (const [name, content] of contents(clock.now())) {
    const shown = await desk.call('display.show', { content })
    if (!shown.ok) throw new Error(shown.error.message)
    await isShown(page, content)
    await picture(page, name)
  }
  await desk.close()
  await page.getByText('屏幕正在重新连接').waitFor()
  await picture(page, 'display-9-lost')
  await page.close()
}

async function isShown(page: Page, content: DisplayContent): Promise<void> {
  const step = content.kind === 'idle' ? '' : `[data-step="${content.step}"]`
  await page.locator(`[data-testid="${content.kind === 'idle' ? 'display-idle' : 'display-payment'}"]${step}`).waitFor()
  if (content.kind === 'idle') return
  const amount = content.split.ownPayFen ?? content.split.totalFen
  await page
    .getByText((amount / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ','))
    .first()
    .waitFor()
}

function contents(nowMs: number): readonly (readonly [string, DisplayContent])[] {
  const payment = (change: Partial<DisplayPayment>): DisplayContent => ({
    kind: 'payment',
    step: 'voucher',
    shownName: '周*行',
    split: { totalFen: fen(26_495), ...UNTOLD, isForecast: true },
    payCode: null,
    ...change,
  })
  const payCode = {
    url: 'https://centre.example/pmc/cashier?order=ORD990101202603180001',
    fromMs: nowMs - 41_000,
    untilMs: nowMs + 259_000,
  }
  const forecast = { totalFen: fen(26_495), ...TOLD, isForecast: true }
  const settled = { ...forecast, isForecast: false }
  const large = { totalFen: fen(13_238_067), fundFen: fen(9_000_000), accountFen: fen(0), ownPayFen: fen(4_238_067) }
  return [
    ['display-1-idle', { kind: 'idle' }],
    ['display-2-voucher', payment({})],
    ['display-3-pay', payment({ step: 'pay', payCode })],
    ['display-4-forecast', payment({ step: 'pay', payCode, split: forecast })],
    ['display-5-expired', payment({ step: 'expired', payCode: { ...payCode, untilMs: nowMs }, split: forecast })],
    ['display-6-partly-paid', payment({ step: 'partlyPaid', split: settled })],
    ['display-7-checking', payment({ step: 'checking' })],
    [
      'display-8-paid',
      payment({
        step: 'paid',
        shownName: '古*木',
        split: { ...settled, ...large, prepaidFen: fen(0) },
      }),
    ],
  ]
}
