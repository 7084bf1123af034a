import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemTimers } from '#main/desk/system-timers.ts'
import { openStore } from '#main/store/store.ts'
import { TaskBoard } from '#main/tasks/task-board.ts'
import { A_CHARGE } from '#test/support/an-order.ts'
import { eventually } from '#test/support/eventually.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { Folding, QUIET_DAYS } from './folding.ts'

const DAY_MS = 24 * 60 * 60_000

/** Orders that were made and never uploaded, the last of them just now. */
function world(quiet: number) {
  const clock = { nowMs: DAY_MS, now: () => clock.nowMs }
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  const bugs: unknown[] = []
  const tasks = new TaskBoard(
    clock,
    () => undefined,
    (error) => bugs.push(error),
  )
  const folding = new Folding({ store, tasks, clock, timers: systemTimers })
  onTestFinished(async () => {
    await tasks.close()
    store.close()
  })
  const numbers = Array.from({ length: quiet }, (_, index) => `MZ${index}`)
  for (const number of numbers) store.book.open(number, A_CHARGE)
  clock.nowMs += QUIET_DAYS * DAY_MS + 1
  store.book.open('young', A_CHARGE)
  const isFolded = (number: string) => store.transaction(() => store.folds.unfold(number))
  const ended = () => eventually(() => expect(tasks.isRunning('archive')).toBe(false))
  return { store, tasks, folding, clock, numbers, isFolded, ended, bugs }
}

describe('folding in the background', () => {
  it('folds everything that has been quiet, and nothing that is young', async () => {
    const { tasks, folding, numbers, isFolded, ended, bugs } = world(5)
    folding.look()
    await ended()
    expect(tasks.list()).toMatchObject([{ kind: 'archive', state: 'done', done: 5 }])
    expect(numbers.map(isFolded)).toEqual([true, true, true, true, true])
    expect(isFolded('young')).toBe(false)
    expect(bugs).toEqual([])
  })

  it('passes by what waits for something, and ends', async () => {
    const { store, tasks, folding, isFolded, ended } = world(4)
    for (const number of ['MZ0', 'MZ1', 'MZ2']) {
      const waiting = {
        medOrgOrd: number,
        resultId: number,
        resultType: 'settlement',
        contentKey: '',
        body: '{}',
        callbackId: null,
      } as const
      store.outbox.add(waiting, 1)
    }
    folding.look()
    await ended()
    expect(tasks.list()).toMatchObject([{ state: 'done', done: 1 }])
    expect(['MZ0', 'MZ1', 'MZ2', 'MZ3'].map(isFolded)).toEqual([false, false, false, true])
  })

  it('stops when it is asked to, and goes on where it was', async () => {
    const { tasks, folding, numbers, isFolded, ended } = world(6)
    folding.look()
    tasks.cancel(tasks.list()[0]?.id ?? '')
    await ended()
    expect(tasks.list()).toMatchObject([{ state: 'cancelled', words: '已停下，下次接着整理' }])
    folding.look()
    await ended()
    expect(numbers.filter(isFolded)).toEqual(numbers)
  })

  it('begins nothing where nothing is quiet', () => {
    const { tasks, folding } = world(0)
    folding.look()
    expect(tasks.list()).toEqual([])
  })
})
