import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { takeDeskLock } from '../desk-lock.ts'
import { renameDurably, syncFile } from '../durable-file.ts'
import { connect, type OpenOptions } from '../open.ts'
import { describeSqliteError } from '../store-problem.ts'
import { stampOf } from './backup-files.ts'
import type { BackupFacts } from './backup-job.ts'
import { inspectBackup } from './inspect-backup.ts'

export interface Restoring {
  readonly backup: string
  /** Where the desk will find it; what stands there is kept beside it. */
  readonly database: OpenOptions
  readonly nowMs: number
  /** Only checks the backup and says what is inside. */
  readonly dryRun: boolean
  /** Told how much of the backup is checked, from 0 to 1: a large one takes a while. */
  readonly onChecked?: (part: number) => void
}

export interface Restored {
  readonly facts: BackupFacts
  /** Where the database went that stood there before; null when there was none, or nothing was done. */
  readonly replaced: string | null
}

/**
 * Puts a backup in the place of the database, while no desk runs on it. Every operation that is open in the backup may
 * have been sent since: the next start finds them as sent, makes them unknown and asks. What came after the backup is
 * brought back from the journal's copy by the same start. Whatever fails, the database that stood there is not lost.
 */
export function restoreBackup({
  backup,
  database,
  nowMs,
  dryRun,
  onChecked,
}: Restoring): Result<Restored, { readonly words: string }> {
  if (!existsSync(backup)) return err({ words: `没有这个备份文件：${backup}` })
  const inspected = inspectBackup({ ...database, path: backup }, (part) => {
    onChecked?.(part)
    return true
  })
  if (!inspected.ok) return inspected
  if (dryRun) return ok({ facts: inspected.value, replaced: null })
  try {
    mkdirSync(dirname(database.path), { recursive: true })
    const lock = takeDeskLock(database.path)
    if (!lock.ok) return lock
    try {
      return ok({ facts: inspected.value, replaced: putInPlace(backup, database, nowMs) })
    } finally {
      lock.value.release()
    }
  } catch (error) {
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err(problem)
  }
}

function putInPlace(backup: string, database: OpenOptions, nowMs: number): string | null {
  const { path } = database
  const draft = `${path}.restoring`
  rmSync(draft, { force: true })
  copyFileSync(backup, draft)
  doubtOpenOperations({ ...database, path: draft })
  syncFile(draft)
  const replaced = setAside(path, stampOf(nowMs))
  renameDurably(draft, path)
  return replaced
}

/** `prepared` proves that nothing was sent only where nothing happened since. */
function doubtOpenOperations(options: OpenOptions): void {
  const db = connect(options)
  try {
    db.exec(`UPDATE operation SET state = 'sent' WHERE state = 'prepared'`)
  } finally {
    db.close()
  }
}

/** The log goes with its database: apart from it neither is whole. */
function setAside(path: string, stamp: string): string | null {
  if (!existsSync(path)) return null
  const aside = `${path}.replaced-${stamp}`
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(`${path}${ending}`)) renameSync(`${path}${ending}`, `${aside}${ending}`)
  }
  return aside
}
