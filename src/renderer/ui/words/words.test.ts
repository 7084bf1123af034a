import { describe, expect, test } from 'vitest'
import { TIMELINE_KINDS } from '#shared/contract/orders.ts'
import { ERROR_CODES } from '#shared/domain/error-codes.ts'
import { ORDER_STATES } from '#shared/domain/order-status.ts'
import { ATTENTION_REASONS } from '#shared/domain/order-view.ts'
import { LOCAL_ERROR_CODES } from '../../lib/transport.ts'
import { ATTENTION_WORDS } from './attention.ts'
import { COUNTER_STEPS, STEP_WORDS } from './counter.ts'
import { ERROR_WORDS, GROUP_WORDS, groupOf } from './errors.ts'
import { STATE_WORDS } from './states.ts'
import { TIMELINE_WORDS } from './timeline.ts'

const codes = [...ERROR_CODES, ...LOCAL_ERROR_CODES]

/** Types make a missing entry a compile error; these hold what types cannot. */
describe('words', () => {
  test('to the patient are at most 12 characters', () => {
    const said = [
      ...ORDER_STATES.map((state) => STATE_WORDS[state].patient),
      ...codes.map((code) => ERROR_WORDS[code].patient),
      ...ATTENTION_REASONS.map((reason) => ATTENTION_WORDS[reason].patient),
      ...COUNTER_STEPS.flatMap((step) => STEP_WORDS[step].patient ?? []),
    ]
    expect(said.filter((words) => words.length === 0 || [...words].length > 12)).toEqual([])
  })

  test('are there for every state, code, reason and event', () => {
    const all = [
      ...ORDER_STATES.map((state) => STATE_WORDS[state]),
      ...codes.map((code) => ERROR_WORDS[code]),
      ...ATTENTION_REASONS.map((reason) => ATTENTION_WORDS[reason]),
    ]
    for (const words of all) expect(Object.values(words).every((text) => text.length > 0)).toBe(true)
    for (const kind of TIMELINE_KINDS) expect(TIMELINE_WORDS[kind].name).not.toBe('')
  })

  test('call states by names that differ', () => {
    const names = ORDER_STATES.map((state) => STATE_WORDS[state].name)
    expect(new Set(names).size).toBe(names.length)
  })

  test('show green for a settled order and for no other state', () => {
    expect(ORDER_STATES.filter((state) => STATE_WORDS[state].tone === 'good')).toEqual(['settled'])
  })

  test('of an unknown outcome forbid a second charge and letting the patient go', () => {
    for (const words of [STATE_WORDS.unknown, ATTENTION_WORDS.outcomeUnknown]) {
      expect(words.cashier).toBe('结果未知，请勿再次收费，请勿让患者离开')
    }
  })

  test('of every failure say what to do next', () => {
    for (const code of codes) expect(GROUP_WORDS[groupOf(code)]).not.toBe('')
  })
})
