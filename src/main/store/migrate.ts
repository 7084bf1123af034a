import { initial } from './migrations/0001-initial.ts'
import { outbox } from './migrations/0002-outbox.ts'
import { bills } from './migrations/0003-bills.ts'
import { diagnostics } from './migrations/0004-diagnostics.ts'
import { decisions } from './migrations/0005-decisions.ts'
import { search } from './migrations/0006-search.ts'
import { fold } from './migrations/0007-fold.ts'
import { resultProof } from './migrations/0008-result-proof.ts'
import { unappliedCallbacks } from './migrations/0009-unapplied-callbacks.ts'

/** In order; the position plus one is the schema version. Only ever appended to. */
export const MIGRATIONS: readonly string[] = [
  ...[initial, outbox, bills, diagnostics, decisions, search, fold],
  ...[resultProof, unappliedCallbacks],
]

export interface MigratableDb {
  pragma(source: string, options?: { simple?: boolean }): unknown
  exec(source: string): unknown
  transaction(run: () => void): { immediate(): void }
}

export type Migrated = { readonly ok: true } | { readonly ok: false; readonly found: number; readonly known: number }

/** Brings the schema up to date, one transaction a step. A newer database is left untouched and refused. */
export function migrate(db: MigratableDb, migrations: readonly string[] = MIGRATIONS): Migrated {
  const found = Number(db.pragma('user_version', { simple: true }))
  if (found > migrations.length) return { ok: false, found, known: migrations.length }
  migrations.slice(found).forEach((source, index) => {
    db.transaction(() => {
      db.exec(source)
      db.pragma(`user_version = ${found + index + 1}`)
    }).immediate()
  })
  return { ok: true }
}
