import { mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CANCELLED, type JobContext, type JobEnd, type JobRun } from '#main/worker/job.ts'
import { err, ok } from '#shared/domain/result.ts'
import { renameDurably, syncFile } from '../durable-file.ts'
import { connect, type OpenOptions } from '../open.ts'
import { describeSqliteError } from '../store-problem.ts'
import { partOf, removeParts } from './backup-files.ts'
import { BACKUP_STEPS, type BackupMade, type backupJob } from './backup-job.ts'
import { inspectBackup } from './inspect-backup.ts'

const COPIED = BACKUP_STEPS / 2

/**
 * Copies the database while it is in use (`VACUUM INTO`: one consistent moment, compact, under the same key), makes the
 * copy durable, opens and checks it, and only then gives it its name. Whatever goes wrong, no half file stays.
 */
export const makeBackup: JobRun<typeof backupJob> = ({ source, key, folder, fileName }, context) => {
  const seal = key === undefined ? {} : { key: Buffer.from(key) }
  const file = join(folder, fileName)
  try {
    mkdirSync(folder, { recursive: true })
    removeParts(folder)
    return make({ path: source, ...seal }, file, context)
  } catch (error) {
    const words = problemWords(error)
    if (words === undefined) throw error
    return err({ reason: 'failed', words })
  }
}

function make(source: OpenOptions, file: string, context: JobContext): JobEnd<BackupMade> {
  const part = partOf(file)
  try {
    copyInto(part, source)
    context.progress(COPIED, BACKUP_STEPS)
    if (context.isCancelled()) return err(CANCELLED)
    syncFile(part)
    const inspected = inspectBackup({ ...source, path: part }, (checked) => {
      context.progress(COPIED + Math.floor(checked * COPIED), BACKUP_STEPS)
      return !context.isCancelled()
    })
    if (context.isCancelled()) return err(CANCELLED)
    if (!inspected.ok) return err({ reason: 'failed', words: inspected.error.words })
    renameDurably(part, file)
    return ok({ file, bytes: statSync(file).size, facts: inspected.value })
  } finally {
    rmSync(part, { force: true })
  }
}

function copyInto(part: string, source: OpenOptions): void {
  const db = connect(source, { readonly: true })
  try {
    db.prepare('VACUUM INTO ?').run(part)
  } finally {
    db.close()
  }
}

/** The same faults as the database's own, said of the place where backups are kept. */
function problemWords(error: unknown): string | undefined {
  const problem = describeSqliteError(error)
  return problem?.reason === 'unwritable' ? '备份写不进备份文件夹：磁盘已满，或没有写入权限' : problem?.words
}
