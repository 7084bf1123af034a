import { ATTENTION_REASONS, type AttentionReason } from '#shared/domain/order-view.ts'
import { oneOf } from './columns.ts'
import type { Db } from './open.ts'
import type { OrderRecord } from './order-record.ts'
import { type OrderRow, readOrderRow } from './order-row.ts'

/** Orders that a person should look at; why is decided in `order-derivation.ts`. */
export class AttentionList {
  readonly #waiting
  readonly #counts

  constructor(db: Db) {
    this.#waiting = db.prepare<[string | null, number], OrderRow>(
      `SELECT * FROM orders WHERE attention_reason IS NOT NULL AND attention_reason = coalesce(?, attention_reason)
       ORDER BY attention_since_ms LIMIT ?`,
    )
    this.#counts = db.prepare<[], { reason: string; count: number }>(
      `SELECT attention_reason AS reason, count(*) AS count FROM orders WHERE attention_reason IS NOT NULL
       GROUP BY attention_reason`,
    )
  }

  /** The longest waiting first; of one reason, or of all. */
  waiting(reason: AttentionReason | undefined, limit: number): readonly OrderRecord[] {
    return this.#waiting.all(reason ?? null, limit).map(readOrderRow)
  }

  /** How many there are by reason. */
  counts(): Partial<Record<AttentionReason, number>> {
    return Object.fromEntries(this.#counts.all().map((row) => [oneOf(ATTENTION_REASONS, row.reason), row.count]))
  }
}
