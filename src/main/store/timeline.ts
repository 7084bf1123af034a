import { z } from 'zod'
import { TIMELINE_KINDS, type TimelineEntry, type TimelineKind } from '#shared/contract/orders.ts'
import { oneOf } from './columns.ts'
import { Folds } from './fold/folds.ts'
import type { Db } from './open.ts'

export type NewTimelineEntry = {
  readonly kind: TimelineKind
  readonly actor: TimelineEntry['actor']
  readonly operatorName?: string
  /** Short facts; never a token and nothing personal. */
  readonly data?: Readonly<Record<string, string>>
}

interface TimelineRow {
  id: number
  at_ms: number
  kind: string
  actor: string
  operator_name: string | null
  data_json: string
}

const dataSchema = z.record(z.string(), z.string())

/** The table `timeline`: what happened to each order, in the order in which it was committed. */
export class TimelineRepository {
  readonly #insert
  readonly #byOrder
  readonly #folds

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#insert = db.prepare<[string, number, string, string, string | null, string]>(
      'INSERT INTO timeline (med_org_ord, at_ms, kind, actor, operator_name, data_json) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#byOrder = db.prepare<[string], TimelineRow>(
      'SELECT id, at_ms, kind, actor, operator_name, data_json FROM timeline WHERE med_org_ord = ? ORDER BY id',
    )
  }

  add(medOrgOrd: string, atMs: number, entry: NewTimelineEntry): void {
    const { kind, actor, operatorName, data } = entry
    this.#insert.run(medOrgOrd, atMs, kind, actor, operatorName ?? null, JSON.stringify(data ?? {}))
  }

  of(medOrgOrd: string): TimelineEntry[] {
    const rows = this.#byOrder.all(medOrgOrd)
    const all = rows.length > 0 ? rows : this.#folds.rowsOf<TimelineRow>(medOrgOrd, 'timeline')
    return all.map((row) => ({
      id: row.id,
      atMs: row.at_ms,
      kind: oneOf(TIMELINE_KINDS, row.kind),
      actor: oneOf(['operator', 'desk', 'centre'], row.actor),
      operatorName: row.operator_name,
      data: dataSchema.parse(JSON.parse(row.data_json)),
    }))
  }
}
