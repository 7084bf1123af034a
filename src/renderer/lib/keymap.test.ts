import { describe, expect, test } from 'vitest'
import { isReservedKey, KEY_ACTIONS, KEYMAP, type KeyPress, matchKey } from './keymap.ts'

const press = (code: string, change: Partial<KeyPress> = {}): KeyPress => ({
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...change,
})

const every = KEY_ACTIONS.flatMap((action) =>
  KEYMAP[action].codes.map((code) => ({ action, code, alt: KEYMAP[action].alt ?? false })),
)

describe('the keymap', () => {
  test.each(every)('$action is matched by its physical key $code', ({ action, code, alt }) => {
    expect(matchKey(press(code, { altKey: alt }))).toBe(action)
    expect(matchKey(press(code, { altKey: !alt }))).toBeUndefined()
  })

  test('has no key twice, and never one that a browser uses destructively', () => {
    const presses = every.map(({ code, alt }) => `${alt ? 'Alt+' : ''}${code}`)
    expect(new Set(presses).size).toBe(presses.length)
    for (const taken of ['F5', 'F11', 'F12', 'Alt+F4']) expect(presses).not.toContain(taken)
  })

  test('ignores held keys, modifiers and keys of an input method', () => {
    for (const change of [
      { repeat: true },
      { isComposing: true },
      { ctrlKey: true },
      { altKey: true },
      { metaKey: true },
      { shiftKey: true },
    ]) {
      expect(matchKey(press('F10', change)), JSON.stringify(change)).toBeUndefined()
    }
  })

  test('keeps moving in a list while an arrow is held', () => {
    expect(matchKey(press('ArrowDown', { repeat: true }))).toBe('move')
  })

  test('takes AltGr, which comes as Ctrl and Alt, for typing', () => {
    expect(matchKey(press('Digit1', { altKey: true, ctrlKey: true }))).toBeUndefined()
  })

  test('keeps function keys and Alt with digits from the browser, and leaves it Enter, arrows and Escape', () => {
    expect(KEY_ACTIONS.filter((action) => !isReservedKey(action)).toSorted()).toEqual(['back', 'enter', 'move'])
  })
})
