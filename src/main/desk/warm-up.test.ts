import { describe, expect, it, vi } from 'vitest'
import { nameInitials } from '#main/store/name-initials.ts'
import { warmUpSoon } from './warm-up.ts'

vi.mock(import('#main/store/name-initials.ts'), () => ({ nameInitials: vi.fn(() => '') }))

function timers() {
  const waiting: (() => void)[] = []
  const after = (_ms: number, run: () => void) => {
    waiting.push(run)
    return () => void waiting.splice(waiting.indexOf(run), 1)
  }
  return { monotonicMs: () => 0, after, every: () => () => undefined, waiting }
}

describe('warming up', () => {
  it('reads a name before any patient has one, and not while the desk starts', () => {
    const world = timers()
    warmUpSoon(world)
    expect(nameInitials).not.toHaveBeenCalled()
    for (const run of world.waiting) run()
    expect(nameInitials).toHaveBeenCalledOnce()
  })

  it('is called off by a desk that closes', () => {
    const world = timers()
    warmUpSoon(world)()
    expect(world.waiting).toEqual([])
  })
})
