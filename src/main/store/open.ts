import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { migrate } from './migrate.ts'

export type Db = Database.Database

/** Why a store cannot be opened, in words for hospital IT. The file is left as it is. */
export interface StoreProblem {
  readonly reason: 'newerSchema' | 'corrupt' | 'locked' | 'unwritable' | 'wrongKey'
  readonly words: string
}

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
  if (key !== undefined) {
    db.pragma(`cipher = 'sqlcipher'`)
    db.pragma(`key = "x'${key.toString('hex')}'"`)
  }
  return db
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

/** Foreign errors are mapped here, once. `undefined` for what is no fault of the file but a bug of ours. */
export function describeSqliteError(error: unknown): StoreProblem | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_NOTADB') {
    return { reason: 'wrongKey', words: '数据库文件打不开：文件已损坏，或密钥不是这台机器的' }
  }
  if (code.startsWith('SQLITE_CORRUPT'))
    return { reason: 'corrupt', words: '数据库文件已损坏，请勿删除，联系信息科恢复' }
  if (code.startsWith('SQLITE_BUSY')) return { reason: 'locked', words: '数据库正被另一个程序占用，请先关闭它' }
  if (UNWRITABLE.some((prefix) => code.startsWith(prefix))) {
    return { reason: 'unwritable', words: '数据库无法写入：磁盘已满，或没有写入权限' }
  }
  return undefined
}

const UNWRITABLE = [
  'SQLITE_FULL',
  'SQLITE_READONLY',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_PERM',
  'EACCES',
  'EROFS',
  'ENOSPC',
  'EPERM',
  'ENOTDIR',
  'EEXIST',
]
