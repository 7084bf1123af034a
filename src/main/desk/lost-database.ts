import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { backupFolder } from '#main/features/backup/daily-backup.ts'
import { listBackups } from '#main/store/backup/backup-files.ts'
import type { StoreProblem } from '#main/store/store-problem.ts'
import type { DeskOptions } from './desk-options.ts'

/** Words when the database is gone though there are backups of it: an empty one in its place would hide what was lost. */
export function lostDatabaseWords(options: DeskOptions, databasePath: string): string | undefined {
  if (existsSync(databasePath)) return undefined
  const how = restoreHint(options, databasePath)
  return how === undefined ? undefined : `数据库文件不见了：${databasePath}。${how}`
}

/** Why the store did not open, and for a damaged one how it is put back. The file is never overwritten. */
export function cannotOpenWords(options: DeskOptions, databasePath: string, { reason, words }: StoreProblem): string {
  if (reason !== 'corrupt' && reason !== 'wrongKey') return words
  const how = restoreHint(options, databasePath) ?? '还没有备份；请复制整个数据目录后联系厂家。'
  return `${words}。${how}`
}

/** The exact command for the newest backup; undefined when there is none. */
function restoreHint({ settings, dataDir, restoreWords }: DeskOptions, databasePath: string): string | undefined {
  const { environment, backup } = settings
  const [newest] = listBackups(backupFolder(backup.folder, dirname(databasePath)), environment)
  if (newest === undefined) return undefined
  const command =
    restoreWords?.(newest.path, environment) ??
    `npm run restore -- --data "${dataDir}" --environment ${environment} --from "${newest.path}"`
  return `最近一份核对过的备份是 ${newest.path}。恢复：${command}（备份之后的操作和通知会从日志副本补回）`
}
