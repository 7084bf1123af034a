import { describe, expect, test } from 'vitest'
import { createScanDecoder, type ScanKey, SILENCE_MS } from './scan-decoder.ts'
import { characterOf } from './scan-keys.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import { type ScannerProfile, USUAL_PROFILE } from './scan-profile.ts'

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'

/** A scanner or a person at the keyboard: types with a gap between the keys, and collects what the decoder says. */
function keyboard(profile: Partial<ScannerProfile> = {}) {
  const decoder = createScanDecoder({ ...USUAL_PROFILE, ...profile })
  const outcomes: ScanOutcome[] = []
  let atMs = 1000
  const press = (code: string, change: Partial<ScanKey> = {}) => {
    const key = { code, shift: false, modified: false, repeat: false, composed: false, atMs, ...change }
    const decision = decoder.key(key)
    if (decision.outcome !== undefined) outcomes.push(decision.outcome)
    return decision
  }
  return {
    outcomes,
    press,
    /** The window gets the focus, or loses it. */
    disturb: () => decoder.disturbed(atMs),
    wait(ms: number) {
      atMs += ms
      const outcome = decoder.silence(atMs)
      if (outcome !== undefined) outcomes.push(outcome)
    },
    type(text: string, gapMs = 12, change: Partial<ScanKey> = {}) {
      for (const character of text) {
        atMs += gapMs
        press(codeOf(character), { shift: /[A-Z:?]/.test(character), ...change })
      }
    },
    enter(gapMs = 12) {
      atMs += gapMs
      return press('Enter')
    },
  }
}

const SPECIAL: Record<string, string> = {
  ':': 'Semicolon',
  '/': 'Slash',
  '.': 'Period',
  '-': 'Minus',
  '?': 'Slash',
  ' ': 'Space',
}

function codeOf(character: string): string {
  if (/\d/.test(character)) return `Digit${character}`
  return SPECIAL[character] ?? `Key${character.toUpperCase()}`
}

describe('a burst', () => {
  test.each([2, 5, 20, 40, 50])('at %i ms a key is one exact scan, and its Enter is swallowed', (gapMs) => {
    const desk = keyboard()
    desk.type(TOKEN, gapMs)
    expect(desk.enter(gapMs).swallow).toBe(true)
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('keeps capitals, hyphens and punctuation by Shift', () => {
    const desk = keyboard()
    desk.type('https://A-1.cn?Q')
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: 'https://A-1.cn?Q' }])
  })

  test('is recognised in spite of one slow key, because the median counts', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 20))
    desk.type(TOKEN.slice(20, 21), 200)
    desk.type(TOKEN.slice(21))
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('of the same code within two seconds is one scan, later it is another', () => {
    const desk = keyboard()
    for (const pauseMs of [0, 800, 2500]) {
      desk.wait(pauseMs)
      desk.type(TOKEN)
      desk.enter()
    }
    expect(desk.outcomes.map((outcome) => outcome.kind)).toEqual(['scan', 'repeated', 'scan'])
  })

  test('that an input method took keys from is incomplete, never a token', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 10), 12, { composed: true })
    desk.type(TOKEN.slice(10))
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('without its Enter is incomplete after silence', () => {
    const desk = keyboard()
    desk.type(TOKEN)
    desk.wait(SILENCE_MS)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('of 4 kB is incomplete, and the next one is read', () => {
    const desk = keyboard()
    desk.type('a1'.repeat(2048), 2)
    desk.enter()
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'scan', text: TOKEN }])
  })

  test('with Ctrl+W or F10 in it has no effect: the key is swallowed and the scan is not used', () => {
    const desk = keyboard()
    desk.type('abcdef')
    expect(desk.press('KeyW', { modified: true }).swallow).toBe(true)
    expect(desk.press('F10').swallow).toBe(true)
    desk.type('ghi')
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('with a space in it presses no button', () => {
    const desk = keyboard()
    desk.type('abcdef')
    expect(desk.press('Space').swallow).toBe(true)
  })
})

