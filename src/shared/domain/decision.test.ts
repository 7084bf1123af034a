import { describe, expect, test } from 'vitest'
import { contradictsDecision, type Decided, decisionObstacle, needsEvidenceNumber, withDecision } from './decision.ts'
import { applyEvidence, FRESH_PROOF, type OrderEvidence, uploadedProof } from './order-proof.ts'
import { OPERATION_STATES } from './order-view.ts'
import { NO_AMOUNTS } from './settlement.ts'

const say = (ordStas: string, source: OrderEvidence['source'] = 'query'): OrderEvidence => ({
  ...{ source, ordStas, setlType: 'ALL' },
  amounts: NO_AMOUNTS,
})
const UPLOADED = uploadedProof(FRESH_PROOF)
const SETTLED = applyEvidence(UPLOADED, say('6'))
const HALF = applyEvidence(SETTLED, say('8'))
const decided = (kind: Decided['kind'], outcome: Decided['outcome'], refdType?: Decided['refdType']): Decided => ({
  kind,
  outcome,
  refdType,
})

describe('a person may decide', () => {
  const position = (change = {}) => ({
    ...{ operation: { state: 'unknown', startedAtMs: 0 } as const, questionsAsked: 5, nowMs: 120_000 },
    ...change,
  })

  test('after five questions and two minutes, both', () => {
    expect(decisionObstacle(position())).toBeUndefined()
    expect(decisionObstacle(position({ questionsAsked: 4 }))).toBe('tooEarly')
    expect(decisionObstacle(position({ nowMs: 119_999 }))).toBe('tooEarly')
  })

  test('about an operation whose outcome is unknown, and about nothing else', () => {
    for (const state of OPERATION_STATES) {
      const obstacle = decisionObstacle(position({ operation: { state, startedAtMs: 0 } }))
      expect(obstacle).toBe(state === 'unknown' ? undefined : 'notUnknown')
    }
    expect(decisionObstacle(position({ operation: undefined }))).toBe('notUnknown')
  })

  test('in production never without a number; elsewhere a telephone call needs none', () => {
    expect(needsEvidenceNumber('telephone', true)).toBe(true)
    expect(needsEvidenceNumber('telephone', false)).toBe(false)
    expect(needsEvidenceNumber('setlId', false)).toBe(true)
  })
})

describe('what a decision joins to the proof', () => {
  test.each<[string, Decided, typeof SETTLED, object]>([
    ['upload happened', decided('upload', 'happened'), FRESH_PROOF, { state: 'uploaded' }],
    ['revoke happened', decided('revoke', 'happened'), UPLOADED, { state: 'revoked' }],
    ['revoke happened, yet paid', decided('revoke', 'happened'), SETTLED, { suspense: 'paidYetRevoked' }],
    ['refund of all', decided('refund', 'happened', 'ALL'), SETTLED, { state: 'refunded' }],
    ['refund of insurance', decided('refund', 'happened', 'HI'), SETTLED, { legs: HALF.legs }],
    ['refund of the rest', decided('refund', 'happened', 'CASH'), HALF, { state: 'refunded' }],
  ])('%s', (_name, decision, before, expected) => {
    const after = withDecision(before, decision)
    expect(after).toMatchObject(expected)
    // A person invents neither an amount nor a code of the centre.
    expect([after.amounts, after.ordStas, after.lastOrdStas]).toEqual([
      before.amounts,
      before.ordStas,
      before.lastOrdStas,
    ])
  })

  test('that it did not happen proves nothing new', () => {
    for (const kind of ['upload', 'revoke', 'refund', 'notice'] as const) {
      expect(withDecision(SETTLED, decided(kind, 'didNotHappen', 'ALL'))).toBe(SETTLED)
    }
  })
})

/** Codes that cannot be if the decision was right; every other code, listed or not, is no contradiction. */
describe('what contradicts a decision', () => {
  const ALL_CODES = Array.from({ length: 19 }, (_, code) => String(code))
  const refunded = withDecision(SETTLED, decided('refund', 'happened', 'ALL'))
  const TABLE: readonly (readonly [string, Decided, typeof SETTLED, OrderEvidence['source'], string])[] = [
    [
      'upload did not happen',
      decided('upload', 'didNotHappen'),
      FRESH_PROOF,
      'query',
      '0 1 2 3 4 5 6 7 8 9 10 11 14 16 17',
    ],
    [
      'upload did not happen, callback',
      decided('upload', 'didNotHappen'),
      FRESH_PROOF,
      'callback',
      '0 1 2 3 4 5 6 7 8 9 10 11 14 16 17',
    ],
    ['upload happened', decided('upload', 'happened'), UPLOADED, 'query', ''],
    ['revoke did not happen', decided('revoke', 'didNotHappen'), UPLOADED, 'query', '12 13'],
    // Paid as well, but that the lattice sees by itself: paid, and yet revoked.
    ['revoke happened', decided('revoke', 'happened'), UPLOADED, 'query', '0 1 2'],
    ['revoke happened, late callback', decided('revoke', 'happened'), UPLOADED, 'callback', ''],
    ['refund of all did not happen', decided('refund', 'didNotHappen', 'ALL'), SETTLED, 'query', '7 8 9 10 11'],
    ['refund of insurance did not happen', decided('refund', 'didNotHappen', 'HI'), SETTLED, 'query', '7 8 11'],
    ['refund of cash did not happen', decided('refund', 'didNotHappen', 'CASH'), HALF, 'query', '7 9 10 11'],
    ['refund of all happened', decided('refund', 'happened', 'ALL'), refunded, 'query', '3 4 5 6 8 9 10 16'],
    ['refund of all happened, late callback', decided('refund', 'happened', 'ALL'), refunded, 'callback', ''],
    ['refund of insurance happened', decided('refund', 'happened', 'HI'), HALF, 'query', '4 5 6 9 10'],
  ]
  test.each(TABLE)('%s', (_name, decision, before, source, codes) => {
    const found = ALL_CODES.filter((code) => contradictsDecision(decision, before, say(code, source)))
    expect(found.join(' ')).toBe(codes)
  })
})
