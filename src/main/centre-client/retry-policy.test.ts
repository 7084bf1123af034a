import { describe, expect, it } from 'vitest'
import type { MaybeSentReason, TransportResult } from '#main/http/transport.ts'
import { pauseBeforeRetryMs, type TryHistory } from './retry-policy.ts'

const lost = (reason: MaybeSentReason): TransportResult => ({ kind: 'maybeSent', reason, status: null })
const answer = (status: number): TransportResult => ({ kind: 'answer', status, bodyText: '', dateAtMs: null })
const notSent: TransportResult = { kind: 'notSent', words: '' }
const READ: TryHistory = { kind: 'read', last: notSent, triesMade: 1, leftMs: 10_000, random: 0.5 }

describe('pauseBeforeRetryMs', () => {
  it.each([notSent, lost('connectionLost'), answer(500), answer(429)])('a write is never tried again: %o', (last) => {
    expect(pauseBeforeRetryMs({ ...READ, kind: 'write', last })).toBeUndefined()
    expect(pauseBeforeRetryMs({ ...READ, last })).toBe(150)
  })

  it.each([lost('timeout'), lost('tooLarge'), lost('unreadable'), answer(200), answer(404), answer(302)])(
    'a read is not tried again where another try would find the same: %o',
    (last) => expect(pauseBeforeRetryMs({ ...READ, last })).toBeUndefined(),
  )

  it('the pause doubles, is spread over its upper half, and ends after three tries', () => {
    expect(pauseBeforeRetryMs({ ...READ, random: 0 })).toBe(100)
    expect(pauseBeforeRetryMs({ ...READ, random: 0.999 })).toBe(200)
    expect(pauseBeforeRetryMs({ ...READ, triesMade: 2 })).toBe(300)
    expect(pauseBeforeRetryMs({ ...READ, triesMade: 3 })).toBeUndefined()
  })

  it('there is no pause that would outlast the deadline', () => {
    expect(pauseBeforeRetryMs({ ...READ, leftMs: 151 })).toBe(150)
    expect(pauseBeforeRetryMs({ ...READ, leftMs: 150 })).toBeUndefined()
  })
})
