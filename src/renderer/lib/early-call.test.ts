import { afterEach, expect, it, vi } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { askEarly } from './early-call.ts'
import { DISCONNECTED, type Transport } from './transport.ts'

const EARLY = ok({ ok: true, value: 'early' })
const LATER = ok({ ok: true, value: 'later' })
const REFUSED = ok({ ok: false, error: { code: 'INTERNAL', message: '' } })

afterEach(() => void vi.useRealTimers())

/** A main process that gives these answers in turn, what it was asked, and its events. */
function transportOf(...answers: Awaited<ReturnType<Transport['send']>>[]) {
  const asked: string[] = []
  const listeners = new Set<(event: unknown) => void>()
  const transport: Transport = {
    send: async (name, input) => {
      asked.push(`${name} ${JSON.stringify(input)}`)
      return answers[asked.length - 1] ?? LATER
    },
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onConnection: () => () => undefined,
    close: () => undefined,
  }
  return { transport, asked, listeners }
}

it('asks at once, and the first call of each name takes its answer over', async () => {
  const { transport, asked } = transportOf(EARLY, EARLY)
  const prepared = askEarly(transport, ['health.get', 'charges.search'])
  expect(asked).toEqual(['health.get {}', 'charges.search {}'])
  expect(await prepared.send('charges.search', {})).toBe(EARLY)
  expect(await prepared.send('health.get', {})).toBe(EARLY)
  expect(asked).toHaveLength(2)
  expect(await prepared.send('charges.search', {})).toBe(LATER)
  expect(asked).toHaveLength(3)
})

it('leaves every other call as it is', async () => {
  const { transport, asked } = transportOf(EARLY)
  const prepared = askEarly(transport, ['charges.search'])
  await prepared.send('charges.search', { text: '李' })
  await prepared.send('health.get', {})
  expect(asked).toEqual(['charges.search {}', 'charges.search {"text":"李"}', 'health.get {}'])
})

it.each([
  ['did not arrive', err(DISCONNECTED)],
  ['was refused', REFUSED],
])('asks anew when the early call %s', async (_what, answer) => {
  const { transport, asked } = transportOf(answer)
  const prepared = askEarly(transport, ['charges.search'])
  expect(await prepared.send('charges.search', {})).toBe(LATER)
  expect(asked).toHaveLength(2)
})

it('asks anew when the first call comes late: what was pending then is not what is pending now', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { transport } = transportOf(EARLY)
  const prepared = askEarly(transport, ['charges.search'])
  vi.advanceTimersByTime(3001)
  expect(await prepared.send('charges.search', {})).toBe(LATER)
})

it('asks anew what an event may have changed before anybody could hear it, and listens no longer', async () => {
  const { transport, listeners } = transportOf(EARLY, EARLY)
  const prepared = askEarly(transport, ['health.get', 'charges.search'])
  for (const listener of [...listeners]) listener({ name: 'health.changed' })
  expect(await prepared.send('health.get', {})).toBe(LATER)
  expect(listeners.size).toBe(0)
})

it('listens no longer once every answer is taken', async () => {
  const { transport, listeners } = transportOf(EARLY)
  const prepared = askEarly(transport, ['health.get'])
  expect(listeners.size).toBe(1)
  await prepared.send('health.get', {})
  expect(listeners.size).toBe(0)
})
