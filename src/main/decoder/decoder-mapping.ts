/** Fills the names in braces of a template's texts. Values go in after parsing, so they cannot change its structure. */
export function fillTemplate(template: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof template === 'string') {
    return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
    )
  }
  if (Array.isArray(template)) return template.map((part) => fillTemplate(part, values))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, fillTemplate(part, values)]))
}

/** The text at a dotted place of an answer; null where there is none, and for an empty place. */
export function textAt(reply: unknown, place: string): string | null {
  if (place === '') return null
  const found = place.split('.').reduce<unknown>((value, key) => {
    const isInside = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    return isInside ? Reflect.get(value, key) : undefined
  }, reply)
  const text = typeof found === 'number' ? String(found) : found
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}
