import { statSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '#main/store/durable-file.ts'

/** Where files stand that hold persons, and how long each kind is kept; 0 days: for ever. */
export interface FileRules {
  readonly bills: { readonly folder: string; readonly days: number }
  readonly exports: { readonly folder: string; readonly days: number }
}

const DAY_MS = 24 * 60 * 60_000
/** The rows of a bill carry so much of the hash that its raw file is named by. */
const HASH = 16

/**
 * Files that are older than they are to be kept: raw bills with the rows that were read from them, and exports. Backups
 * have a rule of their own, which never takes the newest (`backup-files.ts`). What a bill came to stays in the database.
 */
export function oldFiles({ bills, exports }: FileRules, nowMs: number): readonly string[] {
  return [
    ...(bills.days === 0 ? [] : oldBills(bills.folder, nowMs - bills.days * DAY_MS)),
    ...(exports.days === 0 ? [] : namesOlder(exports.folder, '.csv', nowMs - exports.days * DAY_MS)).map((name) =>
      join(exports.folder, name),
    ),
  ]
}

/** Rows are made anew at each look at the bill: it is the raw file that tells how old they are. */
function oldBills(folder: string, beforeMs: number): readonly string[] {
  const raw = namesOlder(folder, '.raw', beforeMs)
  const gone = new Set(raw.map((name) => name.slice(0, HASH)))
  const left = new Set(namesIn(folder).flatMap((name) => (name.endsWith('.raw') ? [name.slice(0, HASH)] : [])))
  const rows = namesIn(folder).filter((name) => {
    const hash = /-([0-9a-f]{16})-[0-9a-f]{8}\.rows$/.exec(name)?.[1]
    return hash !== undefined && (gone.has(hash) || !left.has(hash))
  })
  // The rows first: without them the raw file still is a bill, but not the other way round.
  return [...rows, ...raw].map((name) => join(folder, name))
}

function namesOlder(folder: string, ending: string, beforeMs: number): readonly string[] {
  return namesIn(folder).filter(
    (name) => name.endsWith(ending) && (mtimeOf(join(folder, name)) ?? Number.POSITIVE_INFINITY) < beforeMs,
  )
}

/** Undefined for what went away meanwhile. */
function mtimeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}
