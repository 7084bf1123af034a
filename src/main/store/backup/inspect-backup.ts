import { err, ok, type Result } from '#shared/domain/result.ts'
import { MIGRATIONS } from '../migrate.ts'
import { connect, type Db, type OpenOptions } from '../open.ts'
import { describeSqliteError } from '../store-problem.ts'
import type { BackupFacts } from './backup-job.ts'

/** Told how much is checked, from 0 to 1; answers whether to go on. */
export type InspectStep = (part: number) => boolean

/**
 * Opens a database file for reading only, checks every table and index of it, and says what is inside. The failure's
 * words say why it must not be restored. Takes seconds for a large file: not for the main thread.
 */
export function inspectBackup(
  options: OpenOptions,
  step: InspectStep = () => true,
): Result<BackupFacts, { readonly words: string }> {
  let db: Db | undefined
  try {
    db = connect(options, { readonly: true })
    const problem = integrityProblem(db, step)
    return problem === undefined ? ok(factsOf(db)) : err({ words: problem })
  } catch (error) {
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return err({ words: problem.words })
  } finally {
    db?.close()
  }
}

function integrityProblem(db: Db, step: InspectStep): string | undefined {
  const version = versionOf(db)
  if (version > MIGRATIONS.length)
    return `备份的版本是 ${version}，本程序只认识到 ${MIGRATIONS.length}，请安装较新的程序`
  if (version === 0) return '这个文件不是本程序的数据库'
  const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all()
  for (const [index, table] of ['sqlite_schema', ...tables].entries()) {
    if (db.prepare<[], string>(`PRAGMA integrity_check("${table}")`).pluck().get() !== 'ok') return DAMAGED
    if (!step((index + 1) / (tables.length + 1))) return '已取消'
  }
  return undefined
}

const DAMAGED = '备份没有通过完整性检查，不能使用'

/** Before this version no order was folded. */
const WITH_FOLDS = 7

function factsOf(db: Db): BackupFacts {
  const count = (table: string) => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0
  const schemaVersion = versionOf(db)
  const folded = (column: 'operations' | 'callbacks') =>
    schemaVersion < WITH_FOLDS
      ? 0
      : (db.prepare<[], number | null>(`SELECT sum(${column}) FROM fold`).pluck().get() ?? 0)
  return {
    schemaVersion,
    orders: count('orders'),
    operations: count('operation') + folded('operations'),
    callbacks: count('callback') + folded('callbacks'),
  }
}

function versionOf(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }))
}
