import { setTimeout as pause } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { Random } from './page/random.ts'
import { keyOf } from './page/virtual-keyboard.ts'

export interface RealCounts {
  readonly fromReady: number
  readonly readyRight: number
  readonly inField: number
  /** Read exactly; the others asked for another scan. */
  readonly inFieldRight: number
  readonly wrong: number
  readonly leftInField: number
  readonly buttonsPressed: number
  /** Scans that this machine was too busy to type at a scanner's pace; they count for nothing. */
  readonly tooSlow: number
}

const PAGE = `<div id="ready" tabindex="0">扫码就绪</div><button id="pay" onclick="pressed += 1">上传费用</button>
  <input id="field" value="周"><script>var pressed = 0</script>`
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** Trusted keys through the devtools protocol, in real time: the browser itself types, presses and moves the focus. */
export async function scanInRealTime(page: Page, scans: number, seed: number): Promise<RealCounts> {
  const random = new Random(seed)
  await page.evaluate((html) => {
    document.body.innerHTML = html
    const stamps: number[] = []
    Object.assign(window, { pressed: 0, stamps })
    window.addEventListener('keydown', (event) => stamps.push(event.timeStamp), { capture: true })
    Reflect.get(window, 'scannerProof').listen()
  }, PAGE)
  await pause(300)
  const devtools = await page.context().newCDPSession(page)
  const counts = {
    fromReady: 0,
    readyRight: 0,
    inField: 0,
    inFieldRight: 0,
    wrong: 0,
    leftInField: 0,
    buttonsPressed: 0,
    tooSlow: 0,
  }
  for (let index = 0; index < scans; index += 1) {
    const place = random.pick(['ready', 'ready', 'pay', 'field'])
    const code = `990101ec${random.text(LETTERS, 30)}`
    await page.evaluate((id) => {
      Object.assign(window, { pressed: 0 })
      Object.assign(document.getElementById('field') ?? {}, { value: '周' })
      document.getElementById(id)?.focus()
    }, place)
    await typeScan(devtools, `${code}\n`, random)
    await pause(450)
    const { heard, field, stamps, pressed } = await page.evaluate(() => ({
      heard: Reflect.get(window, 'scannerProof').heard.splice(0) as string[],
      field: document.querySelector('input')?.value,
      stamps: Reflect.get(window, 'stamps').splice(0) as number[],
      pressed: Number(Reflect.get(window, 'pressed')),
    }))
    const isRight = heard.length === 1 && heard[0] === code
    if (!isScannersPace(stamps)) {
      counts.tooSlow += 1
      continue
    }
    if (place === 'field') counts.inField += 1
    else counts.fromReady += 1
    if (isRight && place === 'field') counts.inFieldRight += 1
    if (isRight && place !== 'field') counts.readyRight += 1
    counts.wrong += heard.filter((text) => /^\d{6}ec[a-z0-9]{30}$/.test(text) && text !== code).length
    if (field !== '周') counts.leftInField += 1
    counts.buttonsPressed += pressed
  }
  return counts
}

/** As the keys were stamped: a median gap of at most 40 ms, and two seconds altogether. */
function isScannersPace(stamps: readonly number[]): boolean {
  const gaps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? stamp))
  const median = gaps.toSorted((left, right) => left - right)[Math.floor(gaps.length / 2)] ?? Number.POSITIVE_INFINITY
  const longest = Math.max(...gaps)
  return median <= 40 && longest < 250 && (stamps.at(-1) ?? 0) - (stamps[0] ?? 0) < 2000
}

async function typeScan(devtools: CDPSession, text: string, random: Random): Promise<void> {
  const gapMs = random.between(2, 15)
  for (const character of text) {
    const { code, keyCode } = keyOf(character)
    const key = character === '\n' ? 'Enter' : character
    const typed = { text: character === '\n' ? '\r' : character }
    const common = { key, code, windowsVirtualKeyCode: keyCode }
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...common, ...typed })
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common })
    await pause(gapMs)
  }
}
