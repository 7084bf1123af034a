import type { WireDrift } from '#shared/centre/wire-read.ts'
import type { Db } from './open.ts'

/** What went over the wire about an order. */
export interface ExchangeRecord {
  readonly medOrgOrd: string
  /** Number in the document, e.g. 1.6. */
  readonly interfaceId: string
  readonly startedAtMs: number
  readonly elapsedMs: number
  readonly status: number | null
  readonly replyBody: string | null
}

/** The tables `exchange` (raw answers) and `wire_drift` (how the far side differs from the document). */
export class WireLogRepository {
  readonly #insert
  readonly #lastBody
  readonly #drift

  constructor(db: Db) {
    this.#insert = db.prepare<[string, string, number, number, number | null, string | null]>(
      `INSERT INTO exchange (med_org_ord, interface_id, started_at_ms, elapsed_ms, http_status, reply_body)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#lastBody = db
      .prepare<[string, string], string | null>(
        'SELECT reply_body FROM exchange WHERE med_org_ord = ? AND interface_id = ? ORDER BY id DESC LIMIT 1',
      )
      .pluck()
    this.#drift = db.prepare<[string, string, string, number, number]>(
      `INSERT INTO wire_drift VALUES (?, ?, ?, 1, ?, ?) ON CONFLICT DO UPDATE SET
       times = times + 1, last_at_ms = excluded.last_at_ms`,
    )
  }

  /** Keeps the raw answer, unless it is word for word the one before: an order is asked about many times. */
  keep(exchange: ExchangeRecord): void {
    const { medOrgOrd, interfaceId } = exchange
    if (this.#lastBody.get(medOrgOrd, interfaceId) === exchange.replyBody) return
    this.#insert.run(
      medOrgOrd,
      interfaceId,
      exchange.startedAtMs,
      exchange.elapsedMs,
      exchange.status,
      exchange.replyBody,
    )
  }

  /** The last answer about this order on one interface, as it came; null when there is none. */
  lastReply(medOrgOrd: string, interfaceId: string): string | null {
    return this.#lastBody.get(medOrgOrd, interfaceId) ?? null
  }

  countDrift(interfaceId: string, drift: readonly WireDrift[], atMs: number): void {
    for (const { kind, path } of drift) this.#drift.run(interfaceId, kind, path, atMs, atMs)
  }
}
