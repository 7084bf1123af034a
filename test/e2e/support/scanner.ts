import type { Page } from 'playwright-core'

/** The punctuation that a scanner types with Shift on a US keyboard. */
const SHIFTED: Readonly<Record<string, string>> = { ':': ';', '?': '/', '&': '7', _: '-', '%': '5', '<': ',', '>': '.' }

/** A keyboard-wedge scanner: its keys come one after the other, none waits for this machine, then Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await handMoves(page)
  const devtools = await page.context().newCDPSession(page)
  const keys = [...[...code].map(keyOf), ENTER]
  const sent = keys.flatMap((key) => [
    devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
    devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ])
  await Promise.all(sent)
  await devtools.detach()
}

/** The same under Caps Lock: letters arrive in the other case, while the physical keys and Shift stay as they were. */
export async function scanUnderCapsLock(page: Page, code: string): Promise<void> {
  await handMoves(page)
  const devtools = await page.context().newCDPSession(page)
  const keys = [...code].map((character) => {
    const flipped = character.toUpperCase()
    return { ...keyOf(character), key: flipped, text: flipped }
  })
  const sent = [...keys, ENTER].map((key) => devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }))
  await Promise.all(sent)
  await devtools.detach()
}

/**
 * A hand needs longer than this from a key to the scanner, and back. What follows Enter within 150 ms is taken for the
 * rest of a code that began with it, and an Enter just after a scan's for the scan's own (scan-decoder.ts, GOES_ON_MS,
 * TAIL_MS); a test's hand would be that quick.
 */
export function handMoves(page: Page): Promise<void> {
  return page.waitForTimeout(250)
}

const PLAIN: Readonly<Record<string, string>> = {
  ';': 'Semicolon',
  '/': 'Slash',
  '7': 'Digit7',
  '-': 'Minus',
  '5': 'Digit5',
  ',': 'Comma',
  '.': 'Period',
  '=': 'Equal',
  ' ': 'Space',
}
const SHIFT = 8
const ENTER = { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }

/** The key of a US keyboard that types a character, as the devtools protocol wants it. */
function keyOf(character: string) {
  const isShifted = SHIFTED[character] !== undefined || /[A-Z]/.test(character)
  const plain = SHIFTED[character] ?? character
  const upper = plain.toUpperCase()
  const code = PLAIN[plain] ?? (/\d/.test(plain) ? `Digit${plain}` : `Key${upper}`)
  const common = { key: character, text: character, code, windowsVirtualKeyCode: upper.charCodeAt(0) }
  return isShifted ? { ...common, modifiers: SHIFT } : common
}
