import { describe, expect, test } from 'vitest'
import { ORDER_STATES } from './order-status.ts'
import { isOverdue, nextQueryAtMs, type QueryPosition } from './query-ladder.ts'

const MINUTE = 60_000
const at = (change: Partial<QueryPosition>): QueryPosition => ({
  ...{ state: 'uploaded', nowMs: 0, attempts: 0, uploadedAtMs: 0, payUntilMs: 5 * MINUTE },
  ...{ callbackDueMs: null, outcomeUnknown: false },
  ...change,
})

describe('the time of the next question', () => {
  test('about an unknown outcome: 3, 3, 5, 5, 10, 20, 40 s, ten times a minute, then every ten', () => {
    const waits = Array.from({ length: 20 }, (_, attempts) => nextQueryAtMs(at({ state: 'unknown', attempts })))
    const seconds = waits.map((wait) => (wait ?? 0) / 1000)
    expect(seconds).toEqual([3, 3, 5, 5, 10, 20, 40, ...Array(10).fill(60), 600, 600, 600])
  })

  test('is there for every state while an outcome is unknown, suspense and ends included', () => {
    for (const state of ORDER_STATES) expect(nextQueryAtMs(at({ state, outcomeUnknown: true }))).toBe(3000)
    expect(ORDER_STATES.filter((state) => nextQueryAtMs(at({ state })) === null)).toEqual([
      ...['created', 'settled', 'revoked', 'failed', 'refunded', 'suspense'],
    ])
  })

  test('after an upload: thirty seconds, every ten while he may pay, then slower', () => {
    expect(nextQueryAtMs(at({ nowMs: 1 }))).toBe(30_000)
    expect(nextQueryAtMs(at({ nowMs: 30_000, attempts: 1 }))).toBe(40_000)
    expect(nextQueryAtMs(at({ nowMs: 5 * MINUTE, attempts: 28 }))).toBe(6 * MINUTE)
    expect(nextQueryAtMs(at({ nowMs: 60 * MINUTE, attempts: 40 }))).toBe(70 * MINUTE)
  })
})

describe('overdue', () => {
  test('waiting for the patient: five minutes beyond the time that was given to him', () => {
    for (const state of ['uploaded', 'paying'] as const) {
      const when = (nowMs: number, change: Partial<QueryPosition> = {}) =>
        isOverdue({ ...at({ state, nowMs, ...change }), sinceMs: 0 })
      expect(when(10 * MINUTE - 1)).toBe(false)
      expect(when(10 * MINUTE)).toBe(true)
      expect(when(15 * MINUTE - 1, { payUntilMs: null })).toBe(false)
      expect(when(15 * MINUTE, { payUntilMs: null })).toBe(true)
    }
  })

  test('the centre says "refunding" when the fast questions are used up; an unknown outcome has an alarm of its own', () => {
    const refunding = (attempts: number, outcomeUnknown = false) =>
      isOverdue({ ...at({ state: 'refunding', attempts, outcomeUnknown }), sinceMs: 0 })
    expect([refunding(6), refunding(7), refunding(7, true)]).toEqual([false, true, false])
  })

  test('nothing else ever is', () => {
    const late = { nowMs: 1e9, attempts: 99 }
    expect(ORDER_STATES.filter((state) => isOverdue({ ...at({ ...late, state }), sinceMs: 0 }))).toEqual([
      ...['uploaded', 'paying', 'refunding'],
    ])
  })
})
