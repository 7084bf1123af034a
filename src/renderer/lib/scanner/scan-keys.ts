/** What a key of a US keyboard types, by `event.code`: plain and with Shift. A scanner in wedge mode is such a keyboard. */
const PUNCTUATION: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Backquote: ['`', '~'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  NumpadDecimal: ['.', '.'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
}

const SHIFTED_DIGITS = ')!@#$%^&*('

/**
 * The character of one key, never from `event.key`: an input method replaces that, and Caps Lock flips it.
 * `undefined` for a key that types nothing.
 */
export function characterOf(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return shift ? SHIFTED_DIGITS[Number(digit)] : digit
  const numpad = /^Numpad(\d)$/.exec(code)?.[1]
  if (numpad !== undefined) return numpad
  return Object.hasOwn(PUNCTUATION, code) ? PUNCTUATION[code]?.[shift ? 1 : 0] : undefined
}

/** Shift and its like, which type nothing by themselves: neither a scanner's nor a person's next key. */
export function isModifierKey(code: string): boolean {
  return /^(Shift|Control|Alt|Meta)(Left|Right)$|^CapsLock$|^NumLock$/.test(code)
}
