import type { Browser } from 'playwright-core'
import { type DemoDesk, playTheMorning, standingClock, startDemoCentre, startDemoDesk } from './demo-desk.ts'
import { openDemoScreen } from './demo-screen.ts'
import { pictureOrders, picturePayment, pictureTrouble, pictureWalkAway } from './picture-counter.ts'
import { pictureDisplay } from './picture-display.ts'
import { pictureEdges } from './picture-edges.ts'
import { type Picture, pictureBills, pictureSettings } from './picture-office.ts'
import { pictureNotices, pictureReceipts, pictureRefunds } from './picture-refund.ts'
import { pictureScanner } from './picture-scanner.ts'
import { pictureSetup } from './picture-setup.ts'
import { tempFolder } from './temp-folder.ts'

/** Where a scene is played, and what is done with each state that it comes to. */
export interface Stage {
  readonly browser: Browser
  /** For the states of this desk: a picture is taken, or the state is examined. */
  readonly pictureOf: (desk: DemoDesk) => Picture
  /** The same for the patient's display, which has sizes of its own and the system's theme. */
  readonly onDisplay: Picture
  /** The same for what is printed. */
  readonly paper: Picture
  readonly isWanted: (name: string) => boolean
}

export interface Scene {
  /** The names of its states begin with one of these. */
  readonly groups: readonly string[]
  play(stage: Stage): Promise<void>
}

/** Every state of every screen: for the pictures of the documents, and for what is examined of each of them. */
export const SCENES: readonly Scene[] = [
  { groups: ['counter', 'orders', 'help'], play: theDay },
  { groups: ['counter', 'orders'], play: offline },
  { groups: ['bills', 'settings'], play: theOffice },
  { groups: ['refund', 'notices', 'receipt'], play: theRefundDesk },
  { groups: ['edge', 'lock', 'attention'], play: theEdges },
  { groups: ['scanner'], play: theScanner },
  { groups: ['setup'], play: theFirstStart },
  { groups: ['display'], play: theDisplay },
]

/** A port on which nobody listens. */
const NOBODY = 'http://127.0.0.1:9'

async function theDay({ browser, pictureOf }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await playTheMorning(desk, clock)
  const screen = await openDemoScreen(browser, desk, clock)
  const picture = pictureOf(desk)
  await picturePayment(desk, screen, picture)
  await pictureWalkAway(desk, screen, picture)
  await pictureTrouble(desk, screen, picture)
  await pictureOrders(desk, screen, picture)
  await screen.page.close()
  await desk.close()
}

/** What the office and IT look at: bills and settings, of a desk that is connected to a centre for tests. */
async function theOffice({ browser, pictureOf, isWanted }: Stage): Promise<void> {
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
  const picture = pictureOf(desk)
  if (isWanted('bills')) await pictureBills(desk, page, picture)
  if (isWanted('settings')) await pictureSettings(page, picture)
  await page.close()
  await desk.close()
  await centre.close()
}

/** A desk whose scans are codes that the simulated decoding turns into tokens. */
async function theScanner({ browser, pictureOf }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const scanner = { decoder: 'simulator' } as const
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 }, scanner }, clock)
  const screen = await openDemoScreen(browser, desk, clock)
  await pictureScanner(desk, screen, pictureOf(desk))
  await screen.page.close()
  await desk.close()
}

/** The embedded centre cannot be gone, so this is a desk in the test environment whose centre and HIS are. */
async function offline({ browser, pictureOf }: Stage): Promise<void> {
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
  const picture = pictureOf(desk)
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

/** Money that goes back, what is told, and what is printed of it. */
async function theRefundDesk({ browser, pictureOf, paper }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await playTheMorning(desk, clock)
  const { page } = await openDemoScreen(browser, desk, clock)
  const picture = pictureOf(desk)
  await pictureRefunds(desk, page, picture)
  await pictureNotices(desk, page, picture)
  await pictureReceipts(desk, page, paper)
  await page.close()
  await desk.close()
}

/** What a screen looks like with nothing, with too much, while it waits and when something failed; and the lock. */
async function theEdges({ browser, pictureOf }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  const screen = await openDemoScreen(browser, desk, clock)
  await pictureEdges(desk, screen, clock, pictureOf(desk))
  await screen.page.close()
  await desk.close()
}

/** A desk that nobody has configured. */
async function theFirstStart({ browser, pictureOf }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, undefined, clock)
  await pictureSetup(browser, desk, clock, pictureOf(desk))
  await desk.close()
}

/** What the patient sees. */
async function theDisplay({ browser, onDisplay }: Stage): Promise<void> {
  using folder = tempFolder()
  const clock = standingClock()
  const desk = await startDemoDesk(folder.path, { environment: 'simulated', listener: { port: 0 } }, clock)
  await pictureDisplay(browser, desk, clock, onDisplay)
}
