import { DRIFT_KINDS, type DriftKind, type WireDrift } from '#shared/centre/wire-drift.ts'
import { oneOf } from './columns.ts'
import { Folds } from './fold/folds.ts'
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

/** One way in which the far side differs from the document, as often as it was met. */
export interface DriftRecord {
  readonly interfaceId: string
  readonly kind: DriftKind
  readonly path: string
  readonly times: number
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** How the value was built when it was met first; null where there was no value. */
  readonly sample: string | null
}

interface DriftRow {
  interface_id: string
  kind: string
  path: string
  times: number
  first_at_ms: number
  last_at_ms: number
  sample: string | null
}

interface ExchangeRow {
  med_org_ord: string
  interface_id: string
  started_at_ms: number
  elapsed_ms: number
  http_status: number | null
  reply_body: string | null
}

/** A far side that invents a field a message must not fill the disk; what is known already is counted on. */
const MOST_DRIFT_ROWS = 500
/** Enough for one order's history; an answer is kept only when it differs from the one before. */
const MOST_EXCHANGES = 200

/** The tables `exchange` (raw answers) and `wire_drift` (how the far side differs from the document). */
export class WireLogRepository {
  readonly #folds
  readonly #insert
  readonly #lastBody
  readonly #ofOrder
  readonly #countKnown
  readonly #addDrift
  readonly #allDrift
  readonly #clearDrift

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#insert = db.prepare<[string, string, number, number, number | null, string | null]>(
      `INSERT INTO exchange (med_org_ord, interface_id, started_at_ms, elapsed_ms, http_status, reply_body)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    this.#lastBody = db
      .prepare<[string, string], string | null>(
        'SELECT reply_body FROM exchange WHERE med_org_ord = ? AND interface_id = ? ORDER BY id DESC LIMIT 1',
      )
      .pluck()
    this.#ofOrder = db.prepare<[string, number], ExchangeRow>(
      'SELECT * FROM exchange WHERE med_org_ord = ? ORDER BY id DESC LIMIT ?',
    )
    this.#countKnown = db.prepare<[number, string, string, string]>(
      'UPDATE wire_drift SET times = times + 1, last_at_ms = ? WHERE interface_id = ? AND kind = ? AND path = ?',
    )
    this.#addDrift = db.prepare<[Omit<DriftRow, 'times' | 'last_at_ms'> & { most: number }]>(
      `INSERT INTO wire_drift (interface_id, kind, path, times, first_at_ms, last_at_ms, sample)
       SELECT @interface_id, @kind, @path, 1, @first_at_ms, @first_at_ms, @sample
       WHERE (SELECT count(*) FROM wire_drift WHERE interface_id = @interface_id) < @most`,
    )
    this.#allDrift = db.prepare<[], DriftRow>('SELECT * FROM wire_drift ORDER BY interface_id, last_at_ms DESC, path')
    this.#clearDrift = db.prepare<[]>('DELETE FROM wire_drift')
  }

  /** Keeps the raw answer, unless it is word for word the one before: an order is asked about many times. */
  keep(exchange: ExchangeRecord): void {
    const { medOrgOrd, interfaceId } = exchange
    this.#folds.unfold(medOrgOrd)
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

  /** The last answer about an order that is not folded, on one interface, as it came; null when there is none. */
  lastReply(medOrgOrd: string, interfaceId: string): string | null {
    return this.#lastBody.get(medOrgOrd, interfaceId) ?? null
  }

  /** What went out about this order and was answered, newest first. */
  ofOrder(medOrgOrd: string): readonly ExchangeRecord[] {
    const rows = this.#ofOrder.all(medOrgOrd, MOST_EXCHANGES)
    const folded = () => this.#folds.rowsOf<ExchangeRow>(medOrgOrd, 'exchange').slice(-MOST_EXCHANGES).toReversed()
    return (rows.length > 0 ? rows : folded()).map((row) => ({
      medOrgOrd: row.med_org_ord,
      interfaceId: row.interface_id,
      startedAtMs: row.started_at_ms,
      elapsedMs: row.elapsed_ms,
      status: row.http_status,
      replyBody: row.reply_body,
    }))
  }

  /** Counts how one message differed from the document; at most 500 different ways an interface are kept. */
  countDrift(interfaceId: string, drift: readonly WireDrift[], atMs: number): void {
    for (const { kind, path, sample = null } of drift) {
      if (this.#countKnown.run(atMs, interfaceId, kind, path).changes > 0) continue
      const row = { interface_id: interfaceId, kind, path, first_at_ms: atMs, sample }
      this.#addDrift.run({ ...row, most: MOST_DRIFT_ROWS })
    }
  }

  /** By interface, what was met last first. */
  drift(): readonly DriftRecord[] {
    return this.#allDrift.all().map((row) => ({
      interfaceId: row.interface_id,
      kind: oneOf(DRIFT_KINDS, row.kind),
      path: row.path,
      times: row.times,
      firstAtMs: row.first_at_ms,
      lastAtMs: row.last_at_ms,
      sample: row.sample,
    }))
  }

  /** @returns how many rows there were. */
  clearDrift(): number {
    return this.#clearDrift.run().changes
  }
}
