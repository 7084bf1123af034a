import type { ScanClock } from './scan-clock.ts'
import { isModifierKey } from './scan-keys.ts'
import { guardOf, isTextField, type LeakGuard, restore } from './text-leak.ts'

/** What an input method wrote so shortly before the first key of a scan is the scan's: its first keys were kept back, in ms. */
const JUST_BEFORE_MS = 250
/** So long after its last word an input method that took keys of a scan may still bring more, in ms. */
const QUIET_MS = 3000

/**
 * Text that an input method writes without a key that the page is told of. Of a scan it keeps the first keys back, or,
 * seconds behind on a busy PC, it brings what it made of the last ones into whatever field has the focus by then. The
 * one is counted to the scan; the other is nobody's, until a person's key in a field: the field stays as it is, and
 * React never hears of it.
 */
export function createUnkeyedText(clock: Pick<ScanClock, 'now'>) {
  let watchedUntilMs = Number.NEGATIVE_INFINITY
  let before: LeakGuard | undefined
  /** The field before the first text since the last key. */
  let first: { readonly guard: LeakGuard; readonly atMs: number } | undefined

  const isWatched = () => clock.now() < watchedUntilMs
  // A composition's first text is announced twice; each time the field still holds what it held before.
  const remember = ({ target }: Event) => {
    before = guardOf(target)
    if (first === undefined && before !== undefined) first = { guard: before, atMs: clock.now() }
  }
  const takeBackLate = (event: Event) => {
    if (!isWatched() || !isTyped(event) || before?.field !== event.target) return
    event.stopImmediatePropagation()
    restore(before)
    watchedUntilMs = clock.now() + QUIET_MS
  }
  document.addEventListener('compositionstart', remember, { capture: true })
  document.addEventListener('beforeinput', remember, { capture: true })
  document.addEventListener('input', takeBackLate, { capture: true })
  return {
    /** The field as it was before a scan whose first key was struck then; it may be handed on much later. */
    guardBefore(target: EventTarget | null, struckAtMs: number): LeakGuard | undefined {
      const isScans = first?.guard.field === target && struckAtMs - first.atMs < JUST_BEFORE_MS
      return isScans ? first?.guard : guardOf(target)
    },
    /** Every key. An input method brings its text in order: what comes after a person's key in a field is that person's. */
    key({ code, target }: KeyboardEvent, isScans: boolean): void {
      // An input method that keeps a letter back lets the Shift of the next one through.
      if (isModifierKey(code)) return
      first = undefined
      if (!isScans && isTextField(target)) watchedUntilMs = Number.NEGATIVE_INFINITY
    },
    /** A scan that leaked into a field is over. */
    watch(): void {
      watchedUntilMs = clock.now() + QUIET_MS
    },
    stop(): void {
      document.removeEventListener('compositionstart', remember, { capture: true })
      document.removeEventListener('beforeinput', remember, { capture: true })
      document.removeEventListener('input', takeBackLate, { capture: true })
    },
  }
}

function isTyped(event: Event): boolean {
  return event instanceof InputEvent && /^insert(Text|CompositionText|FromComposition)$/.test(event.inputType)
}
