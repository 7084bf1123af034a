type TextField = HTMLInputElement | HTMLTextAreaElement

/** A field as it was before a scan leaked into it. */
export interface LeakGuard {
  readonly field: TextField
  readonly value: string
  readonly from: number
  readonly to: number
}

/** Whether a person could be typing there. */
export function isTextField(target: EventTarget | null): target is TextField {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type)
}

const NOT_TYPED_INTO = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'range', 'color', 'file', 'image'])

export function guardOf(target: EventTarget | null): LeakGuard | undefined {
  if (!isTextField(target)) return undefined
  const end = target.value.length
  return { field: target, value: target.value, from: target.selectionStart ?? end, to: target.selectionEnd ?? end }
}

/** Whether every character arrived. Caps Lock may have turned the field's letters, never those of the physical keys. */
export function isWhole({ field, value, from, to }: LeakGuard, text: string): boolean {
  const whole = value.slice(0, from) + text + value.slice(to)
  return field.value.toLowerCase() === whole.toLowerCase()
}

/** Leaving the field first ends an input method's composition; what it commits while leaving is taken back as well. */
export function takeBack(guard: LeakGuard, clock: { later(run: () => void, ms: number): unknown }): void {
  guard.field.blur()
  restore(guard)
  clock.later(() => restore(guard), 0)
}

function restore({ field, value }: LeakGuard): void {
  if (field.value === value) return
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  // React listens for input events and overrides the element's own setter; the prototype's one is the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
