import { z } from 'zod'
import { BILL_MATCHES, type BillMatch, type BillRow } from '#shared/contract/bills.ts'
import { BILL_MOVEMENTS } from '#shared/domain/bill-columns.ts'
import { fen } from '#shared/domain/money.ts'
import { parseWireTime } from '#shared/domain/time.ts'
import { nullableFen, oneOf } from '../columns.ts'
import { connect, type Db, type OpenOptions } from '../open.ts'
import type { Stepper } from '../outline.ts'
import type { RowMatch } from './rows-file.ts'

export interface RowPage {
  readonly match?: RowMatch | undefined
  readonly afterLine: number
  readonly limit: number
}

interface RowRecord {
  line: number
  verdict: string
  movement: string | null
  med_org_ord: string | null
  pay_ord_id: string | null
  app_refd_sn: string | null
  trade_time: string | null
  amount_fen: number | null
  others_json: string | null
  raw: string | null
  reason: string | null
  order_number: string | null
  ours_fen: number | null
}

interface MissingRecord {
  movement: string
  med_org_ord: string
  pay_ord_id: string | null
  ours_fen: number
  app_refd_sn: string | null
  at_ms: number
}

/** Reads the file of a bill's rows, page by page. To be closed before the file is replaced. */
export class RowReader {
  readonly #db: Db

  constructor(options: OpenOptions) {
    this.#db = connect(options, { readonly: true })
  }

  /** @param unmapped headers of the unmapped columns, in their order */
  rows(unmapped: readonly string[], { match, afterLine, limit }: RowPage): readonly BillRow[] {
    return this.#db
      .prepare<[number, number], RowRecord>(
        `SELECT r.*, v.verdict, v.ours_fen,
           iif(v.place IS NULL, NULL, coalesce(r.med_org_ord, v.order_number)) AS order_number
         FROM verdict v JOIN bill_row r ON r.line = v.line
         WHERE ${verdictIs(match)} v.line > ? ORDER BY v.line LIMIT ?`,
      )
      .all(afterLine, limit)
      .map((row) => rowOf(row, unmapped))
  }

  /** Movements of ours that the bill lacks, the earliest first. @param after how many were read before */
  missing(after: number, limit: number): readonly BillRow[] {
    return this.#db
      .prepare<[number, number], MissingRecord>('SELECT * FROM missing WHERE place > ? ORDER BY place LIMIT ?')
      .all(after, limit)
      .map(missingRow)
  }

  /** Steps over the rows by the cursors of their pages alone. */
  stepper(match: BillMatch | undefined): Stepper<number> {
    const [cursor, behind] =
      match === 'missing'
        ? ['place', 'FROM missing WHERE place > ? ORDER BY place']
        : ['line', `FROM verdict v WHERE ${verdictIs(match)} v.line > ? ORDER BY v.line`]
    const skip = this.#db.prepare<[number, number], number>(`SELECT ${cursor} ${behind} LIMIT 1 OFFSET ?`).pluck()
    const rest = this.#db.prepare<[number, number], number>(`SELECT count(*) FROM (SELECT 1 ${behind} LIMIT ?)`).pluck()
    return {
      skip: (after, rows) => skip.get(after, rows - 1),
      rest: (after, most) => Number(rest.get(after, most)),
    }
  }

  close(): void {
    this.#db.close()
  }
}

/** Said in so many words, or SQLite would not see that an index without the rows that match is enough. */
export function verdictIs(match: RowMatch | undefined): string {
  if (match === undefined) return ''
  return match === 'matched' ? `v.verdict = 'matched' AND` : `v.verdict = '${match}' AND v.verdict <> 'matched' AND`
}

const othersSchema = z.array(z.string())

function rowOf(row: RowRecord, unmapped: readonly string[]): BillRow {
  const others = row.others_json === null ? [] : othersSchema.parse(JSON.parse(row.others_json))
  return {
    line: row.line,
    match: oneOf(BILL_MATCHES, row.verdict),
    movement: row.movement === null ? null : oneOf(BILL_MOVEMENTS, row.movement),
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    appRefdSn: row.app_refd_sn,
    tradeTime: row.trade_time,
    tradeAtMs: parseWireTime((row.trade_time ?? '').replaceAll('/', '-')) ?? null,
    amountFen: nullableFen(row.amount_fen),
    oursFen: nullableFen(row.ours_fen),
    orderNumber: row.order_number,
    others: others.flatMap((value, index) => (value === '' ? [] : [{ header: unmapped[index] ?? '', value }])),
    raw: row.raw,
    reason: row.reason,
  }
}

function missingRow(row: MissingRecord): BillRow {
  return {
    line: null,
    match: 'missing',
    movement: oneOf(BILL_MOVEMENTS, row.movement),
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    appRefdSn: row.app_refd_sn,
    tradeTime: null,
    tradeAtMs: row.at_ms,
    amountFen: null,
    oursFen: fen(row.ours_fen),
    orderNumber: row.med_org_ord,
    others: [],
    raw: null,
    reason: null,
  }
}
