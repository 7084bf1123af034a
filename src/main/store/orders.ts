import { fen, fenFromYuanText } from '#shared/domain/money.ts'
import { SUSPENSE_REASONS } from '#shared/domain/order-proof.ts'
import { LEG_STATES, ORDER_STATES, type OrderState, setlTypeSchema } from '#shared/domain/order-status.ts'
import { ATTENTION_REASONS } from '#shared/domain/order-view.ts'
import { nullableFen, oneOf } from './columns.ts'
import { nameInitials } from './name-initials.ts'
import type { Db } from './open.ts'
import type { OrderRecord } from './order-record.ts'
import type { Stepper } from './outline.ts'

/** One row of `orders`, as SQLite gives it. */
interface OrderRow {
  med_org_ord: string
  pay_ord_id: string | null
  state: string
  proved_state: string
  leg_insurance: string
  leg_cash: string
  setl_type: string | null
  fee_sum_fen: number | null
  fund_fen: number | null
  account_fen: number | null
  own_pay_fen: number | null
  out_of_catalogue_fen: number | null
  prepaid_fen: number | null
  amounts_from: string | null
  amounts_warning: number
  ord_stas: string | null
  last_ord_stas: string | null
  suspense_reason: string | null
  identity_failed: string | null
  attention_reason: string | null
  attention_since_ms: number | null
  patient_name: string
  name_initials: string
  id_no: string
  dept_name: string
  dr_name: string
  visit_time: string
  charge_fen: number
  charge_outside_fen: number
  cashier_url: string | null
  uploaded_at_ms: number | null
  pay_until_ms: number | null
  hi_doc_sn: string | null
  hi_rgst_sn: string | null
  settled_at_ms: number | null
  callback_at_ms: number | null
  last_query_at_ms: number | null
  next_query_at_ms: number | null
  query_attempts: number
  created_at_ms: number
  updated_at_ms: number
  fee_fingerprint: string | null
}

const COLUMNS = [
  'med_org_ord',
  'pay_ord_id',
  'state',
  'proved_state',
  'leg_insurance',
  'leg_cash',
  'setl_type',
  'fee_sum_fen',
  'fund_fen',
  'account_fen',
  'own_pay_fen',
  'out_of_catalogue_fen',
  'prepaid_fen',
  'amounts_from',
  'amounts_warning',
  'ord_stas',
  'last_ord_stas',
  'suspense_reason',
  'identity_failed',
  'attention_reason',
  'attention_since_ms',
  'patient_name',
  'name_initials',
  'id_no',
  'dept_name',
  'dr_name',
  'visit_time',
  'charge_fen',
  'charge_outside_fen',
  'cashier_url',
  'uploaded_at_ms',
  'pay_until_ms',
  'hi_doc_sn',
  'hi_rgst_sn',
  'settled_at_ms',
  'callback_at_ms',
  'last_query_at_ms',
  'next_query_at_ms',
  'query_attempts',
  'created_at_ms',
  'updated_at_ms',
  'fee_fingerprint',
] as const satisfies readonly (keyof OrderRow)[]

const SAVE = `INSERT INTO orders (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((name) => `@${name}`).join(', ')})
  ON CONFLICT (med_org_ord) DO UPDATE SET
  ${COLUMNS.filter((name) => name !== 'med_org_ord')
    .map((name) => `${name} = excluded.${name}`)
    .join(', ')}`

/** Which orders a list is of. */
export interface OrderList {
  readonly states?: readonly OrderState[] | undefined
  /** Half-open range of creation times. */
  readonly fromMs?: number | undefined
  readonly beforeMs?: number | undefined
}

export interface OrderSearch extends OrderList {
  /** Order number, centre number, name, pinyin initials, tail of the id; an amount in yuan with its two decimals. */
  readonly text?: string | undefined
  readonly attention?: boolean | undefined
  /** The last order of the page before. */
  readonly after?: OrderKey | undefined
  readonly limit: number
}

/** The place of an order among the others. */
export interface OrderKey {
  readonly createdAtMs: number
  readonly medOrgOrd: string
}

const NEWEST_FIRST = 'ORDER BY created_at_ms DESC, med_org_ord DESC'

/** The table `orders`. Knows nothing of rules: what a record says is decided in `order-book.ts`. */
export class OrderRepository {
  readonly #db: Db
  readonly #byNumber
  readonly #save
  readonly #due
  readonly #attention

