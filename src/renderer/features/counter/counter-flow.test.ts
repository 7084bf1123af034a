import { describe, expect, test } from 'vitest'
import { ORDER_STATES } from '#shared/domain/order-status.ts'
import { anOrder, CHARGE_NO, NOW_MS } from '#test/support/window-fixtures.ts'
import { holdToken } from '../../lib/scanner/held-token.ts'
import { type CounterFacts, counterStep, newerOrder, sayToPatient } from './counter-flow.ts'

const LIFE_MS = 300_000

const TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const NOT_LEGAL = { upload: false, revoke: false, query: true }
const facts = (change: Partial<CounterFacts> = {}): CounterFacts => ({
  medOrgOrd: CHARGE_NO,
  order: null,
  token: null,
  busy: null,
  ...change,
})
const operation = { id: '1', kind: 'upload', state: 'sent', startedAtMs: NOW_MS, message: null } as const

describe('the step of the counter', () => {
  test('goes from choosing over scanning to one key before the upload', () => {
    const token = holdToken('ecToken', TOKEN, { nowMs: NOW_MS, lifeMs: LIFE_MS })
    expect(counterStep(facts({ medOrgOrd: null }), NOW_MS)).toBe('choose')
    expect(counterStep(facts(), NOW_MS)).toBe('scan')
    expect(counterStep(facts({ token }), NOW_MS)).toBe('confirm')
    expect(counterStep(facts({ token }), NOW_MS + LIFE_MS)).toBe('scan')
  })

  test('waits while an upload or a revoke is on its way, whoever started it', () => {
    expect(counterStep(facts({ busy: 'upload' }), NOW_MS)).toBe('uploading')
    expect(counterStep(facts({ order: anOrder({ operation, may: NOT_LEGAL }) }), NOW_MS)).toBe('uploading')
    const revoking = anOrder({ state: 'uploaded', operation: { ...operation, kind: 'revoke' }, may: NOT_LEGAL })
    expect(counterStep(facts({ order: revoking }), NOW_MS)).toBe('revoking')
  })

  test('is an unknown outcome before anything else, even with a fresh code in hand', () => {
    const order = anOrder({ state: 'unknown', operation: { ...operation, state: 'unknown' }, may: NOT_LEGAL })
    const token = holdToken('ecToken', TOKEN, { nowMs: NOW_MS, lifeMs: LIFE_MS })
    expect(counterStep(facts({ order, token }), NOW_MS)).toBe('unknown')
  })

  test('waits for the patient until time is up, and then says only that', () => {
    const order = anOrder({ state: 'uploaded', payUntilMs: NOW_MS + 1000, may: { ...NOT_LEGAL, revoke: true } })
    expect(counterStep(facts({ order }), NOW_MS)).toBe('paying')
    expect(counterStep(facts({ order }), NOW_MS + 1000)).toBe('expired')
  })

  test('is settled only when nobody needs to look', () => {
    const attention = { reason: 'identityFailed', sinceMs: NOW_MS, detail: null } as const
    const settled = anOrder({ state: 'settled', may: NOT_LEGAL })
    expect(counterStep(facts({ order: settled }), NOW_MS)).toBe('settled')
    expect(counterStep(facts({ order: { ...settled, attention } }), NOW_MS)).toBe('review')
    const warning = { ...attention, reason: 'amountsWarning' } as const
    expect(counterStep(facts({ order: { ...settled, attention: warning } }), NOW_MS)).toBe('settled')
  })

  test('offers a scan again after a refusal or a revoke', () => {
    for (const state of ['failed', 'revoked'] as const) {
      expect(counterStep(facts({ order: anOrder({ state }) }), NOW_MS)).toBe('scan')
    }
  })

  test.each(ORDER_STATES)('of an order that is %s never offers an upload that is not legal', (state) => {
    const token = holdToken('ecToken', TOKEN, { nowMs: NOW_MS, lifeMs: LIFE_MS })
    const step = counterStep(facts({ order: anOrder({ state, may: NOT_LEGAL }), token }), NOW_MS)
    expect(['scan', 'confirm']).not.toContain(step)
  })
})

describe('the line to the patient', () => {
  test('tells of what has just failed while nothing is sent', () => {
    const failure = { code: 'HIS_UNREACHABLE', message: '' } as const
    expect(sayToPatient('confirm', null, failure)).toBe('医院系统不通，请稍候')
    expect(sayToPatient('unknown', anOrder({ state: 'unknown' }), failure)).toBe('请稍候，先不要离开')
  })
})

test('an order that arrives late does not replace a newer one', () => {
  const older = anOrder({ state: 'uploaded', updatedAtMs: NOW_MS })
  const newer = anOrder({ state: 'settled', updatedAtMs: NOW_MS + 1 })
  expect(newerOrder(newer, older)).toBe(newer)
  expect(newerOrder(older, newer)).toBe(newer)
  expect(newerOrder(newer, { ...older, medOrgOrd: 'OTHER' }).medOrgOrd).toBe('OTHER')
})
