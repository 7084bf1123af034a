import { characterOf } from './scan-keys.ts'

/** One keydown as the decoder needs it. */
export interface ScanKey {
  readonly code: string
  readonly shift: boolean
  /** Ctrl, Alt or Meta is held: no scanner types a code that way. */
  readonly modified: boolean
  readonly repeat: boolean
  /** An input method took the key: characters are being lost. */
  readonly composed: boolean
  readonly atMs: number
}

export type ScanOutcome =
  | { readonly kind: 'scan'; readonly text: string }
  /** A burst that lost keys, ran too long or missed its prefix or suffix: never used, the desk asks to scan again. */
  | { readonly kind: 'incomplete' }
  /** The code that was just read. */
  | { readonly kind: 'repeated' }

export interface ScanDecision {
  /** The key must reach nobody else. */
  readonly swallow: boolean
  /** This key may be the first of a burst. */
  readonly started?: boolean
  readonly outcome?: ScanOutcome
}

export interface ScannerProfile {
  readonly prefix: string
  readonly suffix: 'Enter' | 'Tab' | ''
}

/** A scanner sends a key every 5–20 ms, through a slow PC up to 50; the fastest typist needs about 80. */
const FAST_GAP_MS = 50
/** Silence that ends a burst. One late key of a busy PC stays below it. */
export const SILENCE_MS = 300
const SHORTEST = 4
const LONGEST = 128
const LONGEST_MS = 2000
const SAME_CODE_WITHIN_MS = 2000
const PASS: ScanDecision = { swallow: false }
const SWALLOW: ScanDecision = { swallow: true }

interface Burst {
  text: string
  gaps: number[]
  startedAtMs: number
  lastAtMs: number
  spoiled: boolean
}

/**
 * Tells a scanner's burst from typing by length and median gap, not by the sum: 38 characters take 200–760 ms. Pure but
 * for its own memory; time comes with the keys. `silence` is to be asked when no key came for SILENCE_MS.
 */
export function createScanDecoder(profile: ScannerProfile) {
  let burst: Burst | undefined
  let last: { text: string; atMs: number } | undefined

  const conclude = (ended: Burst, atMs: number): ScanOutcome => {
    if (ended.spoiled || !ended.text.startsWith(profile.prefix)) return { kind: 'incomplete' }
    const text = ended.text.slice(profile.prefix.length)
    const repeated = last !== undefined && last.text === text && atMs - last.atMs < SAME_CODE_WITHIN_MS
    last = { text, atMs }
    return repeated ? { kind: 'repeated' } : { kind: 'scan', text }
  }

  const end = (key: ScanKey): ScanDecision => {
    const ended = burst
    burst = undefined
    if (ended === undefined || !isBurst(ended)) return PASS
    return { swallow: true, outcome: conclude(ended, key.atMs) }
  }

  const interrupt = (key: ScanKey): ScanDecision => {
    if (burst === undefined || !isBurst(burst)) {
      burst = undefined
      return PASS
    }
    burst.spoiled = true
    burst.lastAtMs = key.atMs
    return SWALLOW
  }

  /** Ends a burst that no suffix ended. With no suffix in the profile that is its regular end. */
  const silence = (atMs: number): ScanOutcome | undefined => {
    const ended = burst
    if (ended === undefined || atMs - ended.lastAtMs < SILENCE_MS) return undefined
    burst = undefined
    if (!isBurst(ended)) return undefined
    return profile.suffix === '' ? conclude(ended, atMs) : { kind: 'incomplete' }
  }

  const decide = (key: ScanKey): ScanDecision => {
    if (isSuffix(profile, key)) return end(key)
    const character = key.modified ? undefined : characterOf(key.code, key.shift)
    if (character === undefined) return interrupt(key)
    if (burst === undefined) {
      burst = startBurst(character, key)
      return { swallow: false, started: true }
    }
    append(burst, character, key)
    // A space inside a burst would press the button that has focus.
    return { swallow: isBurst(burst) && character === ' ' }
  }

  return {
    key(key: ScanKey): ScanDecision {
      if (key.repeat || MODIFIER_KEYS.test(key.code)) return PASS
      // On a busy PC this key may come before anybody asked about the silence: the burst is told of all the same, and
      // an Enter that comes so late is still the scanner's.
      const late = silence(key.atMs)
      if (late === undefined) return decide(key)
      const rest = isSuffix(profile, key) ? SWALLOW : decide(key)
      return { ...rest, outcome: late }
    },
    silence,
  }
}

export type ScanDecoder = ReturnType<typeof createScanDecoder>

const MODIFIER_KEYS = /^(Shift|Control|Alt|Meta)(Left|Right)$|^CapsLock$|^NumLock$/

function isSuffix(profile: ScannerProfile, key: ScanKey): boolean {
  // Enter ends a burst whatever the profile says: it must never press a button.
  if (key.code === 'Enter' || key.code === 'NumpadEnter') return true
  return key.code === 'Tab' && profile.suffix === 'Tab'
}

function startBurst(character: string, key: ScanKey): Burst {
  return { text: character, gaps: [], startedAtMs: key.atMs, lastAtMs: key.atMs, spoiled: key.composed }
}

function append(burst: Burst, character: string, key: ScanKey): void {
  burst.gaps.push(key.atMs - burst.lastAtMs)
  burst.lastAtMs = key.atMs
  const tooMuch = burst.text.length >= LONGEST || key.atMs - burst.startedAtMs > LONGEST_MS
  if (tooMuch || key.composed) burst.spoiled = true
  // Memory stays small however long a hostile code is; the gaps of the first characters are enough for the median.
  if (tooMuch) burst.gaps.length = Math.min(burst.gaps.length, LONGEST)
  else burst.text += character
}

function isBurst(burst: Burst): boolean {
  return burst.text.length >= SHORTEST && median(burst.gaps) <= FAST_GAP_MS
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
}
