import { createSameCodeGuard, type ScanOutcome } from './scan-outcome.ts'

const SHORTEST = 4
const LONGEST = 128
/** A scan comes within this, in ms; what stops in between is incomplete. */
const PIECES_WITHIN_MS = 500

/**
 * Puts the pieces of a device's scans together. The same rules as for a keyboard: up to 128 characters, the same code
 * within two seconds is one scan, what is damaged is never used.
 */
export function createDeviceScan(
  onOutcome: (outcome: ScanOutcome) => void,
  now: () => number = () => performance.now(),
) {
  const withoutRepeats = createSameCodeGuard()
  let text = ''
  let isDamaged = false
  let lastAtMs = Number.NEGATIVE_INFINITY
  return {
    /** `undefined`: a piece that could not be read. */
    piece(part: string | undefined): void {
      const atMs = now()
      if (text !== '' && atMs - lastAtMs > PIECES_WITHIN_MS) isDamaged = true
      lastAtMs = atMs
      if (part === undefined || text.length + part.length > LONGEST) isDamaged = true
      else text += part
    },
    end(): void {
      const scanned = text
      const wasDamaged = isDamaged
      text = ''
      isDamaged = false
      if (wasDamaged) onOutcome({ kind: 'incomplete' })
      else if (scanned.length >= SHORTEST) onOutcome(withoutRepeats(scanned, now()))
    },
  }
}