  constructor(db: Db) {
    this.#db = db
    this.#byNumber = db.prepare<[string], OrderRow>('SELECT * FROM orders WHERE med_org_ord = ?')
    this.#save = db.prepare<[OrderRow]>(SAVE)
    this.#due = db.prepare<[number, number], { med_org_ord: string }>(
      'SELECT med_org_ord FROM orders WHERE next_query_at_ms <= ? ORDER BY next_query_at_ms LIMIT ?',
    )
    this.#attention = db.prepare<[], number>('SELECT count(*) FROM orders WHERE attention_reason IS NOT NULL').pluck()
  }

  find(medOrgOrd: string): OrderRecord | undefined {
    const row = this.#byNumber.get(medOrgOrd)
    return row === undefined ? undefined : fromRow(row)
  }

  save(record: OrderRecord): void {
    this.#save.run(toRow(record))
  }

  /** Numbers of the orders that the centre should be asked about now, the longest waiting first. */
  due(nowMs: number, limit: number): readonly string[] {
    return this.#due.all(nowMs, limit).map((row) => row.med_org_ord)
  }

  attentionCount(): number {
    return Number(this.#attention.get())
  }

  /** Newest first; a page continues after the last order of the page before, so it is stable while orders arrive. */
  search(search: OrderSearch): readonly OrderRecord[] {
    const { where, values } = conditionsOf(search)
    return this.#db
      .prepare<(string | number)[], OrderRow>(`SELECT * FROM orders WHERE ${where} ${NEWEST_FIRST} LIMIT ?`)
      .all(...values, search.limit)
      .map(fromRow)
  }

  /** Steps over what is behind `after`, by the keys alone. */
  stepper(search: OrderList & { readonly after: OrderKey }): Stepper<OrderKey> {
    const { where, values } = conditionsOf(search)
    // The last two are the key itself: each step begins behind another one.
    const bounds = values.slice(0, -2)
    const skip = this.#db.prepare<(string | number)[], { created_at_ms: number; med_org_ord: string }>(
      `SELECT created_at_ms, med_org_ord FROM orders WHERE ${where} ${NEWEST_FIRST} LIMIT 1 OFFSET ?`,
    )
    const rest = this.#db
      .prepare<(string | number)[], number>(
        `SELECT count(*) FROM (SELECT 1 FROM orders WHERE ${where} ${NEWEST_FIRST} LIMIT ?)`,
      )
      .pluck()
    return {
      skip({ createdAtMs, medOrgOrd }, rows) {
        const row = skip.get(...bounds, createdAtMs, medOrgOrd, rows - 1)
        return row === undefined ? undefined : { createdAtMs: row.created_at_ms, medOrgOrd: row.med_org_ord }
      },
      rest: ({ createdAtMs, medOrgOrd }, most) => Number(rest.get(...bounds, createdAtMs, medOrgOrd, most)),
    }
  }
}
/** Which orders, all but their number. @returns the conditions, and what they are bound to */
function conditionsOf(search: Omit<OrderSearch, 'limit'>): { where: string; values: readonly (string | number)[] } {
  const conditions: string[] = ['1 = 1']
  const values: (string | number)[] = []
  const where = (condition: string, ...bound: readonly (string | number)[]) => {
    conditions.push(condition)
    values.push(...bound)
  }
  if (search.text !== undefined && search.text !== '') where(TEXT_MATCHES, ...textValues(search.text))
  if (search.states !== undefined && search.states.length > 0) {
    where(`state IN (${search.states.map(() => '?').join(', ')})`, ...search.states)
  }
  if (search.attention === true) where('attention_reason IS NOT NULL')
  if (search.fromMs !== undefined) where('created_at_ms >= ?', search.fromMs)
  const { beforeMs, after } = search
  // One bound from above, so that the index is entered at the place that counts.
  const isBoundByAfter = after !== undefined && (beforeMs === undefined || after.createdAtMs < beforeMs)
  if (beforeMs !== undefined && !isBoundByAfter) where('created_at_ms < ?', beforeMs)
  if (after !== undefined) where('(created_at_ms, med_org_ord) < (?, ?)', after.createdAtMs, after.medOrgOrd)
  return { where: conditions.join(' AND '), values }
}

const TEXT_MATCHES = `(med_org_ord LIKE ? ESCAPE '\\' OR pay_ord_id LIKE ? ESCAPE '\\' OR patient_name LIKE ? ESCAPE '\\'
  OR name_initials LIKE ? ESCAPE '\\' OR id_no LIKE ? ESCAPE '\\' OR charge_fen + charge_outside_fen = ?)`

function textValues(text: string): readonly (string | number)[] {
  const escaped = text.replace(/[\\%_]/g, '\\$&')
  const amount = /^[\d,]+\.\d{2}$/.test(text) ? fenFromYuanText(text.replaceAll(',', '')) : undefined
  return [`%${escaped}%`, `%${escaped}%`, `%${escaped}%`, `${escaped.toLowerCase()}%`, `%${escaped}`, amount ?? -1]
}

