import type { Random } from './random.ts'

/** Where the focus rests when the scan comes. */
export type Place = 'scanReady' | 'button' | 'dialogButton' | 'field' | 'textarea'

export interface ScanPlan {
  readonly code: string
  /** A whole e-voucher token, or something that must never be taken for one. */
  readonly isToken: boolean
  /** Nothing is wrong with the scan itself: from scan-ready it must be read at the first try. */
  readonly isClean: boolean
  readonly place: Place
  readonly capsLock: boolean
  /** An input method is on; it takes keys wherever text can be typed. */
  readonly ime: boolean
  /** It is behind, and brings text when the scan is over. */
  readonly isImeLate: boolean
  /** The gap before each key, in ms. */
  readonly gapsMs: readonly number[]
  readonly ends: 'Enter' | 'EnterTwice'
  /** Pause before the next scan, in ms. */
  readonly restMs: number
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789'
const DIGITS = '0123456789'

export function planScan(random: Random): ScanPlan {
  const { code, isToken, isClean } = anyCode(random)
  const gapMs = random.between(2, 40)
  // A busy PC holds one key back for a moment.
  const hiccupAt = random.chance(0.1) ? random.whole(5, Math.max(5, code.length - 1)) : -1
  const gapsMs = Array.from({ length: code.length + 1 }, (_, index) =>
    index === hiccupAt ? random.between(60, 180) : Math.min(MOST_MS, gapMs * random.between(0.6, 1.4)),
  )
  // One patient's code directly after another's.
  const restMs = random.chance(0.3) ? random.between(120, 200) : random.between(400, 3000)
  return {
    code,
    isToken,
    isClean: isClean && totalOf(gapsMs) < LONGEST_MS,
    place: random.pick(['scanReady', 'scanReady', 'scanReady', 'button', 'dialogButton', 'field', 'textarea']),
    capsLock: random.chance(0.2),
    // A command among the first keys, the others of which an input method took, cannot be told from a person's.
    ime: random.chance(0.3) && !hasEarlyCommand(code),
    isImeLate: random.chance(0.3) && restMs < 2500,
    gapsMs,
    ends: random.chance(0.2) ? 'EnterTwice' : 'Enter',
    restMs,
  }
}

function hasEarlyCommand(code: string): boolean {
  return [...code.slice(0, 5)].some((character) => character === '\u0017' || character === '\u0019')
}

/** With its jitter a scanner stays below a person's pace. */
const MOST_MS = 48
/** What the design promises to read: up to two seconds. */
const LONGEST_MS = 2000

function totalOf(gapsMs: readonly number[]): number {
  return gapsMs.reduce((sum, gap) => sum + gap, 0)
}

type Code = Pick<ScanPlan, 'code' | 'isToken' | 'isClean'>

function anyCode(random: Random): Code {
  const kind = random.next()
  if (kind < 0.5) return { code: aToken(random), isToken: true, isClean: true }
  if (kind < 0.75) return { code: anotherCode(random), isToken: false, isClean: true }
  if (kind < 0.88) return { code: truncated(random), isToken: false, isClean: true }
  return { code: hostile(random), isToken: false, isClean: false }
}

/** What patients and papers show at a window: tokens first of all. */
export function anyScannedCode(random: Random): string {
  return random.chance(0.6) ? aToken(random) : anotherCode(random)
}

export function aToken(random: Random): string {
  return `${random.text(DIGITS, 6)}ec${random.text(LOWER, 30)}`
}

function anotherCode(random: Random): string {
  return random.pick([
    `13${random.text(DIGITS, 16)}`,
    `28${random.text(DIGITS, 16)}`,
    `69${random.text(DIGITS, 11)}`,
    `https://pay.example/Q-${random.text(LOWER.toUpperCase(), 12)}?a=1&b=_%2f`,
    `AUTH${random.text(DIGITS, 27)}`,
    `MZ${random.text(DIGITS, 14)}`,
  ])
}

/** A token that lost its beginning, its end, or keys from its middle: one to thirty-four of them. */
function truncated(random: Random): string {
  const whole = aToken(random)
  const lost = random.chance(0.3) ? 8 : random.whole(1, 34)
  const from = random.pick([0, 38 - lost, random.whole(0, 38 - lost)])
  return whole.slice(0, from) + whole.slice(from + lost)
}

/** Control characters stand for their keys: \t Tab, \n Enter, \u0017 Ctrl+W, \u0019 F10. */
function hostile(random: Random): string {
  const middle = random.pick(['\t', '\n', '\u0017', '\u0019', ' ', '\n\n', '\t\n '])
  return random.pick([
    random.text(`${LOWER}A-:/`, 4096),
    `${random.text(LOWER, random.whole(1, 3))}${middle}${random.text(LOWER, 20)}`,
    `${random.text(LOWER, 12)}${middle}${random.text(LOWER, 12)}`,
    // A command as the very first key cannot be told from a person's.
    `${random.pick(['\n', ' ', '\n\n'])}${random.text(LOWER, 20)}`,
    aToken(random).replace('ec', '\u0017ec'),
    random.text(LOWER, 129),
  ])
}
