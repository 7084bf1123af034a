import { describe, expect, test } from 'vitest'
import { displayContentSchema } from '#shared/contract/display.ts'
import type { Order } from '#shared/contract/orders.ts'
import { fen, ZERO_FEN } from '#shared/domain/money.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'
import { aCharge, anOrder, NOW_MS } from '#test/support/window-fixtures.ts'
import { IDLE } from '../../lib/remote.ts'
import { COUNTER_STEPS, type CounterStep } from '../../ui/words/counter.ts'
import { displayContent } from './display-content.ts'

const CHARGE = { status: 'ready', value: aCharge() } as const
const MINUTE = 60_000
const shown = (step: CounterStep, order: Order | null = null, nowMs = NOW_MS) =>
  displayContent({ charge: CHARGE, order }, step, nowMs)
const stepShown = (...asked: Parameters<typeof shown>) => {
  const content = shown(...asked)
  return content.kind === 'payment' ? content.step : null
}
const PAYING = anOrder({
  state: 'uploaded',
  cashierUrl: 'https://centre.example/pay?x=1',
  uploadedAtMs: NOW_MS,
  payUntilMs: NOW_MS + 5 * MINUTE,
})

describe('the display follows the counter', () => {
  test('from the scan to the code', () => {
    expect(stepShown('scan')).toBe('voucher')
    expect(stepShown('confirm')).toBe('hold')
    expect(stepShown('uploading')).toBe('hold')
    expect(shown('paying', PAYING)).toMatchObject({
      step: 'pay',
      shownName: '测*甲',
      split: { totalFen: 12_345, ownPayFen: null },
      payCode: { url: PAYING.cashierUrl, fromMs: NOW_MS, untilMs: NOW_MS + 5 * MINUTE },
    })
  })

  test('calls parts that nothing has proved a forecast', () => {
    const amounts = { ...NO_AMOUNTS, fundFen: fen(10_000), ownPayFen: fen(2345) }
    expect(shown('paying', { ...PAYING, amounts })).toMatchObject({ split: { ownPayFen: 2345, isForecast: true } })
    const settled = anOrder({ state: 'settled', amounts, amountsFrom: 'callback', settledAtMs: NOW_MS })
    expect(shown('settled', settled)).toMatchObject({ split: { ownPayFen: 2345, isForecast: false } })
  })

  test('with nothing that its message cannot hold, at every step', () => {
    for (const step of COUNTER_STEPS) {
      expect(displayContentSchema.parse(shown(step, PAYING)), step).toEqual(shown(step, PAYING))
    }
  })

  test('draws no code that is not a web page, and none once it has done its work', () => {
    expect(shown('paying', { ...PAYING, cashierUrl: 'javascript:alert(1)' })).toMatchObject({ payCode: null })
    expect(shown('expired', PAYING)).toMatchObject({ step: 'expired', payCode: null })
  })
})

describe('the display is idle', () => {
  test('while nobody is served, and until the charge is read', () => {
    expect(shown('choose')).toEqual({ kind: 'idle' })
    expect(displayContent({ charge: IDLE, order: null }, 'scan', NOW_MS)).toEqual({ kind: 'idle' })
  })

  test('a minute after the result, so that the next in the queue does not read it', () => {
    const settled = anOrder({ state: 'settled', settledAtMs: NOW_MS })
    expect(stepShown('settled', settled, NOW_MS + MINUTE - 1)).toBe('paid')
    expect(shown('settled', settled, NOW_MS + MINUTE)).toEqual({ kind: 'idle' })
  })

  test('when the desk looks up an order whose patient is long gone', () => {
    const attention = { reason: 'halfSettled', sinceMs: NOW_MS, detail: null } as const
    const half = anOrder({ state: 'partlySettled', uploadedAtMs: NOW_MS, attention })
    expect(stepShown('half', half, NOW_MS + MINUTE)).toBe('partlyPaid')
    expect(stepShown('review', half, NOW_MS + MINUTE)).toBe('checking')
    expect(shown('half', half, NOW_MS + 30 * MINUTE)).toEqual({ kind: 'idle' })
    const refunded = anOrder({ state: 'refunded', uploadedAtMs: NOW_MS })
    expect(shown('review', refunded)).toEqual({ kind: 'idle' })
  })
})

test('an amount of nothing is an amount', () => {
  const amounts = { ...NO_AMOUNTS, fundFen: fen(12_345), accountFen: ZERO_FEN, ownPayFen: ZERO_FEN }
  const settled = anOrder({ state: 'settled', amounts, amountsFrom: 'query', settledAtMs: NOW_MS })
  expect(shown('settled', settled)).toMatchObject({ split: { ownPayFen: 0, accountFen: 0 } })
})
