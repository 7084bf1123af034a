import { describe, expect, test } from 'vitest'
import { TIMELINE_KINDS } from '#shared/contract/orders.ts'
import { shippedNames } from '#shared/domain/dictionaries.ts'
import { ERROR_CODES } from '#shared/domain/error-codes.ts'
import { LISTED_ORD_STAS, ORDER_STATES } from '#shared/domain/order-status.ts'
import { ATTENTION_REASONS } from '#shared/domain/order-view.ts'
import { LOCAL_ERROR_CODES } from '../../lib/transport.ts'
import { ATTENTION_WORDS } from './attention.ts'
import { BLOCKED_WORDS, COUNTER_STEPS, FEE_CHANGED_WORDS, STEP_WORDS } from './counter.ts'
import { ERROR_WORDS, GROUP_WORDS, groupOf } from './errors.ts'
import { NOTICE_STEP_WORDS, NOTICE_STEPS } from './notices.ts'
import { ORD_STAS_WORDS } from './ord-stas.ts'
import { NO_ORDER_OPEN } from './orders.ts'
import { REFUND_BLOCKED, REFUND_LACK_NEXT, REFUND_LACKS, REFUND_STEP_WORDS, REFUND_STEPS } from './refunds.ts'
import { STATE_WORDS } from './states.ts'
import { TIMELINE_WORDS } from './timeline.ts'
import type { Words } from './words.ts'

const codes = [...ERROR_CODES, ...LOCAL_ERROR_CODES]

const every: readonly (readonly [string, Words | undefined])[] = [
  ...ORDER_STATES.map((state) => [`state ${state}`, STATE_WORDS[state]] as const),
  ...ATTENTION_REASONS.map((reason) => [`attention ${reason}`, ATTENTION_WORDS[reason]] as const),
  ...codes.map((code) => [code, ERROR_WORDS[code]] as const),
  ...LISTED_ORD_STAS.map((code) => [`ordStas ${code}`, ORD_STAS_WORDS[code]] as const),
]

/** Types make a missing entry a compile error where the keys are a type; these hold what types cannot. */
describe('words', () => {
  test.each(every)('of %s are four, said in whole and in Chinese', (_key, words) => {
    expect(Object.keys(words ?? {}).filter((key) => key !== 'tone')).toEqual(['name', 'patient', 'cashier', 'it'])
    for (const text of [words?.name, words?.patient, words?.cashier, words?.it]) {
      expect(text).toMatch(/\p{Script=Han}/u)
      expect(text).not.toMatch(/TODO|TBD|xxx|lorem|待补|占位|[{}<>]|^\s|\s$/iu)
    }
  })

  test.each(every)('to the patient of %s are short, and hold no English, code or key', (_key, words) => {
    expect([...(words?.patient ?? '')].length).toBeLessThanOrEqual(12)
    expect(words?.patient).not.toMatch(/[A-Za-z0-9]/)
  })

  test('to the patient at every step of a payment, a refund and a notice are as short', () => {
    const said = [
      ...COUNTER_STEPS.flatMap((step) => STEP_WORDS[step].patient ?? []),
      ...REFUND_STEPS.map((step) => REFUND_STEP_WORDS[step].patient),
      ...REFUND_LACKS.flatMap((lack) => REFUND_LACK_NEXT[lack].patient ?? []),
      ...NOTICE_STEPS.map((step) => NOTICE_STEP_WORDS[step].patient),
      REFUND_BLOCKED.patient,
      NO_ORDER_OPEN.patient,
      FEE_CHANGED_WORDS.patient,
      BLOCKED_WORDS.patient,
    ]
    expect(said.filter((words) => words.length === 0 || [...words].length > 12 || /[A-Za-z0-9]/.test(words))).toEqual(
      [],
    )
  })

  test('of every status code are there under the name that the dictionary ships', () => {
    expect(Object.keys(ORD_STAS_WORDS).toSorted()).toEqual(Object.keys(shippedNames('ordStas')).toSorted())
  })

  test('of every event of a history are there', () => {
    for (const kind of TIMELINE_KINDS) {
      expect(TIMELINE_WORDS[kind].name).not.toBe('')
      expect(TIMELINE_WORDS[kind].it).not.toBe('')
    }
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
