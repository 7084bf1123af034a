import { describe, expect, test } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'
import { anOrder, CHARGE_NO, NOW_MS } from '#test/support/window-fixtures.ts'
import { holdToken } from '../../lib/scanner/held-token.ts'
import { type Audible, soundOf } from './counter-sounds.ts'

const TOKEN = holdToken('ecToken', '990101ec8pfd85o1f35635a8c000002f3d795f', { nowMs: NOW_MS, lifeMs: 300_000 })
const SCANNING: Audible = {
  medOrgOrd: CHARGE_NO,
  order: null,
  token: null,
  cue: null,
  failure: null,
  step: 'scan',
  isRead: true,
}
const PAYING: Audible = { ...SCANNING, step: 'paying', order: anOrder({ state: 'uploaded' }) }
const SETTLED: Audible = { ...PAYING, step: 'settled', order: anOrder({ state: 'settled' }) }
const silent = { tone: null, sentence: null }

describe('the counter is heard', () => {
  test('when a scan is taken, when one is not wanted, and when something fails', () => {
    const before = SCANNING
    expect(soundOf(before, { ...before, step: 'confirm', token: TOKEN }).tone).toBe('scan')
    expect(soundOf(before, { ...before, cue: { tone: 'warning', words: '请扫医保码' } }).tone).toBe('attention')
    const failure = { code: 'CENTRE_UNREACHABLE', message: '' } as const
    expect(soundOf(before, { ...before, failure }).tone).toBe('error')
  })

  test('when the payment ends, by a tone and for the patient', () => {
    expect(soundOf(PAYING, SETTLED)).toEqual({ tone: 'success', sentence: { say: 'paid' } })
  })

  test.each([
    ['unknown', 'error'],
    ['half', 'attention'],
    ['review', 'attention'],
    ['expired', 'attention'],
  ] as const)('when the step becomes %s, and nothing is said aloud then', (step, tone) => {
    expect(soundOf(PAYING, { ...PAYING, step })).toEqual({ tone, sentence: null })
  })

  test('when the centre refuses the upload', () => {
    const uploading: Audible = { ...PAYING, step: 'uploading', order: anOrder() }
    expect(soundOf(uploading, { ...uploading, step: 'scan', order: anOrder({ state: 'failed' }) }).tone).toBe('error')
  })

  test('asking for the e-voucher once the charge is read', () => {
    const opened: Audible = { ...SCANNING, isRead: false }
    expect(soundOf({ ...opened, medOrgOrd: null, step: 'choose' }, opened)).toEqual(silent)
    expect(soundOf(opened, SCANNING)).toEqual({ tone: null, sentence: { say: 'showVoucher' } })
    expect(soundOf(SCANNING, { ...SCANNING })).toEqual(silent)
  })

  test('naming the own part only where the centre has named it', () => {
    const uploading: Audible = { ...PAYING, step: 'uploading', order: null }
    expect(soundOf(uploading, PAYING).sentence).toEqual({ say: 'total', amountFen: fen(12_345) })
    const order = anOrder({ state: 'uploaded', amounts: { ...NO_AMOUNTS, ownPayFen: fen(2345) } })
    expect(soundOf(uploading, { ...PAYING, order }).sentence).toEqual({ say: 'pay', amountFen: fen(2345) })
  })
})

describe('the counter is silent', () => {
  test('when nothing of it changed', () => {
    for (const same of [SCANNING, PAYING, SETTLED]) expect(soundOf(same, { ...same })).toEqual(silent)
  })

  test('when an order that was settled before is opened and read', () => {
    const opened: Audible = { ...SCANNING, isRead: false }
    expect(soundOf(opened, SETTLED)).toEqual(silent)
    expect(soundOf({ ...PAYING, medOrgOrd: 'MZ2' }, SETTLED)).toEqual(silent)
  })
})
