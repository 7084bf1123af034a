/** One message and its answer as they stood on the wire. */
export interface WireEntry {
  readonly seq: number
  readonly atMs: number
  readonly direction: 'in' | 'out'
  /** Number in the document, 1.3 to 2.3. */
  readonly interfaceId: string
  /** Path of a request to the centre, URL of one by it. */
  readonly target: string
  readonly requestBody: string
  /** `null` while no answer went or came: held open, cut, unreachable. */
  readonly status: number | null
  readonly replyBody: string | null
  /** Kinds of the faults that were played on it. */
  readonly faults: readonly string[]
}

export interface WireLog {
  start(entry: Pick<WireEntry, 'atMs' | 'direction' | 'interfaceId' | 'target' | 'requestBody' | 'faults'>): number
  finish(seq: number, status: number | null, replyBody: string | null): void
  entries(): readonly WireEntry[]
}

const KEPT = 500

/**
 * The last 500 messages, in memory and whole, for tests that compare them with the published examples. They hold tokens
 * and names: this is the far side, its persons are invented, and nothing of it is written to disk or to a log.
 */
export function createWireLog(): WireLog {
  const entries = new Map<number, WireEntry>()
  let last = 0
  return {
    start(entry) {
      last += 1
      entries.set(last, { seq: last, ...entry, status: null, replyBody: null })
      entries.delete(last - KEPT)
      return last
    },
    finish(seq, status, replyBody) {
      const entry = entries.get(seq)
      if (entry !== undefined) entries.set(seq, { ...entry, status, replyBody })
    },
    entries: () => [...entries.values()],
  }
}
