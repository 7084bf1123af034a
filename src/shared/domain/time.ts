/**
 * Instants are epoch milliseconds (`…AtMs`); the centre and the hospital write Beijing time, UTC+8, which has had no
 * daylight saving since 1991, so a fixed offset is exact. Calendar days are `YYYY-MM-DD` in UTC+8.
 */
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000

export type Clock = { now(): number }

export const systemClock: Clock = { now: () => Date.now() }

/** Waiting, injected as the clock is, so that a proof can let hours pass at once. All in milliseconds. */
export interface Timers {
  /** A clock that nobody sets: deadlines are measured by it. */
  monotonicMs(): number
  /** @returns what calls it off. */
  after(ms: number, run: () => void): () => void
  every(ms: number, run: () => void): () => void
}

const WIRE_TIME = /^(\d{4})(-?)(\d{2})\2(\d{2})(?:[ T]?(\d{2}):?(\d{2}):?(\d{2}))?$/

/**
 * Reads 20230418113442, 2023-04-18 11:34:41, 20230418 and 2023-04-18 (quirk Q11) as UTC+8.
 * `undefined` when the text is none of them or names a day or hour that does not exist.
 */
export function parseWireTime(text: string): number | undefined {
  const match = WIRE_TIME.exec(text)
  if (match === null) return undefined
  const [, year, , month, day, hour = '00', minute = '00', second = '00'] = match
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const asIfUtc = Date.parse(`${iso}Z`)
  if (Number.isNaN(asIfUtc) || !new Date(asIfUtc).toISOString().startsWith(iso)) return undefined
  return asIfUtc - BEIJING_OFFSET_MS
}

/** Epoch milliseconds to `yyyy-MM-dd HH:mm:ss` in UTC+8: the form of 2.1 and 2.4, and of the screen. */
export function formatDateTime(atMs: number): string {
  return new Date(atMs + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** Epoch milliseconds to `yyyyMMddHHmmss` in UTC+8: the form of 1.3 and 2.2. */
export function formatCompactTime(atMs: number): string {
  return formatDateTime(atMs).replace(/\D/g, '')
}

/** The calendar day in UTC+8, `YYYY-MM-DD`. */
export function dayOf(atMs: number): string {
  return formatDateTime(atMs).slice(0, 10)
}

/** Epoch milliseconds of midnight UTC+8 at the start of a calendar day. @throws RangeError when it is no day. */
export function startOfDayMs(day: string): number {
  const atMs = parseWireTime(day)
  if (atMs === undefined) throw new RangeError(`not a calendar day: ${day}`)
  return atMs
}
