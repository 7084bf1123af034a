import { describe, expect, it } from 'vitest'
import { FRESH_PROOF } from '#shared/domain/order-proof.ts'
import type { Legs, OrderState } from '#shared/domain/order-status.ts'
import { anOrder, aStatement } from '#test/support/an-order.ts'
import { asUploaded, isEarlierAttempt, requestOf, resolutionEntry, resolvesOperation } from './operation-resolution.ts'
import type { OperationRecord } from './operations.ts'

function operation(over: Partial<OperationRecord> = {}, request: object = {}): OperationRecord {
  return {
    id: 'op-1',
    medOrgOrd: 'MZ1',
    kind: 'upload',
    state: 'unknown',
    requestId: 'request-1',
    requestJson: JSON.stringify({ medOrgOrd: 'MZ1', ...request }),
    operatorName: '值班',
    message: null,
    preparedAtMs: 900_000,
    endedAtMs: null,
    ...over,
  }
}

/** An order of which so much is proved. */
function orderThat(
  state: Exclude<OrderState, 'unknown' | 'refunding'>,
  legs: Legs = { insurance: 'none', cash: 'none' },
) {
  return anOrder({ proof: { ...FRESH_PROOF, state, legs } })
}

describe('what resolves an operation whose outcome is unknown', () => {
  it.each(['prepared', 'sent', 'succeeded', 'failed', 'resolved'] as const)('%s is not unknown: nothing', (state) => {
    expect(resolvesOperation(operation({ state }), orderThat('uploaded'))).toBe(false)
  })

  it('an upload: any word of the centre about the order', () => {
    expect(resolvesOperation(operation(), orderThat('created'))).toBe(true)
  })

  it.each([
    ['revoked', true],
    ['refunded', true],
    ['settled', true],
    ['partlySettled', true],
    ['partlyRefunded', true],
    ['uploaded', false],
    ['paying', false],
    ['failed', false],
    ['created', false],
  ] as const)('a revoke: %s is %s', (state, resolved) => {
    expect(resolvesOperation(operation({ kind: 'revoke' }), orderThat(state))).toBe(resolved)
  })

  it.each([
    ['HI', 'refunded', 'paid', true],
    ['HI', 'paid', 'refunded', false],
    ['CASH', 'paid', 'refunded', true],
    ['CASH', 'refunded', 'paid', false],
    ['ALL', 'refunded', 'paid', true],
    ['ALL', 'paid', 'refunded', true],
    ['ALL', 'paid', 'paid', false],
    ['ALL', 'paid', 'partlyRefunded', false],
  ] as const)('a refund of %s: insurance %s, cash %s is %s', (refdType, insurance, cash, resolved) => {
    const refund = operation({ kind: 'refund' }, { refdType })
    expect(resolvesOperation(refund, orderThat('partlyRefunded', { insurance, cash }))).toBe(resolved)
  })

  it('a notice: nothing, the centre is never asked about it', () => {
    expect(resolvesOperation(operation({ kind: 'notice' }), orderThat('settled'))).toBe(false)
  })
})

describe('an upload that did arrive', () => {
  it('waits for the patient on both legs, and for as long as the desk expects from now on', () => {
    const uploaded = asUploaded(orderThat('uploaded'), operation({}, { payWithinMs: 300_000 }), 1_000_000)
    expect(uploaded).toMatchObject({
      proof: { legs: { insurance: 'open', cash: 'open' } },
      uploadedAtMs: 900_000,
      payUntilMs: 1_300_000,
    })
  })

  it('without an expectation has no end, and what was known of the times stays', () => {
    expect(asUploaded(orderThat('uploaded'), operation(), 1_000_000).payUntilMs).toBeNull()
    const known = { ...orderThat('uploaded'), uploadedAtMs: 5, payUntilMs: 6 }
    const kept = asUploaded(known, operation({}, { payWithinMs: 300_000 }), 1_000_000)
    expect(kept).toMatchObject({ uploadedAtMs: 5, payUntilMs: 6 })
  })
})

describe('an answer about the attempt before', () => {
  const again = operation({}, { previousPayOrdId: 'ORD0' })

  it.each([
    ['the number of the attempt before', { payOrdId: 'ORD0' }, true],
    ['another number', { payOrdId: 'ORD1' }, false],
    ['no number, and an end without money', { payOrdId: null, ordStas: '12' }, true],
    ['no number, and a failure', { payOrdId: null, ordStas: '15' }, true],
    ['no number, and money', { payOrdId: null, ordStas: '6' }, false],
    ['no number, and an unlisted code', { payOrdId: null, ordStas: '99' }, false],
  ] as const)('%s', (_name, statement, earlier) => {
    expect(isEarlierAttempt(again, aStatement(statement))).toBe(earlier)
  })

  it('there is none of a first upload, nor of another operation', () => {
    const revoked = aStatement({ payOrdId: null, ordStas: '12' })
    expect(isEarlierAttempt(operation(), revoked)).toBe(false)
    expect(isEarlierAttempt(operation({}, { previousPayOrdId: null }), revoked)).toBe(false)
    expect(isEarlierAttempt(operation({ kind: 'revoke' }, { previousPayOrdId: 'ORD0' }), revoked)).toBe(false)
  })
})

describe('the journal', () => {
  it.each([
    ['upload', 'uploadResolved'],
    ['revoke', 'revokeResolved'],
    ['refund', 'refundResolved'],
  ] as const)('tells in the timeline that the %s was resolved', (kind, entry) => {
    expect(resolutionEntry(operation({ kind }))).toEqual({ kind: entry, actor: 'desk', data: { operation: 'op-1' } })
  })

  it('reads back what it keeps of a request, and nothing else', () => {
    const kept = { previousPayOrdId: 'ORD0', payWithinMs: 1, appRefdSn: 'RF1', refdType: 'HI', payOrdId: null }
    expect(requestOf(operation({}, { ...kept, ecToken: 'never' }))).toEqual({ medOrgOrd: 'MZ1', ...kept })
    expect(() => requestOf(operation({}, { refdType: 'SOME' }))).toThrow()
  })
})
