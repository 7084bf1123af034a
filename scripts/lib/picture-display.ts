import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { DisplayContent, DisplayPayment } from '../../src/shared/contract/display.ts'
import { fen } from '../../src/shared/domain/money.ts'
import type { DemoDesk, StandingClock } from './demo-desk.ts'
import { smallPng } from './small-png.ts'

/** The panels that a patient's display hangs on. */
const SIZES = [
  { width: 800, height: 480 },
  { width: 1366, height: 768 },
]
const TOLD = { fundFen: fen(10_000), accountFen: fen(4000), ownPayFen: fen(12_495), prepaidFen: fen(0) }
const UNTOLD = { fundFen: null, accountFen: null, ownPayFen: null, prepaidFen: null }

/** 患者屏: idle, then a payment step by step, as the counter would show it. */
export async function pictureDisplay(
  browser: Browser,
  desk: DemoDesk,
  clock: StandingClock,
  folder: string,
): Promise<void> {
  const opened = await desk.call('display.open', {})
  if (!opened.ok || opened.value.by !== 'page') throw new Error('the display is no page here')
  const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  await page.clock.setFixedTime(clock.now())
  await page.goto(new URL(opened.value.address, desk.url).href)
  for (const [name, content] of contents(clock.now())) {
    const shown = await desk.call('display.show', { content })
    if (!shown.ok) throw new Error(shown.error.message)
    const wanted = content.kind === 'idle' ? 'display-idle' : 'display-payment'
    const step = content.kind === 'idle' ? '' : `[data-step="${content.step}"]`
    await page.locator(`[data-testid="${wanted}"]${step}`).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const size of SIZES) {
        await page.setViewportSize(size)
        const png = await page.screenshot({ animations: 'disabled' })
        writeFileSync(join(folder, `${name}-${size.width}-${colorScheme}.png`), smallPng(png))
      }
    }
    process.stdout.write(`${name}\n`)
  }
  await page.close()
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
  return [
    ['display-1-idle', { kind: 'idle' }],
    ['display-2-voucher', payment({})],
    ['display-3-pay', payment({ step: 'pay', payCode })],
    ['display-4-paid', payment({ step: 'paid', split: { totalFen: fen(26_495), ...TOLD, isForecast: false } })],
    ['display-5-checking', payment({ step: 'checking' })],
  ]
}
