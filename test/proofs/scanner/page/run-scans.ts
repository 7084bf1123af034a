import { classifyScan } from '#renderer/lib/scanner/classify-scan.ts'
import { type Attach, bySum, onscan, ours, withoutTakingBack } from './decoders.ts'
import { Random } from './random.ts'
import { type Place, planScan, type ScanPlan } from './scan-plan.ts'
import { VirtualKeyboard } from './virtual-keyboard.ts'
import { VirtualTime } from './virtual-time.ts'

export interface ScanCounts {
  scans: number
  /** Clean scans while focus rested on nothing editable, and how many of them were read exactly, at once. */
  ready: number
  readyRight: number
  /** Clean scans while a field had the focus; the rest of them asked for another scan. */
  inField: number
  inFieldRight: number
  /** Tokens taken that no patient showed. */
  wrongTokens: number
  /** Scans of which characters stayed in a field. */
  leftInField: number
  buttonsPressed: number
  /** Ctrl+W and F10 out of a code that reached the page. */
  commands: number
  /** The first few failures, in words, for whoever mends them. */
  failures: string[]
}

const DECODERS = { ours, onscan, bySum, withoutTakingBack, withoutSwallowing: ours } satisfies Record<string, Attach>
export type DecoderName = keyof typeof DECODERS

/** Scans so often with one decoder; the same seed brings the same scans. Runs in the page. */
export function runScans(name: DecoderName, scans: number, seed: number): ScanCounts {
  const time = new VirtualTime()
  const giveBack = takeTime(time)
  const counts: ScanCounts = {
    ...{ scans, ready: 0, readyRight: 0, inField: 0, inFieldRight: 0 },
    ...{ wrongTokens: 0, leftInField: 0, buttonsPressed: 0, commands: 0, failures: [] },
  }
  const texts: string[] = []
  const detach = DECODERS[name](time, (text) => texts.push(text))
  const random = new Random(seed)
  const keyboard = new VirtualKeyboard(
    time,
    new Random(seed + 1),
    name === 'withoutSwallowing' ? unstoppable : undefined,
  )
  const onClick = () => {
    counts.buttonsPressed += 1
  }
  document.addEventListener('click', onClick)
  const taken = createTaker()
  for (let index = 0; index < scans; index += 1) {
    const plan = planScan(random)
    const before = setUp(plan.place)
    time.pass(5)
    texts.length = 0
    keyboard.scan(plan)
    time.pass(plan.restMs)
    if (plan.ime && plan.isImeLate) keyboard.bringLate(element(IDS[plan.place], HTMLElement))
    judge(plan, texts, taken(texts), before, counts)
  }
  document.removeEventListener('click', onClick)
  // What a decoder still waits for comes before it goes.
  time.pass(10_000)
  detach()
  giveBack()
  return { ...counts, commands: keyboard.damage.commands }
}

/** What the counter would take for a payment: tokens, and numbers without a check digit only when read twice. */
function createTaker(): (texts: readonly string[]) => readonly string[] {
  let firstReading: string | undefined
  return (texts) =>
    texts.filter((text) => {
      const scan = classifyScan(text, () => false)
      if (scan.kind === 'payAuthNo' && !scan.isSure) {
        const isSecond = firstReading === text
        firstReading = text
        return isSecond
      }
      return scan.kind === 'ecToken' || scan.kind === 'payAuthNo'
    })
}

function judge(
  plan: ScanPlan,
  texts: readonly string[],
  taken: readonly string[],
  before: string,
  counts: ScanCounts,
): void {
  const isRight = texts.length === 1 && texts[0] === plan.code
  const isField = plan.place === 'field' || plan.place === 'textarea'
  const wrong = taken.filter((text) => text !== plan.code).length
  const isLeft = fieldsText() !== before
  if (plan.isClean && !isField) counts.ready += 1
  if (plan.isClean && !isField && isRight) counts.readyRight += 1
  if (plan.isClean && isField) counts.inField += 1
  if (plan.isClean && isField && isRight) counts.inFieldRight += 1
  counts.wrongTokens += wrong
  if (isLeft) counts.leftInField += 1
  const isFailure = wrong > 0 || isLeft || (plan.isClean && !isField && !isRight)
  if (isFailure && counts.failures.length < 5)
    counts.failures.push(`${JSON.stringify({ ...plan, texts }).slice(0, 600)}`)
}

const PAGE = `
  <div id="ready" tabindex="0">扫码就绪</div>
  <button id="pay" type="button">上传费用</button>
  <input id="field"><textarea id="textarea"></textarea>
  <dialog id="dialog"><button id="dialogButton" type="button">关闭</button></dialog>`

const IDS: Readonly<Record<Place, string>> = {
  scanReady: 'ready',
  button: 'pay',
  dialogButton: 'dialogButton',
  field: 'field',
  textarea: 'textarea',
}

/** The page as a scan finds it. @returns what its fields hold. */
function setUp(place: Place): string {
  if (document.getElementById('ready') === null) document.body.innerHTML = PAGE
  const dialog = element('dialog', HTMLDialogElement)
  dialog.close()
  element('field', HTMLInputElement).value = '周'
  element('textarea', HTMLTextAreaElement).value = '退费原因'
  if (place === 'dialogButton') dialog.showModal()
  element(IDS[place], HTMLElement).focus()
  return fieldsText()
}

function fieldsText(): string {
  return `${element('field', HTMLInputElement).value}|${element('textarea', HTMLTextAreaElement).value}`
}

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`no ${id} on the page`)
  return found
}

/** A decoder that asks the page for the time is given this one. */
function takeTime(time: VirtualTime): () => void {
  const { now } = Date
  const { setTimeout: set, clearTimeout: clear } = window
  Date.now = () => time.nowMs
  Object.assign(window, {
    setTimeout: <A extends unknown[]>(run: (...args: A) => void, ms = 0, ...args: A) =>
      time.setTimer(() => run(...args), ms),
    clearTimeout: (id: number) => time.clearTimer(id),
  })
  return () => {
    Date.now = now
    Object.assign(window, { setTimeout: set, clearTimeout: clear })
  }
}

/** Events that nobody can stop: what a decoder without swallowing lets through. */
function unstoppable(type: string, init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent(type, init)
  Object.assign(event, { preventDefault: () => undefined, stopImmediatePropagation: () => undefined })
  return event
}
