/**
 * Which row is active after a key in a list, by key of the row, so that rows which arrive meanwhile move nothing.
 * `undefined` for a key that does not move. Rows that are gone count as no row.
 */
export function moveInList(code: string, keys: readonly string[], active: string | null): string | undefined {
  const last = keys.length - 1
  const at = active === null ? -1 : keys.indexOf(active)
  const target: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, last),
    ArrowUp: at < 0 ? last : Math.max(at - 1, 0),
    Home: 0,
    End: last,
    PageDown: Math.min(at + 10, last),
    PageUp: Math.max(at - 10, 0),
  }
  return Object.hasOwn(target, code) ? keys[target[code] ?? -1] : undefined
}
