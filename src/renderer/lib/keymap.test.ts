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

describe('the keymap', () => {
  test.each(KEY_ACTIONS)('%s is matched by its physical key', (action) => {
    expect(matchKey(press(KEYMAP[action].code))).toBe(action)
  })

  test('has no key twice, and never one that a browser uses destructively', () => {
    const codes = KEY_ACTIONS.map((action) => KEYMAP[action].code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const taken of ['F5', 'F11', 'F12']) expect(codes).not.toContain(taken)
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

  test('takes the Enter of the numeric pad as Enter', () => {
    expect(matchKey(press('NumpadEnter'))).toBe('enter')
  })

  test('keeps function keys from the browser, and leaves it Enter and Escape', () => {
    expect(KEY_ACTIONS.filter(isReservedKey).sort()).toEqual(
      KEY_ACTIONS.filter((action) => action !== 'enter' && action !== 'back').sort(),
    )
  })
})