function fromRow(row: OrderRow): OrderRecord {
  return {
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    state: oneOf(ORDER_STATES, row.state),
    proof: {
      state: oneOf(PROVED_STATES, row.proved_state),
      legs: { insurance: oneOf(LEG_STATES, row.leg_insurance), cash: oneOf(LEG_STATES, row.leg_cash) },
      setlType: row.setl_type === null ? null : setlTypeSchema.parse(row.setl_type),
      amounts: {
        feeSumFen: nullableFen(row.fee_sum_fen),
        fundFen: nullableFen(row.fund_fen),
        accountFen: nullableFen(row.account_fen),
        ownPayFen: nullableFen(row.own_pay_fen),
        outOfCatalogueFen: nullableFen(row.out_of_catalogue_fen),
        prepaidFen: nullableFen(row.prepaid_fen),
      },
      amountsFrom: row.amounts_from === null ? null : oneOf(['query', 'callback'], row.amounts_from),
      amountsWarning: row.amounts_warning === 1,
      ordStas: row.ord_stas,
      lastOrdStas: row.last_ord_stas,
      suspense: row.suspense_reason === null ? null : oneOf(SUSPENSE_REASONS, row.suspense_reason),
    },
    identityFailed: row.identity_failed,
    attentionReason: row.attention_reason === null ? null : oneOf(ATTENTION_REASONS, row.attention_reason),
    attentionSinceMs: row.attention_since_ms,
    charge: {
      patientName: row.patient_name,
      idNo: row.id_no,
      deptName: row.dept_name,
      drName: row.dr_name,
      visitTime: row.visit_time,
      chargeFen: fen(row.charge_fen),
      chargeOutsideFen: fen(row.charge_outside_fen),
    },
    cashierUrl: row.cashier_url,
    uploadedAtMs: row.uploaded_at_ms,
    payUntilMs: row.pay_until_ms,
    hiDocSn: row.hi_doc_sn,
    hiRgstSn: row.hi_rgst_sn,
    settledAtMs: row.settled_at_ms,
    callbackAtMs: row.callback_at_ms,
    lastQueryAtMs: row.last_query_at_ms,
    nextQueryAtMs: row.next_query_at_ms,
    queryAttempts: row.query_attempts,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    feeFingerprint: row.fee_fingerprint,
  }
}

const PROVED_STATES = ORDER_STATES.filter((state) => state !== 'unknown' && state !== 'refunding')

function toRow(record: OrderRecord): OrderRow {
  const { proof, charge } = record
  return {
    med_org_ord: record.medOrgOrd,
    pay_ord_id: record.payOrdId,
    state: record.state,
    proved_state: proof.state,
    leg_insurance: proof.legs.insurance,
    leg_cash: proof.legs.cash,
    setl_type: proof.setlType,
    fee_sum_fen: proof.amounts.feeSumFen,
    fund_fen: proof.amounts.fundFen,
    account_fen: proof.amounts.accountFen,
    own_pay_fen: proof.amounts.ownPayFen,
    out_of_catalogue_fen: proof.amounts.outOfCatalogueFen,
    prepaid_fen: proof.amounts.prepaidFen,
    amounts_from: proof.amountsFrom,
    amounts_warning: proof.amountsWarning ? 1 : 0,
    ord_stas: proof.ordStas,
    last_ord_stas: proof.lastOrdStas,
    suspense_reason: proof.suspense,
    identity_failed: record.identityFailed,
    attention_reason: record.attentionReason,
    attention_since_ms: record.attentionSinceMs,
    patient_name: charge.patientName,
    name_initials: nameInitials(charge.patientName),
    id_no: charge.idNo,
    dept_name: charge.deptName,
    dr_name: charge.drName,
    visit_time: charge.visitTime,
    charge_fen: charge.chargeFen,
    charge_outside_fen: charge.chargeOutsideFen,
    cashier_url: record.cashierUrl,
    uploaded_at_ms: record.uploadedAtMs,
    pay_until_ms: record.payUntilMs,
    hi_doc_sn: record.hiDocSn,
    hi_rgst_sn: record.hiRgstSn,
    settled_at_ms: record.settledAtMs,
    callback_at_ms: record.callbackAtMs,
    last_query_at_ms: record.lastQueryAtMs,
    next_query_at_ms: record.nextQueryAtMs,
    query_attempts: record.queryAttempts,
    created_at_ms: record.createdAtMs,
    updated_at_ms: record.updatedAtMs,
    fee_fingerprint: record.feeFingerprint,
  }
}
