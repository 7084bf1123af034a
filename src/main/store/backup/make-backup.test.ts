import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createJobRunner, WORKER_SOURCE } from '#main/worker/job-runner.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { MIGRATIONS } from '../migrate.ts'
import { type Db, openDb } from '../open.ts'
import { backupName, listBackups, pruneBackups } from './backup-files.ts'
import { BACKUP_STEPS } from './backup-job.ts'
import { inspectBackup } from './inspect-backup.ts'
import { makeBackup } from './make-backup.ts'

const KEY = Buffer.alloc(32, 7)
const AT_MS = Date.parse('2026-03-18T08:01:02+08:00')

function world({ key }: { key?: Buffer } = {}) {
  const dir = tempDir()
  const path = join(dir, 'cashier.db')
  const db = opened(path, key)
  onTestFinished(() => {
    db.close()
  })
  const folder = join(dir, 'backups')
  const jobs = createJobRunner(WORKER_SOURCE)
  const backup = (signal?: AbortSignal) =>
    jobs.run(
      'backup',
      { source: path, key, folder, fileName: backupName('test', AT_MS) },
      signal === undefined ? {} : { signal },
    )
  return { db, path, folder, backup }
}

function opened(path: string, key?: Buffer): Db {
  const result = openDb({ path, key })
  if (!result.ok) throw new Error(result.error.words)
  return result.value
}

function addCharges(db: Db, count: number): void {
  const insert = db.prepare(`INSERT INTO charge VALUES (?, '990101', ?, 1)`)
  db.transaction(() => {
    for (let n = 0; n < count; n += 1) insert.run(`A${n}`, 'PERSON-OF-NOWHERE'.repeat(20))
  })()
}

describe('a backup', () => {
  it('is made by a worker while the database is in use, checked, and named only then', async () => {
    const { db, folder, backup } = world()
    addCharges(db, 10)
    const made = await backup()
    expect(made).toMatchObject({ ok: true, value: { facts: { schemaVersion: MIGRATIONS.length, orders: 0 } } })
    expect(readdirSync(folder)).toEqual(['cashier-test-20260318-080102.db'])
    const copy = opened(join(folder, 'cashier-test-20260318-080102.db'))
    expect(copy.prepare('SELECT count(*) FROM charge').pluck().get()).toBe(10)
    copy.close()
  })

  it('holds what was committed a moment ago and stands in the log only', async () => {
    const { db, path, backup } = world()
    db.pragma('wal_autocheckpoint = 0')
    addCharges(db, 1)
    expect(readFileSync(path).includes('PERSON-OF-NOWHERE')).toBe(false)
    const made = await backup()
    if (!made.ok) throw new Error(made.error.words)
    expect(readFileSync(made.value.file).includes('PERSON-OF-NOWHERE')).toBe(true)
  })

  it('is sealed with the key of the database', async () => {
    const { db, backup } = world({ key: KEY })
    addCharges(db, 10)
    const made = await backup()
    if (!made.ok) throw new Error(made.error.words)
    expect(readFileSync(made.value.file).includes('PERSON-OF-NOWHERE')).toBe(false)
    expect(inspectBackup({ path: made.value.file, key: KEY })).toMatchObject({ ok: true })
    expect(inspectBackup({ path: made.value.file, key: Buffer.alloc(32, 8) })).toMatchObject({ ok: false })
  })

  it('of a damaged database fails in words and leaves no file, neither whole nor half', async () => {
    const { db, path, folder, backup } = world()
    addCharges(db, 500)
    db.pragma('wal_checkpoint(TRUNCATE)')
    damage(path)
    const made = await backup()
    expect(made).toMatchObject({ ok: false, error: { reason: 'failed' } })
    expect(readdirSync(folder)).toEqual([])
  })

  it('that cannot be written fails in words', async () => {
    const { folder, backup } = world()
    writeFileSync(folder, 'a file where the folder should be')
    expect(await backup()).toMatchObject({ ok: false, error: { words: expect.stringContaining('备份文件夹') } })
  })

  it('takes away what a killed process left half done', async () => {
    const { folder, backup } = world()
    mkdirSync(folder)
    writeFileSync(join(folder, 'cashier-test-20260101-000000.db.part'), 'half')
    await backup()
    expect(readdirSync(folder)).toEqual(['cashier-test-20260318-080102.db'])
  })

  it('that was called off leaves nothing', async () => {
    const { folder, backup } = world()
    const stop = new AbortController()
    const making = backup(stop.signal)
    stop.abort()
    expect(await making).toMatchObject({ ok: false, error: { reason: 'cancelled' } })
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
  })

  it('is stopped between any two tables of its check, and leaves nothing then', () => {
    const { path, folder } = world()
    const told: number[] = []
    const made = (cancelAt: number) => {
      told.length = 0
      return makeBackup(
        { source: path, folder, fileName: backupName('test', AT_MS) },
        { progress: (done) => void told.push(done), isCancelled: () => (told.at(-1) ?? 0) >= cancelAt },
      )
    }
    for (const cancelAt of [BACKUP_STEPS / 2, BACKUP_STEPS / 2 + 1, BACKUP_STEPS * 0.8]) {
      expect(made(cancelAt)).toMatchObject({ ok: false, error: { reason: 'cancelled' } })
      expect(told.at(-1)).toBeLessThan(BACKUP_STEPS)
      expect(readdirSync(folder)).toEqual([])
    }
    expect(made(BACKUP_STEPS + 1)).toMatchObject({ ok: true })
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told.at(-1)).toBe(BACKUP_STEPS)
  })

  it('leaves the event loop its turns', async () => {
    const { db, backup } = world()
    addCharges(db, 30_000)
    let ticks = 0
    const ticking = setInterval(() => (ticks += 1), 1)
    await backup()
    clearInterval(ticking)
    expect(ticks).toBeGreaterThan(10)
  })
})

/** Overwrites the middle of the file: what a dying disk does. */
function damage(path: string): void {
  const bytes = readFileSync(path)
  const file = openSync(path, 'r+')
  for (let at = 3 * 4096; at < bytes.length; at += 4096) writeSync(file, Buffer.alloc(512, 0xff), 0, 512, at)
}

describe('old backups', () => {
  const DAY_MS = 24 * 60 * 60 * 1000
  const made = (folder: string, daysAgo: number) =>
    writeFileSync(join(folder, backupName('test', AT_MS - daysAgo * DAY_MS)), '')

  it('go after their days; the newest stays however old it is, and other environments are left alone', () => {
    const folder = tempDir()
    for (const daysAgo of [0, 5, 14, 15, 40]) made(folder, daysAgo)
    writeFileSync(join(folder, backupName('production', AT_MS - 400 * DAY_MS)), '')
    expect(pruneBackups(folder, 'test', 14, AT_MS)).toBe(2)
    expect(listBackups(folder, 'test')).toHaveLength(3)
    expect(listBackups(folder, 'production')).toHaveLength(1)

    const lonely = tempDir()
    made(lonely, 100)
    expect(pruneBackups(lonely, 'test', 14, AT_MS)).toBe(0)
    expect(listBackups(lonely, 'test')).toHaveLength(1)
  })
})
