import { oneOf } from './columns.ts'
import { whereReadable } from './fold/fold-block.ts'
import { Folds } from './fold/folds.ts'
import type { Db } from './open.ts'

export const RESULT_TYPES = ['settlement', 'refund'] as const
export type ResultType = (typeof RESULT_TYPES)[number]

/** One result that the hospital's system is to be told, as it stands in the outbox. */
export interface OutboxRecord {
  readonly id: number
  /** Stays the same over all tries: by it the far side knows a repeat. */
  readonly resultId: string
  readonly medOrgOrd: string
  /** Counts the results of this order, from 1. */
  readonly seq: number
  readonly resultType: ResultType
  /** JSON text, written once: all that is told where there is no message, else what stands in none. */
  readonly body: string
  /** The callback that proved it, as it came: the details that the centre told are in it alone. */
  readonly message: string | null
  readonly createdAtMs: number
  /** How often it was tried in vain. */
  readonly attempts: number
}

export interface NewResult {
  readonly resultId: string
  readonly medOrgOrd: string
  readonly resultType: ResultType
  readonly contentKey: string
  readonly body: string
  /** Row of the callback that proved it; null where a query did, and the body is whole. */
  readonly callbackId: number | null
}

/** What waits in the outbox. `failing`: at least one was tried in vain. */
export interface Backlog {
  readonly count: number
  readonly sinceMs: number | null
  readonly failing: boolean
}

interface OutboxRow {
  id: number
  result_id: string
  med_org_ord: string
  seq: number
  result_type: string
  body: string
  message: string | null
  created_at_ms: number
  attempts: number
}

/** The table `outbox`: committed with the change of the order that it tells of, kept until the far side took it. */
export class OutboxRepository {
  readonly #folds
  readonly #lastKey
  readonly #insert
  readonly #due
  readonly #failed
  readonly #taken
  readonly #backlog
  readonly #isTaken

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#lastKey = db
      .prepare<[string], string>('SELECT content_key FROM outbox WHERE med_org_ord = ? ORDER BY seq DESC LIMIT 1')
      .pluck()
    // INSERT … SELECT would put what it reads of this table into another first.
    this.#insert = db.prepare<[NewResult & { atMs: number }]>(
      `INSERT INTO outbox (result_id, med_org_ord, seq, result_type, content_key, body, callback_id, created_at_ms,
         attempts, next_at_ms)
       VALUES (@resultId, @medOrgOrd, (SELECT 1 + coalesce(max(seq), 0) FROM outbox WHERE med_org_ord = @medOrgOrd),
         @resultType, @contentKey, @body, @callbackId, @atMs, 0, @atMs)`,
    )
    this.#due = db.prepare<[number, number], OutboxRow>(
      `SELECT id, result_id, med_org_ord, seq, result_type, body, created_at_ms, attempts,
         (SELECT callback.body FROM callback WHERE callback.id = head.callback_id) AS message
       FROM outbox AS head WHERE taken_at_ms IS NULL AND next_at_ms <= ? AND NOT EXISTS (
         SELECT 1 FROM outbox AS earlier
         WHERE earlier.med_org_ord = head.med_org_ord AND earlier.seq < head.seq AND earlier.taken_at_ms IS NULL)
       ORDER BY next_at_ms, id LIMIT ?`,
    )
    this.#failed = db.prepare<[number, number]>(
      'UPDATE outbox SET attempts = attempts + 1, next_at_ms = ? WHERE id = ?',
    )
    this.#taken = db.prepare<[number, number]>('UPDATE outbox SET taken_at_ms = ? WHERE id = ?')
    this.#backlog = db.prepare<[], { count: number; since: number | null; attempts: number | null }>(
      `SELECT count(*) AS count, min(created_at_ms) AS since, max(attempts) AS attempts FROM outbox
       WHERE taken_at_ms IS NULL`,
    )
    this.#isTaken = db
      .prepare<[string], number>('SELECT 1 FROM outbox WHERE med_org_ord = ? AND taken_at_ms IS NOT NULL LIMIT 1')
      .pluck()
  }

  /** What makes the last result of an order what it is that is not folded; undefined when there is none. */
  lastKey(medOrgOrd: string): string | undefined {
    return this.#lastKey.get(medOrgOrd)
  }

  /** Call it in the transaction that changes the order. */
  add(result: NewResult, atMs: number): void {
    this.#insert.run({ ...result, atMs })
  }

  /** The oldest result of each order, where its time has come: a later one never overtakes an earlier. */
  due(nowMs: number, limit: number): readonly OutboxRecord[] {
    return this.#due.all(nowMs, limit).map(fromRow)
  }

  failed(id: number, nextAtMs: number): void {
    this.#failed.run(nextAtMs, id)
  }

  taken(id: number, atMs: number): void {
    this.#taken.run(atMs, id)
  }

  backlog(): Backlog {
    const row = this.#backlog.get()
    return { count: row?.count ?? 0, sinceMs: row?.since ?? null, failing: (row?.attempts ?? 0) > 0 }
  }

  /** Whether the hospital's system took a result of this order. */
  isTaken(medOrgOrd: string): boolean {
    if (this.#isTaken.get(medOrgOrd) !== undefined) return true
    // Only taken ones are folded, also where nobody can read them any more.
    return whereReadable(() => this.#folds.rowsOf(medOrgOrd, 'outbox').length > 0, true)
  }
}

function fromRow(row: OutboxRow): OutboxRecord {
  return {
    id: row.id,
    resultId: row.result_id,
    medOrgOrd: row.med_org_ord,
    seq: row.seq,
    resultType: oneOf(RESULT_TYPES, row.result_type),
    body: row.body,
    message: row.message,
    createdAtMs: row.created_at_ms,
    attempts: row.attempts,
  }
}
