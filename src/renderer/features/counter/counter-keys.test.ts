import { describe, expect, test } from 'vitest'
import { anOrder, CHARGE_NO, NOW_MS } from '#test/support/window-fixtures.ts'
import { holdToken } from '../../lib/scanner/held-token.ts'
import { STEP_WORDS } from '../../ui/words/counter.ts'
import { type CounterFacts, counterStep } from './counter-flow.ts'
import { counterKeysOff } from './counter-keys.ts'

const TOKEN = holdToken('ecToken', '990101ec8pfd85o1f35635a8c000002f3d795f', { nowMs: NOW_MS, lifeMs: 300_000 })
const may = { upload: false, revoke: false, query: true }
const facts = (change: Partial<CounterFacts & { askingRevoke: boolean }> = {}) => ({
  medOrgOrd: CHARGE_NO,
  order: null,
  token: null,
  busy: null,
  askingRevoke: false,
  ...change,
})
const offOf = (given: ReturnType<typeof facts>, block: string | null = null) =>
  counterKeysOff(given, counterStep(given, NOW_MS), block)

describe('the keys of the counter', () => {
  test('do nothing to an order while no patient is chosen, and say so', () => {
    expect(new Set(Object.values(offOf(facts({ medOrgOrd: null }))))).toEqual(new Set(['还没有选定患者']))
  })

  test('upload only what was scanned, and only while something may be sent', () => {
    expect(offOf(facts()).upload).toBe('还没有扫码，请先扫患者的医保电子凭证')
    expect(offOf(facts({ token: TOKEN })).upload).toBeNull()
    expect(offOf(facts({ token: TOKEN }), '连不上支付中心').upload).toBe('连不上支付中心')
    expect(offOf(facts({ token: TOKEN, busy: 'upload' })).upload).toBe('正在等待答复')
  })

  test('send no money while an outcome is unknown, and say why', () => {
    const off = offOf(facts({ order: anOrder({ state: 'unknown', may }), token: TOKEN }))
    expect(off.upload).toBe('结果未知，请勿再次收费')
    expect(off.revoke).toBe('结果未知，先等查询结果')
    expect(off.query).toBeNull()
  })

  test('leave no payment that is under way, but always a question', () => {
    const order = anOrder({ state: 'uploaded', may: { ...may, revoke: true } })
    expect(offOf(facts({ order })).back).not.toBeNull()
    expect(offOf(facts({ order, askingRevoke: true })).back).toBeNull()
    expect(offOf(facts({ order: anOrder({ state: 'settled', may }) })).back).toBeNull()
  })

  test.each([
    ['confirm', facts({ token: TOKEN }), 'upload'],
    ['paying', facts({ order: anOrder({ state: 'paying', payUntilMs: NOW_MS + 1000, may }) }), 'query'],
    ['half', facts({ order: anOrder({ state: 'partlySettled', may }) }), 'query'],
    ['unknown', facts({ order: anOrder({ state: 'unknown', may }) }), 'query'],
    ['review', facts({ order: anOrder({ state: 'suspense', may }) }), 'query'],
  ] as const)('at %s: what the line below the card names as next acts', (step, given, key) => {
    expect(counterStep(given, NOW_MS)).toBe(step)
    expect(STEP_WORDS[step].next.key).toBe(key === 'upload' ? 'confirm' : key)
    expect(offOf(given)[key]).toBeNull()
  })
})
