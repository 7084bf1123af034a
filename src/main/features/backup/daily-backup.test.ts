import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { backupName, listBackups } from '#main/store/backup/backup-files.ts'
import type { JobRunner } from '#main/worker/job-runner.ts'
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
  const run = async (_name: string, input: { readonly fileName: string }) => {
    if (full) return err({ reason: 'failed', words: '磁盘已满' })
    const file = join(folder, input.fileName)
    writeFileSync(file, '')
    return ok({ file, bytes: 0, facts: { schemaVersion: 1, orders: 0, operations: 0, callbacks: 0 } })
  }
  const daily = new DailyBackup({
    jobs: { run } as unknown as JobRunner,
    clock: { now: () => nowMs },
    timers: { monotonicMs: () => nowMs, after: () => () => undefined, every: () => () => undefined },
    database: { path: 'cashier.db' },
    environment: 'test',
    folder,
    keepDays: 14,
    onNote: (note) => notes.push(note),
    onCovered: (day) => covered.push(day),
    report: (error) => {
      throw error
    },
  })
  return {
    daily,
    folder,
    covered,
    lastNote: () => notes.at(-1),
    stamps: () => listBackups(folder, 'test').map(({ stamp }) => stamp),
    pass: (ms: number) => (nowMs += ms),
    fill: (isFull: boolean) => (full = isFull),
  }
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
