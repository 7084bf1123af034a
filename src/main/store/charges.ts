import { whereReadable } from './fold/fold-block.ts'
import { Folds } from './fold/folds.ts'
import type { Db } from './open.ts'

/** A pending charge as the hospital's system last gave it. */
export interface ChargeRecord {
  readonly medOrgOrd: string
  readonly idNo: string
  /** 2.1's `data`, every digit as it came. */
  readonly detailJson: string
  readonly fetchedAtMs: number
}

interface ChargeRow {
  med_org_ord: string
  id_no: string
  detail_json: string
  fetched_at_ms: number
}

/**
 * The table `charge`: what keeps charges readable while the hospital's system is away. No evidence: where the block of an
 * order cannot be read, the charge is asked for anew like one that was never heard.
 */
export class ChargeRepository {
  readonly #folds
  readonly #save
  readonly #byNumber
  readonly #recent
  readonly #byIdNo

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#save = db.prepare<[ChargeRow]>(
      `INSERT INTO charge VALUES (@med_org_ord, @id_no, @detail_json, @fetched_at_ms)
       ON CONFLICT (med_org_ord) DO UPDATE SET id_no = excluded.id_no, detail_json = excluded.detail_json,
       fetched_at_ms = excluded.fetched_at_ms`,
    )
    this.#byNumber = db.prepare<[string], ChargeRow>('SELECT * FROM charge WHERE med_org_ord = ?')
    this.#recent = db.prepare<[number], ChargeRow>('SELECT * FROM charge WHERE fetched_at_ms >= ?')
    this.#byIdNo = db.prepare<[string, number], ChargeRow>(
      'SELECT * FROM charge WHERE id_no = ? AND fetched_at_ms >= ?',
    )
  }

  save(charge: ChargeRecord): void {
    whereReadable(() => this.#folds.unfold(charge.medOrgOrd), false)
    this.#save.run({
      med_org_ord: charge.medOrgOrd,
      id_no: charge.idNo,
      detail_json: charge.detailJson,
      fetched_at_ms: charge.fetchedAtMs,
    })
  }

  find(medOrgOrd: string): ChargeRecord | undefined {
    const folded = () => this.#folds.rowsOf<ChargeRow>(medOrgOrd, 'charge')[0]
    const row = this.#byNumber.get(medOrgOrd) ?? whereReadable(folded, undefined)
    return row === undefined ? undefined : fromRow(row)
  }

  /** Charges seen since, all or of one resident id. */
  seenSince(sinceMs: number, idNo?: string): readonly ChargeRecord[] {
    const rows = idNo === undefined ? this.#recent.all(sinceMs) : this.#byIdNo.all(idNo, sinceMs)
    return rows.map(fromRow)
  }
}

function fromRow(row: ChargeRow): ChargeRecord {
  return {
    medOrgOrd: row.med_org_ord,
    idNo: row.id_no,
    detailJson: row.detail_json,
    fetchedAtMs: row.fetched_at_ms,
  }
}
