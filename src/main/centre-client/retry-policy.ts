import type { TransportResult } from '#main/http/transport.ts'

/** The most tries of a read. A write has one, whatever happens (money-safety.md, rule 5). */
export const MAX_READ_TRIES = 3

const FIRST_PAUSE_MS = 200

export interface TryHistory {
  readonly kind: 'read' | 'write'
  /** How the last try ended. */
  readonly last: TransportResult
  readonly triesMade: number
  /** What is left of the call's total deadline. */
  readonly leftMs: number
  /** From 0 to below 1. */
  readonly random: number
}

/**
 * How long to pause before the next try, in ms; `undefined` when there is none. Pure.
 * A try may use all the time that is left, so one that timed out is not followed by another: a slow answer is worth
 * more than three that were cut off.
 */
export function pauseBeforeRetryMs(history: TryHistory): number | undefined {
  if (history.kind === 'write' || history.triesMade >= MAX_READ_TRIES || !mayPass(history.last)) return undefined
  const fullMs = FIRST_PAUSE_MS * 2 ** (history.triesMade - 1)
  const pauseMs = Math.round(fullMs * (0.5 + history.random / 2))
  return pauseMs < history.leftMs ? pauseMs : undefined
}

/** Whether the cause is one that may be gone a moment later. */
function mayPass(result: TransportResult): boolean {
  if (result.kind === 'notSent') return true
  if (result.kind === 'maybeSent') return result.reason === 'connectionLost'
  return result.status >= 500 || result.status === 408 || result.status === 429
}
