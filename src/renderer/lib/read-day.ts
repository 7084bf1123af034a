import { dayOf, parseWireTime } from '#shared/domain/time.ts'

/** A typed day, `20260105` or `2026-01-05`, as `YYYY-MM-DD`; `undefined` while it is none. */
export function readDay(text: string): string | undefined {
  const atMs = /^\d{8}$|^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? parseWireTime(text.trim()) : undefined
  return atMs === undefined ? undefined : dayOf(atMs)
}
