import type { Page } from 'playwright-core'

/** The punctuation that a scanner types with Shift on a US keyboard. */
const SHIFTED: Readonly<Record<string, string>> = { ':': ';', '?': '/', '&': '7', _: '-', '%': '5', '<': ',', '>': '.' }

/** A keyboard-wedge scanner: one key every few milliseconds into whatever has focus, then Enter. */
export async function scan(page: Page, code: string, gapMs = 6): Promise<void> {
  for (const character of code) {
    await page.keyboard.press(keyFor(character))
    if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs))
  }
  await page.keyboard.press('Enter')
}

/** The same under Caps Lock: letters arrive in the other case, while the physical keys and Shift stay as they were. */
export async function scanUnderCapsLock(page: Page, code: string): Promise<void> {
  // Playwright types a capital letter without Shift, which is just what Caps Lock does.
  await page.keyboard.type(code.toUpperCase(), { delay: 6 })
  await page.keyboard.press('Enter')
}

/** Letters and digits as fast as the browser takes them: thousands of keys, none of which waits for the one before. */
export async function scanAtOnce(page: Page, code: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const keys = [...code].flatMap((key) => {
    const physical = { key, text: key, code: /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}` }
    return [
      devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...physical }),
      devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...physical }),
    ]
  })
  await Promise.all(keys)
  await page.keyboard.press('Enter')
}

function keyFor(character: string): string {
  const plain = SHIFTED[character]
  if (plain !== undefined) return `Shift+${plain}`
  return /[A-Z]/.test(character) ? `Shift+${character.toLowerCase()}` : character
}
