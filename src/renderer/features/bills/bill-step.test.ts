import { expect, test } from 'vitest'
import { billStep } from './bill-step.ts'

const DAY = { billDate: '2026-01-05', billType: 'ALL' } as const
const ASKED = { ...DAY, bill: { status: 'idle' }, downloading: false, failure: null } as const
const opened = (balances: boolean) => ({ status: 'ready', value: { ...DAY, comparison: { balances } } }) as const

test('a day is asked for, fetched, and then either looked into row by row or done', () => {
  expect(billStep(ASKED)).toBe('ask')
  expect(billStep({ ...ASKED, downloading: true })).toBe('downloading')
  expect(billStep({ ...ASKED, bill: opened(false) })).toBe('differs')
  expect(billStep({ ...ASKED, bill: opened(true) })).toBe('balances')
})

test('what was asked for goes before what is open: another day, another kind, none, a failure', () => {
  const balanced = { ...ASKED, bill: opened(true) }
  expect(billStep({ ...balanced, billDate: '2026-01-06' })).toBe('ask')
  expect(billStep({ ...balanced, billType: 'REFUND' })).toBe('ask')
  expect(billStep({ ...balanced, billDate: '' })).toBe('wrongDay')
  expect(billStep({ ...balanced, failure: { code: 'BILL_BLOCKED', message: 'x' } })).toBe('failed')
})
