import { createScanDecoder, type ScannerProfile, type ScanOutcome, SILENCE_MS } from './scan-decoder.ts'

type TextField = HTMLInputElement | HTMLTextAreaElement

interface LeakGuard {
  readonly field: TextField
  readonly value: string
  readonly from: number
  readonly to: number
}

/**
 * Listens on the document in the capture phase, before every other handler. When a field had focus, what leaked into it
 * is taken back and the field is left; unless every character arrived there exactly, the scan counts as incomplete.
 */
export function attachScanner(profile: ScannerProfile, onOutcome: (outcome: ScanOutcome) => void): () => void {
  const decoder = createScanDecoder(profile)
  let guard: LeakGuard | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined

  const tell = (outcome: ScanOutcome) => {
    const whole = guard === undefined || outcome.kind !== 'scan' || arrivedWhole(guard, profile.prefix + outcome.text)
    if (guard !== undefined) takeBack(guard)
    guard = undefined
    onOutcome(whole ? outcome : { kind: 'incomplete' })
  }
  const onSilence = () => {
    const outcome = decoder.silence(performance.now())
    if (outcome !== undefined) tell(outcome)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const decision = decoder.key({
      code: event.code,
      shift: event.shiftKey,
      modified: event.ctrlKey || event.altKey || event.metaKey,
      repeat: event.repeat,
      // 229 is how an input method marks a key that it took; isComposing alone misses the first one.
      composed: event.isComposing || event.keyCode === 229,
      atMs: performance.now(),
    })
    if (decision.started) guard = guardOf(event.target)
    if (decision.swallow) {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(onSilence, SILENCE_MS + 10)
    if (decision.outcome !== undefined) tell(decision.outcome)
  }

  document.addEventListener('keydown', onKeyDown, { capture: true })
  return () => {
    clearTimeout(silenceTimer)
    document.removeEventListener('keydown', onKeyDown, { capture: true })
  }
}

/** Whether a person could be typing there. */
export function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type)
}

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file', 'image'])

function guardOf(target: EventTarget | null): LeakGuard | undefined {
  if (!isTextField(target)) return undefined
  const end = target.value.length
  return { field: target, value: target.value, from: target.selectionStart ?? end, to: target.selectionEnd ?? end }
}

function arrivedWhole(guard: LeakGuard, text: string): boolean {
  return guard.field.value === guard.value.slice(0, guard.from) + text + guard.value.slice(guard.to)
}

/** Leaving the field first ends an input method's composition; what it commits while leaving is taken back as well. */
function takeBack(guard: LeakGuard): void {
  guard.field.blur()
  restore(guard)
  setTimeout(() => restore(guard), 0)
}

function restore({ field, value }: LeakGuard): void {
  if (field.value === value) return
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  // React listens for input events and overrides the element's own setter; the prototype's one is the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
