import { statSync } from 'node:fs'
import { join } from 'node:path'
import {
  backupName,
  lastBackupDay,
  listBackups,
  partOf,
  pruneBackups,
  stampOf,
} from '#main/store/backup/backup-files.ts'
import { BACKUP_STEPS, type BackupMade } from '#main/store/backup/backup-job.ts'
import type { OpenOptions } from '#main/store/open.ts'
import type { TaskBoard, TaskEnd, TaskHandle } from '#main/tasks/task-board.ts'
import type { JobEnd, JobFailure } from '#main/worker/job.ts'
import type { JobRunner } from '#main/worker/job-runner.ts'
import type { Environment } from '#shared/contract/settings.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'

/** After a start the desk is opened first; a backup that was missed while it was off is made up then. */
const FIRST_LOOK_AFTER_MS = 30_000
const LOOK_EVERY_MS = 10 * 60_000
/** After one in vain. */
const AGAIN_AFTER_MS = 30 * 60_000
const WATCH_EVERY_MS = 500

/** What the desk says of its backups. `ok`: nothing to do about them. */
export interface BackupNote {
  readonly ok: boolean
  /** zh-CN, part of a sentence. */
  readonly words: string
}

export interface BackupParts {
  readonly jobs: JobRunner
  readonly tasks: TaskBoard
  readonly clock: Clock
  readonly timers: Timers
  readonly database: OpenOptions
  readonly environment: Environment
  readonly folder: string
  /** 0: no backups at all. */
  readonly keepDays: number
  readonly onNote: (note: BackupNote) => void
  /** Verified backups cover everything before this day (`yyyyMMdd`), twice. */
  readonly onCovered: (day: string) => void
}

/** One backup a calendar day, made by a worker while the desk works; a day that was missed is made up at the next start. */
export class DailyBackup {
  readonly #parts: BackupParts
  readonly #stops: (() => void)[] = []
  #running: Promise<void> | undefined
  #failedAtMs: number | undefined

  constructor(parts: BackupParts) {
    this.#parts = parts
  }

  start(): void {
    const { keepDays, timers, onNote } = this.#parts
    if (keepDays === 0) return
    onNote(this.#lastNote())
    this.#stops.push(timers.after(FIRST_LOOK_AFTER_MS, () => this.look()))
    this.#stops.push(timers.every(LOOK_EVERY_MS, () => this.look()))
  }

  /** Makes today's backup when there is none yet. @returns when it is done or given up. */
  look(): Promise<void> {
    this.#running ??= this.#isDue() ? this.#make().finally(() => (this.#running = undefined)) : undefined
    return this.#running ?? Promise.resolve()
  }

  /** What is under way is stopped by the board of tasks. */
  async close(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop()
    await this.#running
  }

  #isDue(): boolean {
    const { folder, environment, clock } = this.#parts
    const nowMs = clock.now()
    if (this.#failedAtMs !== undefined && nowMs - this.#failedAtMs < AGAIN_AFTER_MS) return false
    return lastBackupDay(folder, environment) !== stampOf(nowMs).slice(0, 8)
  }

  async #make(): Promise<void> {
    const { tasks, onNote } = this.#parts
    try {
      onNote({ ok: true, words: '正在备份' })
      const made = await tasks.run('backup', (handle) => this.#copy(handle))
      if (made.ok) {
        this.#failedAtMs = undefined
        this.#prune()
        onNote(this.#lastNote())
      } else this.#noteFailure(made.error.words)
    } catch {
      // The board has reported it.
      this.#noteFailure('程序内部错误')
    }
  }

  async #copy({ signal, progress }: TaskHandle): Promise<{ value: JobEnd<BackupMade>; end: TaskEnd }> {
    const { jobs, database, folder, environment, clock } = this.#parts
    const fileName = backupName(environment, clock.now())
    const { path: source, key } = database
    const stopWatching = this.#watchCopy(join(folder, fileName), progress)
    try {
      const value = await jobs.run('backup', { source, key, folder, fileName }, { signal, onProgress: progress })
      return { value, end: value.ok ? { state: 'done', words: null } : endOf(value.error) }
    } finally {
      stopWatching()
    }
  }

  /** Copying is one statement of the worker's, which says nothing before its end: the file is seen to grow. */
  #watchCopy(file: string, progress: TaskHandle['progress']): () => void {
    const { timers, database } = this.#parts
    return timers.every(WATCH_EVERY_MS, () => {
      const part = bytesOf(partOf(file)) / Math.max(1, bytesOf(database.path))
      if (part < 1) progress(Math.floor((part * BACKUP_STEPS) / 2), BACKUP_STEPS)
    })
  }

  #prune(): void {
    const { folder, environment, keepDays, clock, onCovered } = this.#parts
    pruneBackups(folder, environment, keepDays, clock.now())
    const [, secondNewest] = listBackups(folder, environment)
    if (secondNewest !== undefined) onCovered(secondNewest.stamp.slice(0, 8))
  }

  #noteFailure(words: string): void {
    this.#failedAtMs = this.#parts.clock.now()
    this.#parts.onNote({ ok: false, words: `备份没有成功：${words}` })
  }

  #lastNote(): BackupNote {
    const { folder, environment } = this.#parts
    const last = listBackups(folder, environment)[0]
    return { ok: true, words: last === undefined ? '还没有备份' : `上次备份 ${readable(last.stamp)}，已核对` }
  }
}

function endOf({ reason, words }: JobFailure): TaskEnd {
  return { state: reason, words: reason === 'cancelled' ? '已取消，半小时后再备份' : `备份没有成功：${words}` }
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** `20260318-080102` to `2026-03-18 08:01`. */
function readable(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)\d\d$/, '$1-$2-$3 $4:$5')
}

/** Where backups are kept when the settings name no folder: beside the database. */
export function backupFolder(configured: string, environmentFolder: string): string {
  return configured === '' ? join(environmentFolder, 'backups') : configured
}
