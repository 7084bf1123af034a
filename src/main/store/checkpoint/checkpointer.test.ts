import { randomBytes } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '#test/support/eventually.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { connect, type OpenOptions, openDb } from '../open.ts'
import { CHECKPOINT_SOURCE, Checkpointer } from './checkpointer.ts'

interface Length {
  readonly log: number
  readonly checkpointed: number
}

function world(file: URL | undefined, key?: Buffer) {
  const database: OpenOptions = { path: join(tempDir(), 'a.db'), key }
  const opened = openDb(database)
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  const problems: unknown[] = []
  const checkpointer = new Checkpointer({ db, database, file, report: (error) => problems.push(error) })
  const close = () => {
    checkpointer.close()
    db.close()
  }
  onTestFinished(close)
  const insert = db.prepare<[string, string]>(`INSERT INTO charge VALUES (?, '990101', ?, 1)`)
  let charges = 0
  /** So many commits of about ten pages each, or of as many bytes as told. */
  const commit = (times: number, bytes = 30_000) => {
    for (let count = 0; count < times; count += 1) {
      insert.run(`A${charges++}`, 'x'.repeat(bytes))
      checkpointer.committed()
    }
  }
  const length = () => (db.pragma('wal_checkpoint(NOOP)') as [Length])[0]
  const automatic = () => db.pragma('wal_autocheckpoint', { simple: true })
  return { database, commit, close, length, automatic, problems, charges: () => charges }
}

function threadOf(source: string): URL {
  const file = join(tempDir(), 'thread.mjs')
  writeFileSync(file, source)
  return pathToFileURL(file)
}

const WAITS_FOR_CLOSE = `
  import { workerData } from 'node:worker_threads'
  const { board } = workerData
  for (let order = 0; order !== 2; order = board[0]) Atomics.wait(board, 0, order)
  Atomics.store(board, 1, 1)
  Atomics.notify(board, 1)`

function readable(database: OpenOptions): unknown {
  const db = connect(database, { readonly: true })
  const count = db.prepare('SELECT count(*) FROM charge').pluck().get()
  db.close()
  return count
}

describe('checkpoints', () => {
  it.each([
    ['a plain database', undefined],
    ['a sealed one', randomBytes(32)],
  ])('of %s are made by a thread, while the log grows', async (_, key) => {
    const { database, commit, close, length, automatic, problems, charges } = world(CHECKPOINT_SOURCE, key)
    commit(64)
    expect(automatic()).toBe(0)
    commit(136)
    await eventually(() => expect(length().checkpointed).toBeGreaterThan(1_000))
    close()
    expect(existsSync(`${database.path}-wal`)).toBe(false)
    expect(readable(database)).toBe(charges())
    expect(problems).toEqual([])
  })

  it('reach the end of the log once commits rest, also past those that came while one was made', async () => {
    const { commit, length } = world(CHECKPOINT_SOURCE)
    const isMoved = () => {
      const { log, checkpointed } = length()
      expect(checkpointed).toBe(log)
    }
    commit(112)
    await eventually(isMoved)
    // The thread stands ready now: it begins long before the last of these.
    commit(160)
    expect(isMoved).toThrow()
    await eventually(isMoved)
  })

  it('are left to SQLite where no thread is named, and where the log is short', () => {
    const without = world(undefined)
    without.commit(200)
    expect(without.automatic()).toBe(1_000)
    const short = world(CHECKPOINT_SOURCE)
    short.commit(16)
    expect(short.automatic()).toBe(1_000)
  })

  it('do not let the log grow for ever where the thread never comes to them', () => {
    const { commit, length } = world(threadOf(WAITS_FOR_CLOSE))
    let longest = 0
    // More than is borne, in fewer and larger commits: what they take is the disk's.
    for (let count = 0; count < 200; count += 1) {
      commit(8, 80_000)
      longest = Math.max(longest, length().log)
    }
    expect(longest).toBeGreaterThan(16_384)
    expect(longest).toBeLessThan(33_000)
  })

  it('are left to SQLite again when the thread dies, which is told', async () => {
    const { commit, automatic, problems, length } = world(threadOf(`throw new Error('out of memory')`))
    commit(64)
    await eventually(() => expect(automatic()).toBe(1_000))
    expect(problems).toMatchObject([{ message: 'out of memory' }])
    commit(200)
    expect(length().log).toBeLessThan(1_100)
  })
})
