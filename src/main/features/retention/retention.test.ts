import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Store } from '#main/store/store.ts'
import { TaskBoard } from '#main/tasks/task-board.ts'
import { eventually } from '#test/support/eventually.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { oldFiles } from './old-files.ts'
import { Retention } from './retention.ts'

const DAY_MS = 24 * 60 * 60_000
const NOW_MS = Date.parse('2026-11-24T08:00:00+08:00')
const OLD_HASH = 'a'.repeat(64)
const NEW_HASH = 'b'.repeat(64)

/** Files of bills and exports, some from 100 days ago. */
function world() {
  const dir = tempDir()
  const folders = { bills: join(dir, 'bills'), exports: join(dir, 'exports') }
  for (const folder of Object.values(folders)) mkdirSync(folder)
  const put = (folder: keyof typeof folders, name: string, daysAgo: number) => {
    const path = join(folders[folder], name)
    writeFileSync(path, '')
    const atSeconds = (NOW_MS - daysAgo * DAY_MS) / 1000
    utimesSync(path, atSeconds, atSeconds)
    return path
  }
  const rowsOf = (hash: string) => `2026-08-16-ALL-${hash.slice(0, 16)}-00112233.rows`
  return {
    old: [
      // Looked at today, so made anew today: as old as its raw file all the same.
      put('bills', rowsOf(OLD_HASH), 0),
      put('bills', `${OLD_HASH}.raw`, 100),
      put('exports', 'orders-20260816.csv', 100),
    ],
    kept: [
      put('bills', `${NEW_HASH}.raw`, 10),
      put('bills', rowsOf(NEW_HASH), 10),
      put('exports', 'orders-20261114.csv', 10),
      put('exports', 'notes.txt', 100),
    ],
    rules: (billDays: number, exportDays: number) => ({
      bills: { folder: folders.bills, days: billDays },
      exports: { folder: folders.exports, days: exportDays },
    }),
  }
}

const NOBODY = { personalData: { hasOlder: () => false } } as unknown as Store

function retention(files: ReturnType<ReturnType<typeof world>['rules']>) {
  const clock = { now: () => NOW_MS }
  const tasks = new TaskBoard(clock, () => undefined, raise)
  const timers = { monotonicMs: () => 0, after: () => () => undefined, every: () => () => undefined }
  return { tasks, retention: new Retention({ store: NOBODY, tasks, clock, timers, personalDays: 0, files }) }
}

function raise(error: unknown): never {
  throw error
}

describe('files that hold persons', () => {
  it('go when they are older than they are to be kept, bills with their rows, and nothing else', async () => {
    const { old, kept, rules } = world()
    const { tasks, retention: cleaner } = retention(rules(60, 60))
    cleaner.look()
    await eventually(() => expect(tasks.list()).toMatchObject([{ state: 'done', words: '清除了 3 个过期文件' }]))
    expect(old.filter(existsSync)).toEqual([])
    expect(kept.filter(existsSync)).toEqual(kept)
  })

  it('stay when the settings say so; control: the rule of each kind is its own', () => {
    const { old, rules } = world()
    expect(oldFiles(rules(0, 0), NOW_MS)).toEqual([])
    expect(oldFiles(rules(365, 365), NOW_MS)).toEqual([])
    expect(oldFiles(rules(60, 0), NOW_MS).map((path) => basename(path))).toEqual(
      old.slice(0, 2).map((path) => basename(path)),
    )
    expect(oldFiles(rules(0, 60), NOW_MS)).toEqual(old.slice(2))
  })

  it('cancelled in the middle, what is left goes next time', async () => {
    const { old, rules } = world()
    const { tasks, retention: cleaner } = retention(rules(60, 60))
    cleaner.look()
    tasks.cancel(tasks.list()[0]?.id ?? '')
    await eventually(() => expect(tasks.list()[0]?.state).toBe('cancelled'))
    expect(old.filter(existsSync).length).toBeGreaterThan(0)
    cleaner.look()
    await eventually(() => expect(tasks.isRunning('retention')).toBe(false))
    expect(old.filter(existsSync)).toEqual([])
  })

  it('rows whose raw file is gone go with it', () => {
    const { kept, rules } = world()
    writeFileSync(join(rules(60, 0).bills.folder, `2026-08-17-ALL-${'c'.repeat(16)}-00112233.rows`), '')
    const names = oldFiles(rules(60, 0), NOW_MS).map((path) => basename(path))
    expect(names).toContain(`2026-08-17-ALL-${'c'.repeat(16)}-00112233.rows`)
    for (const path of kept) expect(names).not.toContain(basename(path))
  })
})
