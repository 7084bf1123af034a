import { afterEach, expect, it, vi } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { askEarly } from './early-call.ts'
import type { RpcClient } from './rpc-client.ts'
import { DISCONNECTED } from './transport.ts'

const NOTHING_PENDING = { charges: [], asOfMs: 1, live: true }

afterEach(() => void vi.useRealTimers())

/** A main process that gives these answers in turn, and what it was asked. */
function clientOf(...answers: readonly unknown[]) {
  const asked: string[] = []
  const call = async (name: string, input: unknown) => {
    asked.push(`${name} ${JSON.stringify(input)}`)
    return answers[asked.length - 1] ?? ok(NOTHING_PENDING)
  }
  const client = { call } as unknown as RpcClient
  return { client, asked }
}

it('asks at once, and the first call of the same kind takes that answer over', async () => {
  const early = ok({ ...NOTHING_PENDING, asOfMs: 7 })
  const { client, asked } = clientOf(early)
  const prepared = askEarly(client, 'charges.search', {})
  expect(asked).toEqual(['charges.search {}'])
  expect(await prepared.call('charges.search', {})).toEqual(early)
  expect(asked).toHaveLength(1)
  expect(await prepared.call('charges.search', {})).toEqual(ok(NOTHING_PENDING))
  expect(asked).toHaveLength(2)
})

it('leaves every other call as it is', async () => {
  const { client, asked } = clientOf()
  const prepared = askEarly(client, 'charges.search', {})
  await prepared.call('charges.search', { text: '李' })
  await prepared.call('health.get', {})
  expect(asked).toEqual(['charges.search {}', 'charges.search {"text":"李"}', 'health.get {}'])
})

it('asks anew when the early call failed: the window may have been locked then', async () => {
  const { client, asked } = clientOf(err(DISCONNECTED))
  const prepared = askEarly(client, 'charges.search', {})
  expect(await prepared.call('charges.search', {})).toEqual(ok(NOTHING_PENDING))
  expect(asked).toHaveLength(2)
})

it('asks anew when the first call comes late: what was pending then is not what is pending now', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const { client, asked } = clientOf()
  const prepared = askEarly(client, 'charges.search', {})
  vi.advanceTimersByTime(1001)
  await prepared.call('charges.search', {})
  expect(asked).toHaveLength(2)
})
