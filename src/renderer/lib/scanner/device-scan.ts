import { createSameCodeGuard, type ScanOutcome } from './scan-outcome.ts'

const SHORTEST = 4
const LONGEST = 128
/** A scan comes within this, in ms; what stops in between is incomplete. */
const PIECES_WITHIN_MS = 500

/**
 * Puts the pieces of a device's scans together. The same rules as for a keyboard: up to 128 bytes, the same code
 * within two seconds is one scan, what is damaged is never used.
 * @param prefix what the scanner is set to send before each code; taken off where it is there.
 */
export function createDeviceScan(
  onOutcome: (outcome: ScanOutcome) => void,
  { prefix = '', now = () => performance.now() }: { prefix?: string; now?: () => number } = {},
) {
  const withoutRepeats = createSameCodeGuard()
  let bytes: number[] = []
  let isDamaged = false
  let lastAtMs = Number.NEGATIVE_INFINITY
  const forget = () => {
    bytes = []
    isDamaged = false
  }
  return {
    /** `undefined`: a piece that could not be read. */
    piece(part: Iterable<number> | undefined): void {
      const atMs = now()
      if (bytes.length > 0 && atMs - lastAtMs > PIECES_WITHIN_MS) isDamaged = true
      lastAtMs = atMs
      if (part === undefined) isDamaged = true
      else bytes.push(...part)
      if (bytes.length > LONGEST) {
        isDamaged = true
        bytes.length = LONGEST
      }
    },
    end(): void {
      const whole = textOf(bytes)
      const wasDamaged = isDamaged
      forget()
      if (wasDamaged) {
        onOutcome({ kind: 'incomplete' })
        return
      }
      const text = whole.startsWith(prefix) ? whole.slice(prefix.length) : whole
      if (text.length >= SHORTEST) onOutcome(withoutRepeats(text, now()))
    },
    /** What came so far belongs to nothing. */
    forget,
  }
}

const ENCODINGS = ['utf-8', 'gbk'] as const

/** A code of other than plain characters is none of the desk's, but it was read: it is named, not asked for again. */
function textOf(bytes: readonly number[]): string {
  for (const encoding of ENCODINGS) {
    try {
      return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
    } catch {
      // Not in this encoding: the next is tried.
    }
  }
  return String.fromCharCode(...bytes)
}
