import { oneOf } from './columns.ts'
import { Folds } from './fold/folds.ts'
import type { Db } from './open.ts'

/** pending: to be paid. withdrawn: the hospital took it back. done: its result was written back. */
const FOLDER_CHARGE_STATES = ['pending', 'withdrawn', 'done'] as const
export type FolderChargeState = (typeof FOLDER_CHARGE_STATES)[number]

/** A charge that came as a file. The file is gone from the inbox, so this is where it lives. */
export interface FolderCharge {
  readonly medOrgOrd: string
  readonly idNo: string
  /** 2.1's `data`, every digit as it came. */
  readonly detailJson: string
  readonly state: FolderChargeState
  readonly takenAtMs: number
}

interface FolderChargeRow {
  med_org_ord: string
  id_no: string
  detail_json: string
  state: string
  taken_at_ms: number
}

/** The table `folder_charge`. */
export class FolderChargeRepository {
  readonly #folds
  readonly #save
  readonly #byNumber
  readonly #pending
  readonly #setState

  constructor(db: Db, folds = new Folds(db)) {
    this.#folds = folds
    this.#save = db.prepare<[FolderChargeRow]>(
      `INSERT INTO folder_charge VALUES (@med_org_ord, @id_no, @detail_json, @state, @taken_at_ms)
       ON CONFLICT (med_org_ord) DO UPDATE SET id_no = excluded.id_no, detail_json = excluded.detail_json,
       state = excluded.state, taken_at_ms = excluded.taken_at_ms`,
    )
    this.#byNumber = db.prepare<[string], FolderChargeRow>('SELECT * FROM folder_charge WHERE med_org_ord = ?')
    this.#pending = db.prepare<[string | null, string | null], FolderChargeRow>(
      `SELECT * FROM folder_charge WHERE state = 'pending' AND (? IS NULL OR upper(id_no) = upper(?))
       ORDER BY taken_at_ms, med_org_ord`,
    )
    this.#setState = db.prepare<[FolderChargeState, string]>('UPDATE folder_charge SET state = ? WHERE med_org_ord = ?')
  }

  save(charge: FolderCharge): void {
    this.#folds.unfold(charge.medOrgOrd)
    this.#save.run({
      med_org_ord: charge.medOrgOrd,
      id_no: charge.idNo,
      detail_json: charge.detailJson,
      state: charge.state,
      taken_at_ms: charge.takenAtMs,
    })
  }

  find(medOrgOrd: string): FolderCharge | undefined {
    const row = this.#byNumber.get(medOrgOrd) ?? this.#folds.rowsOf<FolderChargeRow>(medOrgOrd, 'folder_charge')[0]
    return row === undefined ? undefined : fromRow(row)
  }

  /** All pending ones, or those of one resident id, the longest known first. */
  pending(idNo?: string): readonly FolderCharge[] {
    return this.#pending.all(idNo ?? null, idNo ?? null).map(fromRow)
  }

  setState(medOrgOrd: string, state: FolderChargeState): void {
    this.#folds.unfold(medOrgOrd)
    this.#setState.run(state, medOrgOrd)
  }
}

function fromRow(row: FolderChargeRow): FolderCharge {
  return {
    medOrgOrd: row.med_org_ord,
    idNo: row.id_no,
    detailJson: row.detail_json,
    state: oneOf(FOLDER_CHARGE_STATES, row.state),
    takenAtMs: row.taken_at_ms,
  }
}
