/**
 * Which row is active after a key in a list, by key of the row, so that rows which arrive meanwhile move nothing.
 * `undefined` for a key that does not move. Rows that are gone count as no row.
 */
export function moveInList(code: string, keys: readonly string[], active: string | null): string | undefined {
  const at = active === null ? -1 : keys.indexOf(active)
  const next = moveByKey(code, keys.length, at < 0 ? null : at)
  return next === undefined ? undefined : keys[next]
}

/** The same by place; `pageRows` is how far PageUp and PageDown go. `undefined` also in a list without rows. */
export function moveByKey(code: string, count: number, active: number | null, pageRows = 10): number | undefined {
  const last = count - 1
  const at = active ?? -1
  const target: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(at + 1, last),
    ArrowUp: at < 0 ? last : Math.max(at - 1, 0),
    Home: 0,
    End: last,
    PageDown: Math.min(at + pageRows, last),
    PageUp: Math.max(at - pageRows, 0),
  }
  return count > 0 && Object.hasOwn(target, code) ? target[code] : undefined
}
