import { describe, expect, test } from 'vitest'
import { EventBus } from '#main/rpc/event-bus.ts'
import { hashPin } from './pin-hash.ts'
import { WindowLock } from './window-lock.ts'

const CONTEXT = { operator: { name: '值班收费员', permissions: new Set<never>() } }

function lockWith(pinHash: string) {
  const clock = { nowMs: 1_000 }
  const events = new EventBus()
  const told: boolean[] = []
  events.subscribe((event) => event.name === 'lock.changed' && told.push(event.payload.locked))
  const lock = new WindowLock({ clock: { now: () => clock.nowMs }, events, pinHash: () => pinHash })
  const handlers = lock.handlers()
  return {
    lock,
    clock,
    told,
    close: () => handlers['window.lock']({}, CONTEXT),
    open: (pin?: string) => handlers['window.unlock'](pin === undefined ? {} : { pin }, CONTEXT),
  }
}

describe('the lock of the window', () => {
  test('without a PIN opens to any confirming key, and tells every window once', async () => {
    const { lock, told, close, open } = lockWith('')
    expect(lock.isLocked).toBe(false)
    close()
    close()
    expect(lock.isLocked).toBe(true)
    expect(await open()).toEqual({ ok: true, value: { locked: false, needsPin: false } })
    expect(told).toEqual([true, false])
  })

  test('with a PIN is locked from the start, and opens to that PIN only', async () => {
    const { lock, open } = lockWith(hashPin('4711'))
    expect(lock.isLocked).toBe(true)
    for (const wrong of [undefined, '', '4712', '47110']) {
      expect(await open(wrong)).toMatchObject({ ok: false, error: { code: 'PIN_WRONG' } })
    }
    expect(lock.isLocked).toBe(true)
    expect(await open('4711')).toMatchObject({ ok: true })
    expect(lock.isLocked).toBe(false)
  })

  test('looks at no PIN for half a minute after five wrong ones', async () => {
    const { lock, clock, open } = lockWith(hashPin('4711'))
    for (let tried = 0; tried < 5; tried += 1) await open('0000')
    expect(await open('4711')).toMatchObject({ ok: false, error: { message: '请 30 秒后再试' } })
    clock.nowMs += 30_000
    expect(await open('4711')).toMatchObject({ ok: true })
    expect(lock.isLocked).toBe(false)
  })
})
