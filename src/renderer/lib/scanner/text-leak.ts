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

/**
 * Leaving the field first ends an input method's composition, whose text is then taken back too. The selection goes as
 * well: it would stay in the field, and what the input method commits late would be written there and bring the focus.
 */
export function takeBack(guard: LeakGuard): void {
  guard.field.blur()
  restore(guard)
  document.getSelection()?.removeAllRanges()
}

/** The field's text and caret as they were, told to React as a person's change would be. */
export function restore({ field, value, from, to }: LeakGuard): void {
  if (field.value === value) return
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype
  // React listens for input events and overrides the element's own setter; the prototype's one is the browser's.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  if (field.selectionStart !== null) field.setSelectionRange(from, to)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
