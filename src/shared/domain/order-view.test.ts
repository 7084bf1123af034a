import { describe, expect, test } from 'vitest'
import { FRESH_PROOF, inSuspense, type OrderProof, uploadedProof } from './order-proof.ts'
import type { OrderState } from './order-status.ts'
import {
  attentionReason,
  isOpenOperation,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
  viewOrderState,
} from './order-view.ts'

const UPLOADED = uploadedProof(FRESH_PROOF)
const SETTLED: OrderProof = {
  ...UPLOADED,
  state: 'settled',
  legs: { insurance: 'paid', cash: 'paid' },
  ordStas: '6',
  lastOrdStas: '6',
}

const operation = (kind: OperationKind, state: OperationState) => ({ kind, state })

test('an operation is open until it is proved or resolved', () => {
  expect(OPERATION_STATES.filter(isOpenOperation)).toEqual(['prepared', 'sent', 'unknown'])
})

describe('viewOrderState', () => {
  test('is the proof while nothing is pending', () => {
    for (const proof of [FRESH_PROOF, UPLOADED, SETTLED]) expect(viewOrderState(proof, undefined)).toBe(proof.state)
  })

  test('a refused upload of a fresh order is failed, and one after a proved state is not', () => {
    expect(viewOrderState(FRESH_PROOF, operation('upload', 'failed'))).toBe('failed')
    expect(viewOrderState(SETTLED, operation('upload', 'failed'))).toBe('settled')
  })

  test.each(OPERATION_KINDS)('an unknown %s is never shown as certain', (kind) => {
    const expected: OrderState = kind === 'refund' ? 'refunding' : 'unknown'
    expect(viewOrderState(UPLOADED, operation(kind, 'unknown'))).toBe(expected)
  })

  test('suspense comes before everything', () => {
    expect(viewOrderState(inSuspense(SETTLED, 'amountsDiffer'), operation('refund', 'unknown'))).toBe('suspense')
  })

  test('17 shows refunding until the refund is proved', () => {
    expect(viewOrderState({ ...SETTLED, lastOrdStas: '17' }, undefined)).toBe('refunding')
    expect(viewOrderState({ ...SETTLED, state: 'refunded', lastOrdStas: '17' }, undefined)).toBe('refunded')
  })

  test('14 makes a pending order unknown and does not unprove an end', () => {
    expect(viewOrderState({ ...UPLOADED, lastOrdStas: '14' }, undefined)).toBe('unknown')
    expect(viewOrderState({ ...UPLOADED, state: 'partlySettled', lastOrdStas: '14' }, undefined)).toBe('unknown')
    expect(viewOrderState({ ...SETTLED, lastOrdStas: '14' }, undefined)).toBe('settled')
  })
})

describe('attentionReason', () => {
  const calm = {
    ...{ outcomeUnknown: false, identityFailed: false },
    ...{ listedStatus: true, overdue: false },
    callbackSilent: false,
  }
  const reasonOf = (proof: Partial<OrderProof>, state: OrderState, signs = calm) =>
    attentionReason({ ...SETTLED, ...proof }, state, signs)

  test('a settled order and one that waits need nobody', () => {
    expect(reasonOf({}, 'settled')).toBeUndefined()
    expect(attentionReason(UPLOADED, 'uploaded', calm)).toBeUndefined()
  })

  test.each<[string, Partial<OrderProof>, OrderState, string]>([
    ['suspense', {}, 'suspense', 'suspense'],
    ['an unknown outcome', { lastOrdStas: '2' }, 'unknown', 'outcomeUnknown'],
    ['code 14 after the end', { lastOrdStas: '14' }, 'settled', 'centreAbnormal'],
    ['code 14 before the end', { lastOrdStas: '14' }, 'unknown', 'centreAbnormal'],
    ['one leg paid', { lastOrdStas: '3' }, 'partlySettled', 'halfSettled'],
    ['code 16', { lastOrdStas: '16' }, 'partlySettled', 'halfSettled'],
    ['one leg refunded', { lastOrdStas: '8' }, 'partlyRefunded', 'halfRefunded'],
    ['revoked, cash not told', { legs: { insurance: 'none', cash: 'unknown' } }, 'revoked', 'halfSettled'],
    ['query and callback differ', { amountsWarning: true }, 'settled', 'amountsWarning'],
  ])('%s', (_name, proof, state, reason) => {
    expect(reasonOf(proof, state)).toBe(reason)
  })

  test('an unlisted status and a failing identity', () => {
    expect(reasonOf({ lastOrdStas: '99' }, 'settled', { ...calm, listedStatus: false })).toBe('unlistedStatus')
    expect(reasonOf({}, 'settled', { ...calm, identityFailed: true })).toBe('identityFailed')
  })

  test('the most pressing reason comes first', () => {
    const all = { ...calm, identityFailed: true, listedStatus: false, overdue: true, callbackSilent: true }
    expect(reasonOf({ amountsWarning: true, lastOrdStas: '14' }, 'suspense', all)).toBe('suspense')
    expect(reasonOf({ amountsWarning: true }, 'partlySettled', all)).toBe('identityFailed')
    expect(reasonOf({ amountsWarning: true }, 'partlySettled')).toBe('halfSettled')
  })
})