describe('what must not reach the page', () => {
  test('a second Enter at the same pace, as of a scanner that ends with carriage return and line feed', () => {
    const desk = keyboard()
    desk.type(TOKEN)
    desk.enter()
    expect(desk.enter().swallow).toBe(true)
    expect(desk.press('KeyJ', { modified: true }).swallow).toBe(true)
    desk.wait(400)
    // Control: by hand, afterwards.
    expect(desk.enter().swallow).toBe(false)
  })

  test('Enter and Tab inside a code, however early they come', () => {
    const desk = keyboard()
    desk.type('a', 8)
    expect(desk.enter(8).swallow).toBe(true)
    desk.wait(1000)
    desk.type('ab', 8)
    expect(desk.press('Tab').swallow).toBe(true)
    desk.type('cdef', 8)
    desk.enter(8)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'incomplete' }])
  })
})

describe('a scan that went elsewhere in part', () => {
  test('because the window got the focus while it ran is incomplete', () => {
    const desk = keyboard()
    desk.disturb()
    desk.type(TOKEN)
    desk.enter()
    desk.type(TOKEN)
    desk.disturb()
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'incomplete' }])
  })

  test('control: one that begins later is read', () => {
    const desk = keyboard()
    desk.disturb()
    desk.wait(300)
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })
})

describe('typing', () => {
  test('at 90 ms a key is not a scan, and Enter stays Enter', () => {
    const desk = keyboard()
    desk.type('zhouzhixing', 90)
    expect(desk.enter(90).swallow).toBe(false)
    desk.wait(SILENCE_MS)
    expect(desk.outcomes).toEqual([])
  })

  test('a held key is not a burst', () => {
    const desk = keyboard()
    desk.press('KeyA')
    for (let count = 0; count < 40; count++) {
      desk.wait(30)
      desk.press('KeyA', { repeat: true })
    }
    expect(desk.enter(30).swallow).toBe(false)
    expect(desk.outcomes).toEqual([])
  })

  test('function keys and shortcuts pass when no burst is under way', () => {
    const desk = keyboard()
    expect(desk.press('F10').swallow).toBe(false)
    expect(desk.press('KeyC', { modified: true }).swallow).toBe(false)
  })

  test('before a scan does not become part of it', () => {
    const desk = keyboard()
    desk.type('zhou', 90)
    desk.wait(SILENCE_MS + 50)
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })
})

