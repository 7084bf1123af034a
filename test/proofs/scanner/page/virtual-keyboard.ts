import type { Random } from './random.ts'
import type { ScanPlan } from './scan-plan.ts'
import type { VirtualTime } from './virtual-time.ts'

const SHIFTED: Readonly<Record<string, string>> = {
  ':': 'Semicolon',
  '?': 'Slash',
  '&': 'Digit7',
  _: 'Minus',
  '%': 'Digit5',
}
const PLAIN: Readonly<Record<string, string>> = {
  '/': 'Slash',
  '.': 'Period',
  '-': 'Minus',
  '=': 'Equal',
  ' ': 'Space',
}
const CONTROL: Readonly<Record<string, { code: string; key: string; ctrlKey?: boolean }>> = {
  '\t': { code: 'Tab', key: 'Tab' },
  '\n': { code: 'Enter', key: 'Enter' },
  '\u0017': { code: 'KeyW', key: 'w', ctrlKey: true },
  '\u0019': { code: 'F10', key: 'F10' },
}

interface Key {
  readonly code: string
  readonly key: string
  readonly keyCode: number
  readonly shiftKey?: boolean
  readonly ctrlKey?: boolean
}

/** The key that types a character on a US keyboard. */
export function keyOf(character: string): Key {
  const control = CONTROL[character]
  if (control !== undefined) return { keyCode: { Tab: 9, Enter: 13 }[control.key] ?? 0, ...control }
  const upper = character.toUpperCase()
  const keyCode = upper.charCodeAt(0)
  if (/\d/.test(character)) return { code: `Digit${character}`, key: character, keyCode }
  if (/[a-z]/i.test(character)) {
    return { code: `Key${upper}`, key: character, keyCode, shiftKey: character === upper }
  }
  const shifted = SHIFTED[character]
  return { code: shifted ?? PLAIN[character] ?? '', key: character, keyCode, shiftKey: shifted !== undefined }
}

export interface Damage {
  /** Browser commands and function keys that reached the page. */
  commands: number
}

/** What a browser does with keys that nobody stopped, played with events: typing, pressing, moving the focus. */
export class VirtualKeyboard {
  readonly damage: Damage = { commands: 0 }
  /** How an event is made; a control that cannot swallow makes ones that cannot be stopped. */
  readonly #make: (type: string, init: KeyboardEventInit) => KeyboardEvent
  readonly #time: VirtualTime
  readonly #random: Random

  constructor(
    time: VirtualTime,
    random: Random,
    make = (type: string, init: KeyboardEventInit) => new KeyboardEvent(type, init),
  ) {
    this.#time = time
    this.#random = random
    this.#make = make
  }

  scan(plan: ScanPlan): void {
    const ends = plan.ends === 'Enter' ? '\n' : '\n\n'
    let index = 0
    for (const character of plan.code + ends) {
      this.#time.pass(plan.gapsMs[index] ?? plan.gapsMs[1] ?? 5)
      index += 1
      this.#strike(character, plan)
    }
  }

  /** What an input method that is behind brings when the scan is over, into the field that a person has come back to. */
  bringLate(field: HTMLElement): void {
    if (!isField(field)) return
    field.focus()
    for (const text of ['e', 'e c', '二次']) {
      composeText(field, text)
      this.#time.pass(80)
    }
  }

  #strike(character: string, plan: ScanPlan): void {
    const target = document.activeElement ?? document.body
    const key = keyOf(character)
    if (plan.ime && isField(target) && /[a-z]/i.test(character)) {
      this.#compose(target, key)
      return
    }
    const shown = plan.capsLock && /[a-z]/i.test(character) ? flipped(character) : key.key
    const init = { ...key, key: shown, which: key.keyCode, bubbles: true, cancelable: true, composed: true }
    const isOpen = target.dispatchEvent(this.#make('keydown', init))
    if (isOpen) this.#act(target, key, shown)
    target.dispatchEvent(this.#make('keyup', init))
    if (isOpen && key.code === 'Space' && target instanceof HTMLButtonElement) target.click()
  }

  /**
   * Measured with fcitx5: 28 of 39 keydowns reached the page, marked 229; the field gets what the method makes of them,
   * also of those that it keeps back, be it the very first.
   */
  #compose(field: HTMLInputElement | HTMLTextAreaElement, { code }: Key): void {
    if (this.#random.chance(0.28)) {
      if (this.#random.chance(0.4)) composeText(field, 'A U')
      return
    }
    const init = { code, key: 'Process', keyCode: 229, isComposing: true, bubbles: true, cancelable: true }
    field.dispatchEvent(this.#make('keydown', init))
    if (this.#random.chance(0.4)) insert(field, this.#random.pick(['鹅', '厂', '平', '凡', '的']))
  }

  #act(target: Element, key: Key, shown: string): void {
    if (key.ctrlKey === true || key.code === 'F10') this.damage.commands += 1
    else if (key.code === 'Tab') document.querySelector<HTMLElement>('#pay')?.focus()
    else if (key.code === 'Enter') {
      if (target instanceof HTMLButtonElement) target.click()
      if (target instanceof HTMLTextAreaElement) insert(target, '\n')
    } else if (isField(target)) insert(target, shown)
  }
}

function isField(target: Element): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function insert(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  insertText(field, text)
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }))
}

/** Text without a key, announced as a browser does. */
function composeText(field: HTMLInputElement | HTMLTextAreaElement, data: string): void {
  const init = { bubbles: true, inputType: 'insertCompositionText', data, isComposing: true }
  field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
  field.dispatchEvent(new InputEvent('beforeinput', init))
  insertText(field, data)
  field.dispatchEvent(new InputEvent('input', init))
}

function insertText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const at = field.selectionEnd ?? field.value.length
  field.setRangeText(text, field.selectionStart ?? at, at, 'end')
}

function flipped(character: string): string {
  return character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase()
}
