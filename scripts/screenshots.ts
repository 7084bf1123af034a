import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { provideBrowser } from './find-browser.ts'
import { buildIfStale } from './lib/build.ts'
import { type DemoDesk, playTheMorning, standingClock, startDemoCentre, startDemoDesk } from './lib/demo-desk.ts'
import { type DemoScreen, openDemoScreen } from './lib/demo-screen.ts'
import { pictureDisplay } from './lib/picture-display.ts'
import { pictureBills, pictureSettings } from './lib/picture-office.ts'
import { pictureNotices, pictureReceipts, pictureRefunds } from './lib/picture-refund.ts'
import { ROOT } from './lib/project.ts'
import { smallPng } from './lib/small-png.ts'
import { tempFolder } from './lib/temp-folder.ts'

/**
 * `npm run screenshots`: every state of the screens into docs/images, at two sizes, light and dark. With names behind
 * `--`, only the groups and pictures that begin so: `npm run screenshots -- bills settings`.
 */

const WANTED = process.argv.slice(2)
const isWanted = (name: string) => WANTED.length === 0 || WANTED.some((start) => name.startsWith(start))

const FOLDER = join(ROOT, 'docs', 'images')
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]
const THEMES = ['light', 'dark'] as const
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
]
/** A port on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9'

if (!(await buildIfStale())) process.exit(1)
const browser = await chromium.launch({ executablePath: await provideBrowser(), headless: true, args: FLAGS })
try {
  clearFolder()
  if (WANTED.length === 0 || !WANTED.every((start) => /^(bills|settings|refund|notices|receipt|display)/.test(start))) {
    await pictureTheDay()
    await pictureOffline()
  }
  if (isWanted('bills') || isWanted('settings')) await pictureOffice()
  if (isWanted('display')) await pictureDisplays()
  if (isWanted('refund') || isWanted('notices') || isWanted('receipt')) await pictureRefundDesk()
} finally {
  await browser.close()
}

function clearFolder(): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const name of readdirSync(FOLDER)) {
    if (isWanted(name) && /-(800|1366|1920)-(light|dark)\.png$/.test(name)) rmSync(join(FOLDER, name))
  }
}

async function pictureTheDay(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await playTheMorning(desk, clock)
  const screen = await openDemoScreen(browser, desk, clock)
  await picturePayment(desk, screen)
  await pictureWalkAway(desk, screen)
  await pictureTrouble(desk, screen)
  await pictureOrders(desk, screen)
  await screen.page.close()
  await desk.close()
}

async function picturePayment(desk: DemoDesk, screen: DemoScreen): Promise<void> {
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

async function pictureWalkAway(desk: DemoDesk, screen: DemoScreen): Promise<void> {
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

async function pictureTrouble(desk: DemoDesk, screen: DemoScreen): Promise<void> {
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

async function pictureOrders(desk: DemoDesk, { page }: DemoScreen): Promise<void> {
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
}

/** What the office and IT look at: bills and settings, of a desk that is connected to a centre for tests. */
async function pictureOffice(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  let desk: DemoDesk | undefined
  const centre = await startDemoCentre(clock, () => desk?.listenerUrl ?? '')
  const settings = { environment: 'test', listener: { port: 0 }, centre: { baseUrl: centre.baseUrl } } as const
  desk = await startDemoDesk(folder.path, settings, clock)
  await playTheMorning(desk, clock)
  await desk.script('/faults', { interface: '1.3', kind: 'ordStas', value: '77', times: 1 })
  await desk.call('orders.refresh', { medOrgOrd: desk.numberOf('000112') })
  const { page, ...screen } = await openDemoScreen(browser, desk, clock)
  await screen.at('choose')
  if (isWanted('bills')) await pictureBills(desk, page, picture)
  if (isWanted('settings')) await pictureSettings(page, picture)
  await page.close()
  await desk.close()
  await centre.close()
}

/** The embedded centre cannot be gone, so this is a desk in the test environment whose centre and HIS are. */
async function pictureOffline(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  let desk: DemoDesk | undefined
  const centre = await startDemoCentre(clock, () => desk?.listenerUrl ?? '')
  const listener = { port: 0 }
  const before = { environment: 'test', listener, centre: { baseUrl: centre.baseUrl } } as const
  desk = await startDemoDesk(folder.path, before, clock)
  await desk.call('charges.search', {})
  await playTheMorning(desk, clock)
  await desk.close()
  await centre.close()

  clock.advance(7 * 60_000)
  const his = { source: 'http', http: { baseUrl: NOBODY } } as const
  desk = await startDemoDesk(folder.path, { environment: 'test', listener, centre: { baseUrl: NOBODY }, his }, clock)
  const screen = await openDemoScreen(browser, desk, clock)
  await screen.page.locator('[data-testid="health-centre"][data-health="down"]').waitFor()
  await screen.choose('000102')
  await picture(screen.page, 'counter-11-offline')
  await screen.page.getByTestId('nav-orders').click()
  await screen.page.getByTestId(`order-row-${desk.numberOf('000108')}`).click()
  await screen.page.getByTestId('order-detail').waitFor()
  await picture(screen.page, 'orders-4-offline')
  await screen.page.close()
  await desk.close()
}

/** What the patient sees. */
async function pictureDisplays(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await pictureDisplay(browser, desk, clock, FOLDER)
  await desk.close()
}

/** Money that goes back, what is told, and what is printed of it. */
async function pictureRefundDesk(): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await playTheMorning(desk, clock)
  const { page } = await openDemoScreen(browser, desk, clock)
  await pictureRefunds(desk, page, picture)
  await pictureNotices(desk, page, picture)
  await pictureReceipts(desk, page, pictureOnPaper)
  await page.close()
  await desk.close()
}

/** As wide as the paper between its margins. */
async function pictureOnPaper(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 272, height: 560 })
  writeFileSync(join(FOLDER, `${name}.png`), smallPng(await page.screenshot({ fullPage: true })))
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: 1366, height: 768 })
  process.stdout.write(`${name}\n`)
}

/** The same state at every size and in both themes, with the mouse where it points at nothing. */
async function picture(page: Page, name: string): Promise<void> {
  if (!isWanted(name)) return
  await page.mouse.move(0, 0)
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.waitForFunction((wanted) => document.documentElement.style.colorScheme === wanted, theme)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      const png = await page.screenshot({ animations: 'disabled' })
      writeFileSync(join(FOLDER, `${name}-${size.width}-${theme}.png`), smallPng(png))
    }
  }
  process.stdout.write(`${name}\n`)
}
