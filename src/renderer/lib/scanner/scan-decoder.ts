import { characterOf, isModifierKey } from './scan-keys.ts'
import { createSameCodeGuard, type ScanOutcome } from './scan-outcome.ts'
import type { ScannerProfile } from './scan-profile.ts'

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

export interface ScanDecision {
  /** The key must reach nobody else. */
  readonly swallow: boolean
  /** This key may be the first of a burst. */
  readonly started?: boolean
  readonly outcome?: ScanOutcome
}

/** Silence that ends a burst. One late key of a busy PC stays below it. */
export const SILENCE_MS = 300
const SHORTEST = 4
const LONGEST = 128
const LONGEST_MS = 2000
/** A character and Enter so close to each other are a scanner's; a person's two fingers may be almost as quick. */
const ROLL_MS = 25
/** A character so soon after Enter or Tab goes on with what they belong to, be it the middle of a code. */
const GOES_ON_MS = 150
/** A second Enter of the same scan (carriage return and line feed) follows the first within this. */
const TAIL_MS = 50
/** A scan that begins so soon after the window got the focus began before it. */
const BLIND_MS = 150
/** So many characters at half a scanner's slowest pace are no person's. */
const SURE_LENGTH = 6
/** After a scan that no suffix ended, keys struck within this, and all that follow them at a scanner's pace, are the rest of it. */
const REST_MS = 600
const PASS: ScanDecision = { swallow: false }
const SWALLOW: ScanDecision = { swallow: true }

interface Burst {
  text: string
  gaps: number[]
  startedAtMs: number
  lastAtMs: number
  spoiled: boolean
  /** An input method took keys of it. */
  composed: boolean
  /** So quick at its beginning that it is a scanner's, however slow an input method makes the rest of it. */
  sure: boolean
}

/**
 * Tells a scanner's burst from typing by length and median gap, not by the sum: 38 characters take 200–1500 ms. Pure
 * but for its own memory; time comes with the keys, in ms. `silence` is to be asked when no key came for SILENCE_MS.
 */
