import Database from 'better-sqlite3'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { StoreProblem } from './store-problem.ts'

const IN_USE: StoreProblem = {
  reason: 'inUse',
  words: '这个数据目录正被另一个收费工作站使用。请用已经打开的那一个，或先把它关闭',
}

/** Held while a desk, or a restore, works on one database. */
export interface DeskLock {
  release(): void
}

/**
 * One desk a database. The lock is the system's own, on an empty file beside the database, taken through SQLite because
 * it knows how on every system: a process that is killed loses it, so it never has to be cleared by hand.
 */
export function takeDeskLock(databasePath: string): Result<DeskLock, StoreProblem> {
  const file = new Database(`${databasePath}.lock`, { timeout: 0 })
  try {
    // Nothing is ever written: a rollback journal beside it would only be in the way.
    file.pragma('journal_mode = MEMORY')
    file.exec('BEGIN EXCLUSIVE')
    return ok({ release: () => file.close() })
  } catch (error) {
    file.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return err(IN_USE)
    throw error
  }
}
