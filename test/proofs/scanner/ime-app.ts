import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { buildIfStale } from '#scripts/lib/build.ts'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { type SimulatedCentre, startCentre } from '#simulator/centre-server.ts'
import { type DeskProcess, startDeskProcess } from '../lib/desk-process.ts'
import type { ImeDesktop } from './ime-desktop.ts'
import { Random } from './page/random.ts'
import { aToken } from './page/scan-plan.ts'
import { openBrowser } from './proof-page.ts'

/** Payments at the whole window while pinyin is on. */
export interface ImeAppCounts {
  readonly payments: number
  readonly settled: number
  /** Scans into the search field, with half a word typed there, that changed what stood in it. */
  readonly changedSearch: number
  readonly askedAgain: number
  /** Uploads with another token than the one scanned, and dialogs that a scan closed. */
  readonly wrong: number
  /** What went otherwise, in words. */
  readonly failures: readonly string[]
}

/** The simulated hospital's patients with one plain charge each, by the charge's serial. */
const SERIALS = ['000101', '000102', '000103', '000105', '000106', '000107'] as const
const wireSchema = z.object({ entries: z.array(z.object({ interfaceId: z.string(), requestBody: z.string() })) })
const uploadSchema = z.object({ ecToken: z.string() })

/**
 * The built window on the browser host, in the real browser: in turn a scan into the search field with half a word of
 * pinyin in it, and one while the help is open; then the payment goes on until it is settled.
 */
export async function payUnderPinyin(
  executablePath: string,
  desktop: ImeDesktop,
  payments: number,
  seed: number,
): Promise<ImeAppCounts> {
  if (!(await buildIfStale())) throw new Error('the window could not be built')
  using folder = tempFolder()
  let desk: DeskProcess | undefined
  const centre = await startPayingCentre(() => desk?.ready.listener ?? '')
  const browser = await openBrowser(executablePath, desktop.env)
  try {
    desk = await startDeskProcess({ dataDir: folder.path, config: configFile(folder.path, centre.baseUrl) })
    const page = await browser.newPage({ viewport: null })
    await page.goto(`${desk.ready.url}/#token=${desk.ready.token}`)
    await page.bringToFront()
    const window = new CounterUnderIme(page, desktop)
    const random = new Random(seed)
    const tokens = SERIALS.slice(0, payments).map(() => aToken(random))
    for (const [index, token] of tokens.entries()) {
      await window.pay(SERIALS[index] ?? SERIALS[0], token, index % 2 === 0 ? 'search' : 'dialog')
    }
    const uploaded = await uploadedTokens(centre)
    const wrongUploads = uploaded.filter((token) => !tokens.includes(token)).length
    return { ...window.counts, wrong: window.counts.wrong + wrongUploads, failures: window.failures }
  } finally {
    await browser.close()
    await desk?.stop()
    await centre.close()
  }
}

/** A centre whose patients pay soon. */
function startPayingCentre(callbackBase: () => string): Promise<SimulatedCentre> {
  const { centre, listener } = settingsSchema.parse({ environment: 'test' })
  const far = { callbackBase, callbackPaths: listener.paths, payAfterMs: 500, callbackPauseMs: 50 }
  return startCentre({ ...centre, ...far, port: 0 })
}

function configFile(dataDir: string, baseUrl: string): string {
  const file = join(dataDir, 'config.json')
  writeFileSync(file, JSON.stringify({ environment: 'test', centre: { baseUrl }, listener: { port: 0 } }))
  return file
}

async function uploadedTokens(centre: SimulatedCentre): Promise<readonly string[]> {
  const { entries } = wireSchema.parse(await (await fetch(`${centre.baseUrl}/sim/wire`)).json())
  return entries
    .filter(({ interfaceId }) => interfaceId === '1.6')
    .map(({ requestBody }) => uploadSchema.parse(JSON.parse(requestBody)).ecToken)
}

/** Nothing here is about speed, and this machine may be busy. */
const PATIENCE_MS = 60_000

class CounterUnderIme {
  readonly counts = { payments: 0, settled: 0, changedSearch: 0, askedAgain: 0, wrong: 0 }
  readonly failures: string[] = []
  readonly #page: Page
  readonly #desktop: ImeDesktop

  constructor(page: Page, desktop: ImeDesktop) {
    this.#page = page
    this.#desktop = desktop
  }

  /** A payment that gets stuck is one that is not settled, with the reason; the next one begins on a fresh page. */
  async pay(serial: string, token: string, way: 'search' | 'dialog'): Promise<void> {
    this.counts.payments += 1
    try {
      await this.#page.reload()
      await this.#play(serial, token, way)
    } catch (error) {
      this.failures.push(`${way}: ${String(error).slice(0, 200)}`)
    }
  }

  async #play(serial: string, token: string, way: 'search' | 'dialog'): Promise<void> {
    await this.#page.locator(`[data-testid^="charge-row-"][data-testid$="${serial}"]`).click()
    if (!(await this.#comesTo('scan'))) return
    if (way === 'search') await this.#scanIntoSearch(token)
    else await this.#scanOverHelp(token)
    if (!(await this.#comesTo('confirm'))) return
    await this.#desktop.press('F10')
    if (!(await this.#comesTo('settled'))) return
    this.counts.settled += 1
    await this.#desktop.press('F2')
    await this.#comesTo('choose')
  }

  /** Half a word stands in the field, not yet chosen from pinyin's list. What it shows then must be there afterwards. */
  async #scanIntoSearch(token: string): Promise<void> {
    const search = this.#page.getByTestId('charge-search')
    await this.#desktop.press('F3')
    await this.#desktop.pinyinOn()
    await this.#desktop.type('zh')
    await pause(600)
    const before = await search.inputValue()
    await this.#desktop.scan(token)
    const cue = this.#page.getByTestId('scan-cue')
    await cue.waitFor({ timeout: PATIENCE_MS })
    await pause(1500)
    if ((await search.inputValue()) !== before) {
      this.counts.changedSearch += 1
      this.failures.push(`search: 「${before}」 became 「${await search.inputValue()}」`)
    }
    if ((await this.#step()) === 'confirm') return
    this.counts.askedAgain += 1
    await this.#desktop.scan(token)
  }

  async #scanOverHelp(token: string): Promise<void> {
    const help = this.#page.locator('[data-testid="help"][open]')
    await this.#desktop.press('F1')
    await help.waitFor()
    await this.#desktop.pinyinOn()
    await this.#desktop.scan(token)
    await pause(700)
    if ((await help.count()) === 0) this.counts.wrong += 1
    await this.#desktop.press('Escape')
    await help.waitFor({ state: 'detached' })
  }

  async #comesTo(wanted: string): Promise<boolean> {
    const untilMs = performance.now() + PATIENCE_MS
    while (performance.now() < untilMs) {
      if ((await this.#step()) === wanted) return true
      await pause(100)
    }
    const cues = await this.#page.getByTestId('scan-cue').allInnerTexts()
    this.failures.push(`${wanted} did not come, the card stands at ${await this.#step()}: ${cues.join()}`)
    return false
  }

  #step(): Promise<string | null> {
    return this.#page.getByTestId('counter').getAttribute('data-step')
  }
}