export function createScanDecoder(profile: ScannerProfile) {
  const withoutRepeats = createSameCodeGuard()
  const longestMs = Math.max(LONGEST_MS, profile.fastGapMs * 40)
  let burst: Burst | undefined
  let tailUntilMs = Number.NEGATIVE_INFINITY
  let blindUntilMs = Number.NEGATIVE_INFINITY
  /** What looked like typing and was let through may turn out to be the first part of a code. */
  let goingOn = { untilMs: Number.NEGATIVE_INFINITY, spoiled: false }
  /** Keys struck before this belong to a scan that is over; an input method hands them on late. */
  let restUntilMs = Number.NEGATIVE_INFINITY

  const isFast = ({ gaps }: Burst) => median(gaps) <= profile.fastGapMs
  const isBurst = (keys: Burst) => keys.sure || (keys.text.length >= SHORTEST && isFast(keys))

  /** Where an input method keeps keys back the gaps grow; but no person follows the letters of a word by Enter so soon. */
  const isComposedBurst = ({ composed, text, gaps }: Burst, endGapMs: number) =>
    composed && text.length > 1 && median(gaps) <= profile.fastGapMs * 2 && endGapMs <= profile.fastGapMs * 1.5

  const conclude = (ended: Burst, atMs: number): ScanOutcome => {
    if (ended.spoiled || !isFast(ended) || !ended.text.startsWith(profile.prefix)) return { kind: 'incomplete' }
    return withoutRepeats(ended.text.slice(profile.prefix.length), atMs)
  }

  /** What ends a scan a second time is still the scan's; the desk's own keys are a person's, who may be quick. */
  const tail = (key: ScanKey): ScanDecision => {
    if (key.atMs > tailUntilMs || !(key.modified || /^(Enter|NumpadEnter|Tab)$/.test(key.code))) return PASS
    tailUntilMs = key.atMs + TAIL_MS
    return SWALLOW
  }

  const letThrough = (before: Burst, key: ScanKey): ScanDecision => {
    if (key.atMs - before.lastAtMs <= GOES_ON_MS) goingOn = { untilMs: key.atMs + GOES_ON_MS, spoiled: true }
    return PASS
  }

  /** Enter with nothing before it: a person's, or the first key of a code. */
  const alone = (key: ScanKey): ScanDecision => {
    const decision = tail(key)
    if (decision.swallow) return decision
    const goesOn = key.atMs <= goingOn.untilMs
    goingOn = { untilMs: key.atMs + GOES_ON_MS, spoiled: goesOn && goingOn.spoiled }
    return { swallow: false, started: !goesOn }
  }

  const end = (key: ScanKey): ScanDecision => {
    const ended = burst
    burst = undefined
    if (ended === undefined) return alone(key)
    const endGapMs = key.atMs - ended.lastAtMs
    const gapsMs = [...ended.gaps, endGapMs]
    const isQuick = isPaced(gapsMs, gapsMs.length === 1 ? ROLL_MS : profile.fastGapMs)
    if (!isBurst(ended) && !isQuick && !isComposedBurst(ended, endGapMs)) return letThrough(ended, key)
    tailUntilMs = key.atMs + TAIL_MS
    restUntilMs = key.atMs
    // Too short for any code, and too fast for a person: what leaked of it is taken back.
    return { swallow: true, outcome: isBurst(ended) ? conclude(ended, key.atMs) : { kind: 'incomplete' } }
  }

  const interrupt = (key: ScanKey): ScanDecision => {
    if (burst === undefined) return tail(key)
    if (isBurst(burst) || isPaced([...burst.gaps, key.atMs - burst.lastAtMs], profile.fastGapMs)) {
      burst.spoiled = true
      burst.lastAtMs = key.atMs
      return SWALLOW
    }
    const left = burst
    burst = undefined
    return letThrough(left, key)
  }

  const append = (open: Burst, character: string, key: ScanKey) => {
    const tooMuch = open.text.length >= LONGEST || key.atMs - open.startedAtMs > longestMs
    const gapMs = key.atMs - open.lastAtMs
    // Memory stays small however long a hostile code is; the gaps of the first characters are enough for the median.
    if (open.gaps.length < LONGEST) open.gaps.push(Math.max(0, gapMs))
    open.lastAtMs = Math.max(open.lastAtMs, key.atMs)
    // Keys that an input method gives back late come in another order than they were struck.
    if (key.composed) open.composed = true
    if (tooMuch || open.composed || gapMs < 0) open.spoiled = true
    if (!tooMuch) open.text += character
    open.sure ||= open.text.length >= SURE_LENGTH && median(open.gaps) <= profile.fastGapMs / 2
  }

  /** Ends a burst that no suffix ended. With no suffix in the profile that is its regular end. */
  const silence = (atMs: number): ScanOutcome | undefined => {
    const ended = burst
    if (ended === undefined || atMs - ended.lastAtMs < SILENCE_MS) return undefined
    burst = undefined
    if (!isBurst(ended)) return undefined
    if (profile.suffix === '') return conclude(ended, atMs)
    restUntilMs = ended.lastAtMs + REST_MS
    return { kind: 'incomplete' }
  }

  /** The rest of a scan that is over types nothing and begins no other. */
  const isRest = (key: ScanKey): boolean => {
    const isEnd = isSuffix(profile, key)
    if (key.atMs >= restUntilMs || (!isEnd && characterOf(key.code, key.shift) === undefined)) return false
    restUntilMs = isEnd ? key.atMs : Math.max(restUntilMs, key.atMs + GOES_ON_MS)
    return true
  }

  const decide = (key: ScanKey): ScanDecision => {
    if (isRest(key)) return SWALLOW
    if (isSuffix(profile, key)) return end(key)
    const isShifted = key.shift !== (profile.letterCase === 'swapped' && key.code.startsWith('Key'))
    const character = key.modified ? undefined : characterOf(key.code, isShifted)
    if (character === undefined) return interrupt(key)
    if (burst === undefined) {
      const { atMs, composed } = key
      const goesOn = atMs <= goingOn.untilMs
      const spoiled = composed || atMs < blindUntilMs || (goesOn && goingOn.spoiled)
      burst = { text: character, gaps: [], startedAtMs: atMs, lastAtMs: atMs, spoiled, composed, sure: false }
      return { swallow: false, started: !goesOn }
    }
    append(burst, character, key)
    // A space inside a burst would press the button that has focus.
    return { swallow: character === ' ' && (isPaced(burst.gaps, ROLL_MS) || isBurst(burst)) }
  }

  return {
    key(key: ScanKey): ScanDecision {
      if (key.repeat || isModifierKey(key.code)) return PASS
      // On a busy PC this key may come before anybody asked about the silence: the burst is told of all the same, and
      // an Enter that comes so late is still the scanner's.
      const late = silence(key.atMs)
      if (late === undefined) return decide(key)
      const rest = isSuffix(profile, key) ? SWALLOW : decide(key)
      return { ...rest, outcome: late }
    },
    silence,
    /** The window has just got the focus, or lost it: what is being scanned may have gone elsewhere in part. */
    disturbed(atMs: number): void {
      blindUntilMs = atMs + BLIND_MS
      if (burst !== undefined) burst.spoiled = true
    },
  }
}

export type ScanDecoder = ReturnType<typeof createScanDecoder>

function isSuffix(profile: ScannerProfile, key: ScanKey): boolean {
  if (key.modified) return false
  // Enter ends a burst whatever the profile says: it must never press a button.
  if (key.code === 'Enter' || key.code === 'NumpadEnter') return true
  return key.code === 'Tab' && profile.suffix === 'Tab'
}

function isPaced(gapsMs: readonly number[], mostMs: number): boolean {
  return gapsMs.every((gapMs) => gapMs <= mostMs)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY
}
