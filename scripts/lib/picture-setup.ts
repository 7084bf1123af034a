import type { Browser } from 'playwright-core'
import type { DemoDesk, StandingClock } from './demo-desk.ts'
import type { Picture } from './picture-office.ts'

/** After the centre's. */
const STEPS = [
  ['listener', 'setup-3-listener'],
  ['his', 'setup-4-his'],
  ['desk', 'setup-5-desk'],
  ['summary', 'setup-6-summary'],
] as const

/** The first start: the choice, the tour that follows Enter, and the guided set-up with a centre that does not answer. */
export async function pictureSetup(
  browser: Browser,
  desk: DemoDesk,
  clock: StandingClock,
  picture: Picture,
): Promise<void> {
  const page = await browser.newPage({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  await page.clock.setFixedTime(clock.now())
  await page.goto(desk.url)
  await page.getByTestId('welcome').waitFor()
  await picture(page, 'setup-1-welcome')
  await page.keyboard.press('F10')
  const fill = (path: string, text: string) => page.getByTestId(`input-${path}`).fill(text)
  await fill('centre.baseUrl', 'http://127.0.0.1:9')
  await fill('centre.appId', '1G38HV9M80183F60C80A0000AA1A14C1')
  await fill('centre.orgCodg', 'H99010100001')
  await fill('centre.orgName', '测试市第一医院')
  await page.keyboard.press('F4')
  await page.getByTestId('test-centre').waitFor()
  await picture(page, 'setup-2-centre')
  for (const [step, name] of STEPS) {
    await page.keyboard.press('F10')
    await page.locator(`[data-testid="guided-setup"][data-step="${step}"]`).waitFor()
    await picture(page, name)
  }
  for (let back = 0; back <= STEPS.length; back += 1) await page.keyboard.press('Escape')
  await page.getByTestId('try-out').click()
  await page.getByTestId('tour').waitFor()
  await page.getByTestId(`charge-row-${desk.numberOf('000102')}`).waitFor()
  await picture(page, 'setup-7-tour')
  await page.getByTestId(`charge-row-${desk.numberOf('000102')}`).click()
  await page.locator('[data-testid="tour"][data-stop="scan"]').waitFor()
  await picture(page, 'setup-8-tour-scan')
  await page.close()
}