describe('the profile', () => {
  test('takes the prefix off, and a burst without it is incomplete', () => {
    const desk = keyboard({ prefix: 'zz' })
    desk.type(`zz${TOKEN}`)
    desk.enter()
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }, { kind: 'incomplete' }])
  })

  test('with Tab as suffix ends there', () => {
    const desk = keyboard({ suffix: 'Tab' })
    desk.type(TOKEN)
    expect(desk.press('Tab').swallow).toBe(true)
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('turns the letters of a scanner that swaps them', () => {
    const desk = keyboard({ letterCase: 'swapped' })
    desk.type(TOKEN.toUpperCase())
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('with a slower pace takes a slow scanner', () => {
    const slow = keyboard({ fastGapMs: 70 })
    slow.type(TOKEN, 65)
    slow.enter(65)
    expect(slow.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
    // Control: at the usual pace these are a person's keys.
    const usual = keyboard()
    usual.type(TOKEN, 65)
    usual.enter(65)
    expect(usual.outcomes).toEqual([])
  })

  test('without suffix ends by silence', () => {
    const desk = keyboard({ suffix: '' })
    desk.type(TOKEN)
    desk.wait(SILENCE_MS)
    expect(desk.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })
})

test('a character comes from the physical key and Shift alone', () => {
  expect(characterOf('KeyA', false)).toBe('a')
  expect(characterOf('KeyA', true)).toBe('A')
  expect(characterOf('Digit2', true)).toBe('@')
  expect(characterOf('Numpad7', false)).toBe('7')
  expect(characterOf('Minus', true)).toBe('_')
  for (const code of ['F1', 'Enter', 'ShiftLeft', 'toString', '']) expect(characterOf(code, false)).toBeUndefined()
})

describe('a late Enter of a slow PC', () => {
  test('within the silence still ends the burst, and is swallowed', () => {
    const keys = keyboard()
    keys.type(TOKEN)
    expect(keys.enter(SILENCE_MS - 50).swallow).toBe(true)
    expect(keys.outcomes).toEqual([{ kind: 'scan', text: TOKEN }])
  })

  test('after it, with nobody asked meanwhile, is swallowed and the desk asks to scan again', () => {
    const keys = keyboard()
    keys.type(TOKEN)
    expect(keys.enter(SILENCE_MS + 100).swallow).toBe(true)
    expect(keys.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('control: an Enter by hand after the silence was told reaches the page', () => {
    const keys = keyboard()
    keys.type(TOKEN)
    keys.wait(SILENCE_MS + 1)
    expect(keys.enter(400).swallow).toBe(false)
  })
})

describe('behind an input method that is seconds late', () => {
  test('a key struck before the end of a scan and handed on after it begins nothing', () => {
    const desk = keyboard()
    desk.type('990101e', 12, { composed: true })
    desk.enter()
    const struckMs = 1000 + 3 * 12
    expect(desk.press('Digit7', { atMs: struckMs }).swallow).toBe(true)
    desk.wait(400)
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'scan', text: TOKEN }])
  })

  test('the rest of a scan that was given up in its middle is no scan of its own, and types nothing', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 8))
    desk.wait(SILENCE_MS + 1)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
    expect(desk.press('KeyP', { atMs: 1000 + 9 * 12 }).swallow).toBe(true)
    desk.type(TOKEN.slice(9), 30)
    expect(desk.enter(30).swallow).toBe(true)
    desk.wait(SILENCE_MS + 1)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('control: a scan that begins later is read', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 8))
    desk.wait(SILENCE_MS + 1)
    desk.wait(300)
    desk.type(TOKEN)
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }, { kind: 'scan', text: TOKEN }])
  })

  test('keys that come in another order than they were struck make no code', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 20))
    desk.press(codeOf(TOKEN[20] ?? ''), { atMs: 1000 + 15 * 12 })
    desk.type(TOKEN.slice(21))
    desk.enter()
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('a scan that begins at a scanner’s pace stays one, and is not used, when the rest comes slowly', () => {
    const desk = keyboard()
    desk.type(TOKEN.slice(0, 6))
    desk.type(TOKEN.slice(6, 24), 90, { composed: true })
    expect(desk.enter(90).swallow).toBe(true)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('a short code of which keys were kept back is known by the Enter that follows at once', () => {
    const desk = keyboard()
    desk.type('y1l', 80, { composed: true })
    expect(desk.enter(60).swallow).toBe(true)
    expect(desk.outcomes).toEqual([{ kind: 'incomplete' }])
  })

  test('control: a word in pinyin whose Enter comes at a person’s pace is typing, and so is one without pinyin', () => {
    const desk = keyboard()
    desk.type('wang', 80, { composed: true })
    expect(desk.enter(120).swallow).toBe(false)
    desk.wait(500)
    desk.type('wang', 80)
    expect(desk.enter(60).swallow).toBe(false)
    expect(desk.outcomes).toEqual([])
  })

  test('control: six keys as quick as a person’s quickest are typing', () => {
    const desk = keyboard()
    desk.type('zhifuj', 45, { composed: true })
    desk.type('ieguochaxun', 120, { composed: true })
    expect(desk.enter(120).swallow).toBe(false)
    expect(desk.outcomes).toEqual([])
  })
})
