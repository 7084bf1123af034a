import { expect, test } from 'vitest'
import { EventBus } from '#main/rpc/event-bus.ts'
import { DISPLAY_LIFE_MS, type DisplayContent } from '#shared/contract/display.ts'
import { type SettingsInput, settingsSchema } from '#shared/contract/settings.ts'
import { fen } from '#shared/domain/money.ts'
import { DisplayBoard } from './display-board.ts'

const PAYMENT: DisplayContent = {
  kind: 'payment',
  step: 'voucher',
  shownName: '周*行',
  split: { totalFen: fen(1), fundFen: null, accountFen: null, ownPayFen: null, prepaidFen: null, isForecast: true },
  payCode: null,
}

/** A board whose time passes when the test says so. */
function boardWith(settings: Partial<SettingsInput> = {}) {
  const events = new EventBus()
  const told: string[] = []
  events.subscribe((event) => event.name === 'display.changed' && told.push(event.payload.content.kind))
  let isLocked = false
  let [nowMs, due] = [0, undefined as { atMs: number; run: () => void } | undefined]
  const board = new DisplayBoard({
    events,
    clock: { now: () => nowMs },
    timers: {
      monotonicMs: () => nowMs,
      after: (ms, run) => {
        const mine = { atMs: nowMs + ms, run }
        due = mine
        return () => {
          if (due === mine) due = undefined
        }
      },
      every: () => () => undefined,
    },
    isLocked: () => isLocked,
    settings: () => settingsSchema.parse({ environment: 'simulated', ...settings }),
  })
  const pass = (ms: number) => {
    nowMs += ms
    if (due !== undefined && due.atMs <= nowMs) due.run()
  }
  const lock = () => {
    isLocked = true
    events.publish({ name: 'lock.changed', payload: { locked: true, needsPin: true } })
  }
  return { board, told, pass, lock, shown: () => board.view().content }
}

test('what the counter shows stands as long as it is said again, and tells the display only when it changes', () => {
  const { board, told, pass, shown } = boardWith()
  for (let times = 0; times < 5; times += 1) {
    board.show(PAYMENT)
    pass(DISPLAY_LIFE_MS - 1)
  }
  expect(shown()).toEqual(PAYMENT)
  expect(told).toEqual(['payment'])
})

test('what is not said again is taken down, once', () => {
  const { board, told, pass, shown } = boardWith()
  board.show(PAYMENT)
  pass(DISPLAY_LIFE_MS)
  pass(DISPLAY_LIFE_MS)
  expect(shown()).toEqual({ kind: 'idle' })
  expect(told).toEqual(['payment', 'idle'])
})

test('new settings take it down and say who the desk is now', () => {
  const { board, told, shown } = boardWith({ desk: { name: '急诊 3 号窗' } })
  board.show(PAYMENT)
  board.begin()
  expect(shown()).toEqual({ kind: 'idle' })
  expect(told).toEqual(['payment', 'idle'])
  expect(board.view()).toMatchObject({ deskName: '急诊 3 号窗', environment: 'simulated' })
})

test('a locked desk takes it down at once, and puts nothing up', () => {
  const { board, told, lock, shown } = boardWith()
  board.show(PAYMENT)
  lock()
  board.show(PAYMENT)
  expect(shown()).toEqual({ kind: 'idle' })
  expect(told).toEqual(['payment', 'idle'])
})

test('a display that is switched off is shown nothing', () => {
  const { board, told, shown } = boardWith({ display: { enabled: 'off' } })
  board.show(PAYMENT)
  expect(shown()).toEqual({ kind: 'idle' })
  expect(told).toEqual([])
})
