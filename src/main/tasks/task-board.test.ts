import { describe, expect, it } from 'vitest'
import type { Task } from '#shared/contract/tasks.ts'
import { eventually } from '#test/support/eventually.ts'
import { TaskBoard, type TaskEnd, type TaskHandle } from './task-board.ts'

function board() {
  const clock = { nowMs: 1_000, now: () => clock.nowMs }
  const told: Task[] = []
  const bugs: unknown[] = []
  return {
    clock,
    told,
    bugs,
    board: new TaskBoard(
      clock,
      (task) => told.push(task),
      (error) => bugs.push(error),
    ),
  }
}

/** Work that ends when it is told to. */
function workUnderWay() {
  const { promise, resolve, reject } = Promise.withResolvers<TaskEnd>()
  const seen: { handle?: TaskHandle } = {}
  const work = (handle: TaskHandle) => {
    seen.handle = handle
    handle.signal.addEventListener('abort', () => resolve({ state: 'cancelled', words: '已取消' }))
    return promise
  }
  return { work, seen, resolve, reject }
}

describe('the board of long work', () => {
  it('tells the beginning, how far it is, and the end', async () => {
    const { board: tasks, told, clock } = board()
    const { work, seen, resolve } = workUnderWay()
    const { id } = tasks.start('orderExport', work)
    clock.nowMs += 1_000
    seen.handle?.progress(5, 10)
    resolve({ state: 'done', words: '导出了 10 笔' })
    await eventually(() => expect(tasks.isRunning('orderExport')).toBe(false))
    expect(told).toMatchObject([
      { id, state: 'running', done: 0, total: null, words: null },
      { id, state: 'running', done: 5, total: 10 },
      { id, state: 'done', done: 5, words: '导出了 10 笔', endedAtMs: 2_000 },
    ])
  })

  it('does not tell every step, and forgets none', () => {
    const { board: tasks, told } = board()
    const { work, seen } = workUnderWay()
    tasks.start('retention', work)
    for (let done = 1; done <= 100; done += 1) seen.handle?.progress(done, 100)
    expect(told).toHaveLength(1)
    expect(tasks.list()[0]?.done).toBe(100)
  })

  it('stops what is cancelled, once', async () => {
    const { board: tasks, told } = board()
    const { id } = tasks.start('retention', workUnderWay().work)
    expect(tasks.cancel(id)).toBe(true)
    await eventually(() => expect(told.at(-1)?.state).toBe('cancelled'))
    expect(tasks.cancel(id)).toBe(false)
    expect(tasks.cancel('nobody')).toBe(false)
  })

  it('stops everything when the desk closes, and waits for it', async () => {
    const { board: tasks, told } = board()
    tasks.start('retention', workUnderWay().work)
    await tasks.close()
    expect(told.at(-1)?.state).toBe('cancelled')
  })

  it('reports a bug and says only that there was one', async () => {
    const { board: tasks, told, bugs } = board()
    const { work, reject } = workUnderWay()
    tasks.start('orderExport', work)
    reject(new Error('secret'))
    await eventually(() => expect(told.at(-1)).toMatchObject({ state: 'failed', words: '程序内部错误' }))
    expect(bugs).toHaveLength(1)
  })
})
