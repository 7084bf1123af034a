import type { OrderState } from './order-status.ts'

/**
 * When to ask the centre about an order next (money-safety.md, rules 3 and 13). Callbacks are a hint, asking is the
 * guarantee. All times in epoch milliseconds.
 */
export interface QueryPosition {
  readonly state: OrderState
  readonly nowMs: number
  /** How often the centre was asked since the order came into this state. */
  readonly attempts: number
  readonly uploadedAtMs: number | null
  readonly payUntilMs: number | null
  /** Until when a callback is still expected for a settlement that was learnt of by asking; `null` for none. */
  readonly callbackDueMs: number | null
  /** The outcome of an operation is unknown: it is asked about whatever else is known of the order (rule 3). */
  readonly outcomeUnknown: boolean
}

/** How long a settlement that was learnt of by asking may wait for its callback before the desk says so (rule 13). */
export const CALLBACK_WITHIN_MS = 120_000

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Waits before each question about an unknown outcome: 3, 3, 5, 5, 10, 20, 40 s, ten times a minute, then ten minutes. */
const UNKNOWN_LADDER = [3, 3, 5, 5, 10, 20, 40].map((seconds) => seconds * SECOND)
const MINUTE_TRIES = 10
/** An order whose patient may be paying is first asked this long after upload, then in this rhythm until time is up. */
const FIRST_QUESTION_AFTER = 30 * SECOND
const WHILE_PAYING = 10 * SECOND

/** The time of the next question, or `null` when nothing is left to ask. */
export function nextQueryAtMs(position: QueryPosition): number | null {
  const { state, nowMs, attempts } = position
  if (position.outcomeUnknown) return nowMs + unknownPause(attempts)
  switch (state) {
    case 'created':
    case 'failed':
    case 'revoked':
    case 'refunded':
    case 'suspense':
      return null
    case 'settled':
      return position.callbackDueMs !== null && nowMs < position.callbackDueMs ? position.callbackDueMs : null
    case 'uploaded':
    case 'paying':
      return nextWhilePaying(position)
    case 'unknown':
    case 'refunding':
      return nowMs + unknownPause(attempts)
    case 'partlySettled':
    case 'partlyRefunded':
      return nowMs + slowly(attempts)
  }
}

/** How long an order may wait for its patient beyond the time that was given to him before a person should look. */
const OVERDUE_AFTER = 5 * MINUTE
/** For an order whose time nobody knows, such as one that was rebuilt. */
const USUAL_TIME_TO_PAY = 10 * MINUTE

/** Whether a passing state has lasted longer than that takes: codes 0 to 2 and 17 (money-safety.md, rule 8). */
export function isOverdue(position: QueryPosition & { readonly sinceMs: number }): boolean {
  const { state, nowMs, attempts, payUntilMs, sinceMs } = position
  if (position.outcomeUnknown) return false
  if (state === 'refunding') return attempts >= UNKNOWN_LADDER.length
  const isWaiting = state === 'uploaded' || state === 'paying'
  return isWaiting && nowMs >= (payUntilMs ?? sinceMs + USUAL_TIME_TO_PAY) + OVERDUE_AFTER
}

function unknownPause(attempts: number): number {
  return UNKNOWN_LADDER[attempts] ?? slowly(attempts - UNKNOWN_LADDER.length)
}

function nextWhilePaying({ nowMs, attempts, uploadedAtMs, payUntilMs }: QueryPosition): number {
  const firstAtMs = (uploadedAtMs ?? nowMs) + FIRST_QUESTION_AFTER
  if (nowMs < firstAtMs) return firstAtMs
  return payUntilMs !== null && nowMs < payUntilMs ? nowMs + WHILE_PAYING : nowMs + slowly(attempts - 30)
}

function slowly(tries: number): number {
  return tries < MINUTE_TRIES ? MINUTE : 10 * MINUTE
}
