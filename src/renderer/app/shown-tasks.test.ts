import { expect, it } from 'vitest'
import type { Task } from '#shared/contract/tasks.ts'
import { shownTasks } from './shown-tasks.ts'

function aTask(kind: Task['kind'], state: Task['state'], words: string | null = null): Task {
  return { id: `${kind}-${state}`, kind, state, done: 1, total: 2, startedAtMs: 0, endedAtMs: null, words }
}

const TASKS = [
  aTask('orderExport', 'running'),
  aTask('orderExport', 'done', '已导出'),
  aTask('backup', 'running'),
  aTask('backup', 'failed', '备份没有成功'),
  aTask('archive', 'done', '已整理'),
  aTask('billImport', 'done'),
]
const shown = (atCounter: boolean, ...read: string[]) =>
  shownTasks(TASKS, { atCounter, read: new Set(read) }).map(({ id }) => id)

it('keeps the work of the desk itself away from the counter', () => {
  expect(shown(true)).toEqual(['orderExport-running', 'orderExport-done'])
})

it('shows it everywhere else while it runs, and where it failed', () => {
  expect(shown(false)).toEqual(['orderExport-running', 'orderExport-done', 'backup-running', 'backup-failed'])
})

it('is rid of what was read', () => {
  expect(shown(false, 'orderExport-done', 'backup-failed')).toEqual(['orderExport-running', 'backup-running'])
})
