import type { Browser, Page } from 'playwright-core'
import { formatDateTime } from '../../src/shared/domain/time.ts'
import type { DemoDesk, StandingClock } from './demo-desk.ts'

/** The window in a browser, and how a cashier works it. */
export interface DemoScreen {
  readonly page: Page
  /** Opens the charge with this serial. */
  click(serial: string): Promise<void>
  /** The same, and waits until it wants a scan. */
  choose(serial: string): Promise<void>
  /** Scans an e-voucher that ends so. */
  scan(tail: string): Promise<void>
  press(key: string, stepAfterwards: string): Promise<void>
  /** Waits for a step of the card. */
  at(step: string): Promise<void>
  /** Moves the app's clock and the window's. */
  pass(ms: number): Promise<void>
}

export async function openDemoScreen(browser: Browser, desk: DemoDesk, clock: StandingClock): Promise<DemoScreen> {
  const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  await page.clock.setFixedTime(clock.now())
  await page.goto(desk.url)
  const at = (step: string) => page.locator(`[data-testid="counter"][data-step="${step}"]`).waitFor()
  await at('choose')
  const click = async (serial: string) => {
    await page.getByTestId(`charge-row-${desk.numberOf(serial)}`).click()
    await page.getByTestId('charge-total').waitFor()
  }
  return {
    page,
    at,
    click,
    choose: async (serial) => {
      await click(serial)
      await at('scan')
    },
    scan: async (tail) => {
      await page.keyboard.type(desk.ecToken(tail), { delay: 5 })
      await page.keyboard.press('Enter')
      await at('confirm')
    },
    press: async (key, stepAfterwards) => {
      await page.keyboard.press(key)
      await at(stepAfterwards)
    },
    pass: async (ms) => {
      clock.advance(ms)
      await page.clock.setFixedTime(clock.now())
      // The window draws its clocks once a second.
      await page.getByText(formatDateTime(clock.now()).slice(11)).first().waitFor()
    },
  }
}
