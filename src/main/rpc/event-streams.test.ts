import { ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { AppEvent } from '#shared/contract/events.ts'
import type { CallContext } from './dispatcher.ts'
import { EventBus } from './event-bus.ts'
import { EventStreams } from './event-streams.ts'

const DESK = (): CallContext => ({ operator: { name: '值班', permissions: new Set(['view']) } })
const NOBODY = (): CallContext => ({ operator: { name: '', permissions: new Set() } })

function world() {
  vi.useFakeTimers()
  const events = new EventBus()
  const streams = new EventStreams(events, 60_000)
  onTestFinished(() => {
    streams.close()
    vi.useRealTimers()
  })
  const listen = (context = DESK) => {
    const written: string[] = []
    const stream = new ServerResponse<never>({ method: 'GET' } as never)
    stream.write = (text: string) => written.push(text) > 0
    streams.add(stream, context)
    written.length = 0
    return written
  }
  return { events, streams, listen }
}

function locked(isLocked: boolean): AppEvent {
  return { name: 'lock.changed', payload: { locked: isLocked, needsPin: false } }
}

describe('the events of one moment', () => {
  it('are written together and in their order, a little later', () => {
    const { events, listen } = world()
    const written = listen()
    events.publish(locked(true))
    events.publish(locked(false))
    expect(written).toEqual([])
    vi.advanceTimersByTime(5)
    expect(written).toHaveLength(1)
    expect(written[0]?.match(/"locked":\w+/g)).toEqual(['"locked":true', '"locked":false'])
    vi.advanceTimersByTime(50)
    expect(written).toHaveLength(1)
  })

  it('are written before an answer that does not wait', () => {
    const { events, streams, listen } = world()
    const written = listen()
    events.publish(locked(true))
    streams.sendGathered()
    expect(written).toHaveLength(1)
    vi.advanceTimersByTime(50)
    expect(written).toHaveLength(1)
  })

  it('are not lost when the host closes', () => {
    const { events, streams, listen } = world()
    const written = listen()
    events.publish(locked(true))
    streams.close()
    expect(written).toHaveLength(1)
  })

  it('go to those alone who may hear them', () => {
    const { events, streams, listen } = world()
    const [desk, nobody] = [listen(), listen(NOBODY)]
    events.publish(locked(true))
    streams.sendGathered()
    expect(desk).toHaveLength(1)
    expect(nobody).toEqual([])
  })
})
