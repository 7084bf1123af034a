import { fen } from '#shared/domain/money.ts'
import { SUSPENSE_REASONS } from '#shared/domain/order-proof.ts'
import { LEG_STATES, ORDER_STATES, SETL_TYPES } from '#shared/domain/order-status.ts'
import { ATTENTION_REASONS } from '#shared/domain/order-view.ts'
import { nullableFen, oneOf } from './columns.ts'
import { nameInitials } from './name-initials.ts'
import type { ChargeSnapshot, OrderRecord } from './order-record.ts'

/** One row of `orders`, as SQLite gives it. */
export interface OrderRow {
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
  setl_ruled_out: string | null
  attention_noted: string | null
  rebuilt_at_ms: number | null
}

/** What the hospital's charge says: it hardly ever changes, and five indexes are over it. */
export const CHARGE_COLUMNS = [
  'patient_name',
  'name_initials',
  'id_no',
  'dept_name',
  'dr_name',
  'visit_time',
  'charge_fen',
  'charge_outside_fen',
] as const satisfies readonly (keyof OrderRow)[]

export const ORDER_COLUMNS = [
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
  ...CHARGE_COLUMNS,
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
  'setl_ruled_out',
  'attention_noted',
  'rebuilt_at_ms',
] as const satisfies readonly (keyof OrderRow)[]

export type ChargeColumn = (typeof CHARGE_COLUMNS)[number]

/** What the steps of a payment change. */
export type StateRow = Omit<OrderRow, ChargeColumn>

/** @throws when a column holds a word that was not written by us. */
export function readOrderRow(row: OrderRow): OrderRecord {
  return {
    medOrgOrd: row.med_org_ord,
    payOrdId: row.pay_ord_id,
    state: oneOf(ORDER_STATES, row.state),
    proof: {
      state: oneOf(PROVED_STATES, row.proved_state),
      legs: { insurance: oneOf(LEG_STATES, row.leg_insurance), cash: oneOf(LEG_STATES, row.leg_cash) },
      setlType: row.setl_type === null ? null : oneOf(SETL_TYPES, row.setl_type),
      ruledOut: row.setl_ruled_out === null ? [] : row.setl_ruled_out.split(' ').map((type) => oneOf(SETL_TYPES, type)),
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
    attentionNoted: row.attention_noted === null ? null : oneOf(ATTENTION_REASONS, row.attention_noted),
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
    rebuiltAtMs: row.rebuilt_at_ms,
  }
}

const PROVED_STATES = ORDER_STATES.filter((state) => state !== 'unknown' && state !== 'refunding')

export function toOrderRow(record: OrderRecord): OrderRow {
  return { ...toStateRow(record), ...toChargeRow(record.charge) }
}

function toChargeRow(charge: ChargeSnapshot): Pick<OrderRow, ChargeColumn> {
  return {
    patient_name: charge.patientName,
    name_initials: nameInitials(charge.patientName),
    id_no: charge.idNo,
    dept_name: charge.deptName,
    dr_name: charge.drName,
    visit_time: charge.visitTime,
    charge_fen: charge.chargeFen,
    charge_outside_fen: charge.chargeOutsideFen,
  }
}

/** Without what the charge says: reading initials takes longer than all of this. */
export function toStateRow(record: OrderRecord): StateRow {
  const { proof } = record
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
    setl_ruled_out: proof.ruledOut.length === 0 ? null : proof.ruledOut.join(' '),
    attention_noted: record.attentionNoted,
    rebuilt_at_ms: record.rebuiltAtMs,
  }
}
