import { createPressGuard } from './press-guard.ts'
import { REAL_TIME, type ScanClock } from './scan-clock.ts'
import { createScanDecoder, SILENCE_MS } from './scan-decoder.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import type { ScannerProfile } from './scan-profile.ts'
import { isWhole, type LeakGuard, takeBack } from './text-leak.ts'
import { createUnkeyedText } from './unkeyed-text.ts'

/**
 * Listens on the document in the capture phase, before every other handler. When a field had focus, what leaked into it
 * is taken back and the field is left; unless every character arrived there exactly, the scan counts as incomplete.
 */
export function attachScanner(
  profile: ScannerProfile,
  onOutcome: (outcome: ScanOutcome) => void,
  clock: ScanClock = REAL_TIME,
): () => void {
  const decoder = createScanDecoder(profile)
  const presses = createPressGuard(clock)
  const unkeyed = createUnkeyedText(clock)
  let guard: LeakGuard | undefined
  let endSilence: () => void = () => undefined

  const tell = (outcome: ScanOutcome) => {
    const whole = guard === undefined || outcome.kind === 'incomplete' || isWhole(guard, profile.prefix + outcome.text)
    if (guard !== undefined) {
      takeBack(guard)
      unkeyed.watch()
    }
    guard = undefined
    onOutcome(whole ? outcome : { kind: 'incomplete' })
  }
  const askSilence = () => {
    const outcome = decoder.silence(clock.now())
    if (outcome !== undefined) tell(outcome)
  }
  const watchSilence = () => {
    endSilence()
    // Asked a moment later than it is over: on a busy page the keys that wait come first.
    endSilence = clock.later(() => (endSilence = clock.later(askSilence, 0)), SILENCE_MS + 10)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (presses.isReplay(event)) return
    const decision = decoder.key({
      code: event.code,
      shift: event.shiftKey,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      repeat: event.repeat,
      // 229 is how an input method marks a key that it took; isComposing alone misses the first one.
      composed: event.isComposing || event.keyCode === 229,
      atMs: clock.stampOf(event),
    })
    // What ended by silence leaked before this key did.
    if (decision.outcome !== undefined) tell(decision.outcome)
    if (decision.started) guard = unkeyed.guardBefore(event.target, clock.stampOf(event))
    unkeyed.key(event, decision.swallow)
    if (decision.swallow) presses.forget()
    if (decision.swallow || presses.holds(event)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    watchSilence()
  }
  const onFocusChange = () => decoder.disturbed(clock.now())

  document.addEventListener('keydown', onKeyDown, { capture: true })
  window.addEventListener('focus', onFocusChange)
  window.addEventListener('blur', onFocusChange)
  return () => {
    endSilence()
    presses.forget()
    unkeyed.stop()
    document.removeEventListener('keydown', onKeyDown, { capture: true })
    window.removeEventListener('focus', onFocusChange)
    window.removeEventListener('blur', onFocusChange)
  }
}
