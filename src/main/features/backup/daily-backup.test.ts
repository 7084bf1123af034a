import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { backupName, listBackups } from '#main/store/backup/backup-files.ts'
import { TaskBoard } from '#main/tasks/task-board.ts'
import { CANCELLED } from '#main/worker/job.ts'
import type { JobOptions, JobRunner } from '#main/worker/job-runner.ts'
import { err, ok } from '#shared/domain/result.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { type BackupNote, DailyBackup } from './daily-backup.ts'

const HOUR_MS = 60 * 60_000
const MORNING_MS = Date.parse('2026-03-18T08:00:00+08:00')

/** A worker that makes empty files, or does not. */
function world() {
  const folder = join(tempDir(), 'backups')
  mkdirSync(folder)
  let nowMs = MORNING_MS
  let full = false
  const notes: BackupNote[] = []
  const covered: string[] = []
  const run = async (_name: string, input: { readonly fileName: string }, { signal }: JobOptions) => {
    await nextTurn()
    if (signal?.aborted) return err(CANCELLED)
    if (full) return err({ reason: 'failed', words: '磁盘已满' })
    const file = join(folder, input.fileName)
    writeFileSync(file, '')
    return ok({ file, bytes: 0, facts: { schemaVersion: 1, orders: 0, operations: 0, callbacks: 0 } })
  }
  const tasks = new TaskBoard({ now: () => nowMs }, () => undefined, raise)
  const daily = new DailyBackup({
    tasks,
    jobs: { run } as unknown as JobRunner,
    clock: { now: () => nowMs },
    timers: { monotonicMs: () => nowMs, after: () => () => undefined, every: () => () => undefined },
    database: { path: 'cashier.db' },
    environment: 'test',
    folder,
    keepDays: 14,
    onNote: (note) => notes.push(note),
    onCovered: (day) => covered.push(day),
  })
  return {
    daily,
    tasks,
    folder,
    covered,
    lastNote: () => notes.at(-1),
    stamps: () => listBackups(folder, 'test').map(({ stamp }) => stamp),
    pass: (ms: number) => (nowMs += ms),
    fill: (isFull: boolean) => (full = isFull),
  }
}

function raise(error: unknown): never {
  throw error
}

describe('the daily backup', () => {
  it('is made once a day', async () => {
    const { daily, stamps, pass, lastNote, covered } = world()
    await daily.look()
    pass(HOUR_MS)
    await daily.look()
    expect(stamps()).toEqual(['20260318-080000'])
    expect(lastNote()).toEqual({ ok: true, words: '上次备份 2026-03-18 08:00，已核对' })
    pass(24 * HOUR_MS)
    await daily.look()
    expect(stamps()).toEqual(['20260319-090000', '20260318-080000'])
    // One backup alone may be damaged later: the copy goes on from the day of the one before.
    expect(covered).toEqual(['20260318'])
  })

  it('that was missed is made up at the next start, however long the desk was off', async () => {
    const { daily, folder, stamps } = world()
    writeFileSync(join(folder, backupName('test', MORNING_MS - 10 * 24 * HOUR_MS)), '')
    await daily.look()
    expect(stamps()).toHaveLength(2)
  })

  it('that failed is said with its reason and tried again, not at every look', async () => {
    const { daily, stamps, pass, fill, lastNote } = world()
    fill(true)
    await daily.look()
    expect(lastNote()).toEqual({ ok: false, words: '备份没有成功：磁盘已满' })
    fill(false)
    await daily.look()
    expect(stamps()).toEqual([])
    pass(HOUR_MS)
    await daily.look()
    expect(stamps()).toHaveLength(1)
    expect(lastNote()?.ok).toBe(true)
  })

  it('is a task that says nothing where all went well, and why where not', async () => {
    const { daily, tasks, pass, fill } = world()
    fill(true)
    await daily.look()
    expect(tasks.list()).toMatchObject([{ kind: 'backup', state: 'failed', words: '备份没有成功：磁盘已满' }])
    fill(false)
    pass(HOUR_MS)
    await daily.look()
    expect(tasks.list().at(-1)).toMatchObject({ kind: 'backup', state: 'done', words: null })
  })

  it('that was cancelled waits as long as one in vain', async () => {
    const { daily, tasks, stamps, pass, lastNote } = world()
    const making = daily.look()
    tasks.cancel(tasks.list()[0]?.id ?? '')
    await making
    expect(stamps()).toEqual([])
    expect(lastNote()).toEqual({ ok: false, words: '备份没有成功：已取消' })
    await daily.look()
    expect(tasks.list()).toHaveLength(1)
    pass(HOUR_MS)
    await daily.look()
    expect(stamps()).toHaveLength(1)
  })

  it('is made again on a day whose backup somebody removed', async () => {
    const { daily, folder, stamps, pass } = world()
    await daily.look()
    rmSync(folder, { recursive: true })
    mkdirSync(folder)
    pass(HOUR_MS)
    await daily.look()
    expect(stamps()).toHaveLength(1)
  })
})
