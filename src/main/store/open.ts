import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { migrate } from './migrate.ts'
import { describeSqliteError, type StoreProblem } from './store-problem.ts'

export type Db = Database.Database
export type Statement = Database.Statement<unknown[]>

export interface OpenOptions {
  readonly path: string
  /** 32 bytes; absent means an unencrypted file. */
  readonly key?: Buffer | undefined
}

/** How long a statement waits for another connection's lock. The event loop waits with it, so it is short. */
const LOCKED_WAIT_MS = 2_000

/**
 * Opens (or makes) the database: WAL, synchronous FULL, foreign keys, one writer. Durability is asserted after the
 * first write, because this library quietly falls back to NORMAL otherwise.
 */
export function openDb({ path, key }: OpenOptions): Result<Db, StoreProblem> {
  let db: Db | undefined
  try {
    mkdirSync(dirname(path), { recursive: true })
    db = connect({ path, key })
    setDurability(db)
    // In KiB: what a search goes through stays in memory. SQLite's 2 MB hold hardly the roots of the indexes.
    db.pragma('cache_size = -12000')
    const migrated = migrate(db)
    if (!migrated.ok) {
      db.close()
      const words = `数据库版本是 ${migrated.found}，本程序只认识到 ${migrated.known}，请安装较新的程序`
      return err({ reason: 'newerSchema', words })
    }
    assertDurable(db)
    return ok(db)
  } catch (error) {
    db?.close()
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err(problem)
  }
}

/**
 * A connection and nothing else: no migration, nothing asserted. For work beside the desk's own connection.
 * @throws what the driver throws; `describeSqliteError` has the words.
 */
export function connect({ path, key }: OpenOptions, { readonly = false }: { readonly?: boolean } = {}): Db {
  const db = new Database(path, { timeout: LOCKED_WAIT_MS, readonly, fileMustExist: readonly })
  try {
    if (key !== undefined) {
      db.pragma(`cipher = 'sqlcipher'`)
      db.pragma(`key = "x'${key.toString('hex')}'"`)
    }
    // In KiB. What reads everything once is no quicker with the driver's 16 MB, and what a thread frees stays with the process.
    db.pragma('cache_size = -4000')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Another database beside the one of a connection, under a name for statements; absent key: an unencrypted file.
 * @throws what the driver throws; `describeSqliteError` has the words.
 */
export function attach(db: Db, name: 'desk' | 'before', { path, key }: OpenOptions): void {
  const seal = key === undefined ? '' : `x'${key.toString('hex')}'`
  db.prepare<[string, string]>(`ATTACH ? AS ${name} KEY ?`).run(path, seal)
}

/** Runs a write transaction that takes the lock at once, so that it never fails half way for want of it. */
export function inTransaction<T>(db: Db, run: () => T): T {
  return db.transaction(run).immediate()
}

function setDurability(db: Db): void {
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
}

function assertDurable(db: Db): void {
  // A write first: the fallback happens when the write-ahead log is first used.
  inTransaction(db, () => db.pragma(`user_version = ${Number(db.pragma('user_version', { simple: true }))}`))
  const mode = db.pragma('journal_mode', { simple: true })
  const synchronous = db.pragma('synchronous', { simple: true })
  if (mode !== 'wal' || synchronous !== 2) {
    throw new Error(`store is not durable: journal_mode=${String(mode)} synchronous=${String(synchronous)}`)
  }
}
