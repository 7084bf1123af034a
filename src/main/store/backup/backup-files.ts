import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { formatDateTime } from '#shared/domain/time.ts'
import { namesIn } from '../durable-file.ts'

/** A backup that stands in its folder. Only what was verified has such a name. */
export interface BackupFile {
  readonly path: string
  /** Beijing time in its name, `yyyyMMdd-HHmmss`. */
  readonly stamp: string
}

/** While it is being made it has this ending, which nobody takes for a backup. */
const PART = '.part'
const DAY_MS = 24 * 60 * 60 * 1000

/** The environment stands in the name, because a site may put all backups into one folder. */
export function backupName(environment: string, atMs: number): string {
  return `cashier-${environment}-${stampOf(atMs)}.db`
}

export function partOf(path: string): string {
  return `${path}${PART}`
}

/** Newest first. An absent folder has none. */
export function listBackups(folder: string, environment: string): readonly BackupFile[] {
  const name = new RegExp(`^cashier-${environment}-(\\d{8}-\\d{6})\\.db$`)
  return namesIn(folder)
    .flatMap((file) => {
      const stamp = name.exec(file)?.[1]
      return stamp === undefined ? [] : [{ path: join(folder, file), stamp }]
    })
    .sort((left, right) => (left.stamp < right.stamp ? 1 : -1))
}

/** `yyyyMMdd` of the newest backup; undefined when there is none. */
export function lastBackupDay(folder: string, environment: string): string | undefined {
  return listBackups(folder, environment)[0]?.stamp.slice(0, 8)
}

export function stampOf(atMs: number): string {
  return formatDateTime(atMs).replaceAll('-', '').replaceAll(':', '').replace(' ', '-')
}

/** Removes backups older than `keepDays`, never the newest one. @returns how many. */
export function pruneBackups(folder: string, environment: string, keepDays: number, nowMs: number): number {
  const oldest = stampOf(nowMs - keepDays * DAY_MS)
  const old = listBackups(folder, environment)
    .slice(1)
    .filter(({ stamp }) => stamp < oldest)
  for (const { path } of old) rmSync(path, { force: true })
  return old.length
}

/** What a process that was killed in the middle of a backup left behind. */
export function removeParts(folder: string): void {
  for (const name of namesIn(folder)) {
    if (name.startsWith('cashier-') && name.includes(PART)) rmSync(join(folder, name), { force: true })
  }
}
