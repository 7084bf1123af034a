import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import Database from 'better-sqlite3'

/**
 * The controls of the power-cut proof, loaded before the desk. Syncs of the files that `HASTY_FILES` names by their
 * endings (colons between) are said to have ended at once, and are made when nobody has asked for a moment, because one
 * sync covers all before it: the desk acknowledges before they are made. Where the database's log is among them, SQLite itself leaves it to these syncs too, and says FULL when it
 * is asked.
 */
const SYNC_AFTER_MS = 200
const endings = (process.env.HASTY_FILES ?? '').split(':')
const isHasty = (handle: number) => {
  const path = fs.readlinkSync(`/proc/self/fd/${handle}`)
  return endings.some((ending) => path.endsWith(ending))
}

const { fdatasync, fdatasyncSync } = fs
const waiting = new Map<number, NodeJS.Timeout>()
const later = (handle: number) => {
  clearTimeout(waiting.get(handle))
  // The handle may be closed by then; the process is killed anyway.
  waiting.set(
    handle,
    setTimeout(() => fdatasync(handle, () => undefined), SYNC_AFTER_MS),
  )
}
Object.assign(fs, {
  fdatasync(handle: number, done: fs.NoParamCallback) {
    if (!isHasty(handle)) return fdatasync(handle, done)
    later(handle)
    setImmediate(done, null)
  },
  fdatasyncSync(handle: number) {
    if (isHasty(handle)) later(handle)
    else fdatasyncSync(handle)
  },
})
syncBuiltinESMExports()

const pragma = Database.prototype.pragma
/** The thread that makes checkpoints syncs nothing: neither the log before them nor the database after them. */
if (!isMainThread && process.env.HASTY_CHECKPOINTS === 'yes') {
  Database.prototype.pragma = function without(
    this: Database.Database,
    source: string,
    options?: Database.PragmaOptions,
  ) {
    return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = OFF' : source, options)
  }
} else if (endings.includes('-wal')) {
  Database.prototype.pragma = function weaker(
    this: Database.Database,
    source: string,
    options?: Database.PragmaOptions,
  ) {
    if (source === 'synchronous') return 2
    return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source, options)
  }
}
