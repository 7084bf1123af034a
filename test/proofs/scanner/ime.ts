import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import type { ImeDesktop } from './ime-desktop.ts'
import { Random } from './page/random.ts'
import { anyScannedCode } from './page/scan-plan.ts'
import { openProofPage } from './proof-page.ts'

/** What a real Chinese input method did to scans, and what was made of them. */
export interface ImeCounts {
  readonly fromReady: number
  readonly readyRight: number
  readonly inField: number
  readonly inFieldRight: number
  readonly askedAgain: number
  /** Texts read that are not the code that was scanned. */
  readonly wrong: number
  readonly leftInField: number
  /** Keys that pinyin took while the field had the focus: none would mean that it was not on. */
  readonly composed: number
  /** Scans that this machine was too busy to type at a scanner's pace; they count for nothing. */
  readonly tooSlow: number
  /** What went otherwise, for whoever mends it. */
  readonly failures: readonly string[]
}

type Listener = 'ours' | 'withoutTakingBack'
type Place = 'field' | 'ready'

const PAGE = `<div id="ready" tabindex="0">扫码就绪</div><input id="field" value="周">`
/** The slowest that a scanner types, in ms a key. */
const SLOWEST_MS = 40

/** Scans into a page with the window's own scanner, in turn into a field and from scan-ready. */
export async function scanUnderPinyin(
  executablePath: string,
  desktop: ImeDesktop,
  scans: number,
  seed: number,
  listener: Listener = 'ours',
): Promise<ImeCounts> {
  const proof = await openProofPage(executablePath, desktop.env)
  try {
    await prepare(proof.page, listener)
    const random = new Random(seed)
    const failures: string[] = []
    const counts = {
      ...{ fromReady: 0, readyRight: 0, inField: 0, inFieldRight: 0 },
      ...{ askedAgain: 0, wrong: 0, leftInField: 0, tooSlow: 0 },
    }
    for (let index = 0; index < scans; index += 1) {
      const place = index % 2 === 0 ? 'field' : 'ready'
      const code = anyScannedCode(random)
      await focus(proof.page, place)
      await desktop.pinyinOn()
      const msAKey = await desktop.scan(code)
      const { heard, field } = await whatCame(proof.page)
      if (msAKey > SLOWEST_MS) {
        counts.tooSlow += 1
        continue
      }
      count(counts, place, heard, code)
      const wrong = heard.filter((text) => text !== code && text !== 'incomplete').length
      const isMissed = place === 'ready' && heard[0] !== code
      if (field !== '周') counts.leftInField += 1
      counts.wrong += wrong
      if (field !== '周' || wrong > 0 || isMissed) {
        failures.push(`${place} ${code} (${msAKey.toFixed(0)} ms a key): heard ${heard.join()}, in the field ${field}`)
      }
    }
    const composed = await proof.page.evaluate(() => (Reflect.get(window, 'composed') as string[]).length)
    return { ...counts, composed, failures }
  } finally {
    await proof.close()
  }
}

type Tally = { -readonly [K in 'fromReady' | 'readyRight' | 'inField' | 'inFieldRight' | 'askedAgain']: number }

function count(counts: Tally, place: Place, heard: readonly string[], code: string): void {
  const isRight = heard.length === 1 && heard[0] === code
  counts[place === 'field' ? 'inField' : 'fromReady'] += 1
  if (isRight) counts[place === 'field' ? 'inFieldRight' : 'readyRight'] += 1
  if (heard.includes('incomplete')) counts.askedAgain += 1
}

async function prepare(page: Page, listener: Listener): Promise<void> {
  await page.evaluate(
    ([html, name]) => {
      document.body.innerHTML = html
      const composed: string[] = []
      Object.assign(window, { composed })
      const look = (event: KeyboardEvent) => (event.isComposing || event.keyCode === 229) && composed.push(event.code)
      window.addEventListener('keydown', look, { capture: true })
      Reflect.get(window, 'scannerProof').listen(name)
    },
    [PAGE, listener] as const,
  )
  await page.bringToFront()
}

/** What was read, and the field, when a scanner would come again; on a busy machine the reading may take its time. */
async function whatCame(page: Page): Promise<{ heard: readonly string[]; field: string | undefined }> {
  for (let left = 30; left > 0; left -= 1) {
    if (await page.evaluate(() => (Reflect.get(window, 'scannerProof').heard as string[]).length > 0)) break
    await pause(100)
  }
  await pause(500)
  return page.evaluate(() => ({
    heard: Reflect.get(window, 'scannerProof').heard.splice(0) as string[],
    field: document.querySelector('input')?.value,
  }))
}

async function focus(page: Page, id: Place): Promise<void> {
  await page.evaluate((wanted) => {
    Object.assign(document.getElementById('field') ?? {}, { value: '周' })
    const element = document.getElementById(wanted)
    element?.blur()
    element?.focus()
  }, id)
}
