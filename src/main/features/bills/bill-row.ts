import type { BillType } from '#shared/centre/download-bill.ts'
import {
  type BillColumn,
  type BillField,
  type BillMovement,
  type BillNames,
  movementOf,
  movementWords,
} from '#shared/domain/bill-columns.ts'
import { type Fen, fen, ZERO_FEN } from '#shared/domain/money.ts'
import { cleanCell, readAmount } from './bill-cells.ts'

/** A row of the bill in this desk's words. Amounts are positive, whichever sign the bill writes. */
export interface ReadRow {
  readonly movement: BillMovement
  readonly medOrgOrd: string | null
  readonly payOrdId: string | null
  readonly appRefdSn: string | null
  readonly tradeTime: string | null
  readonly amountFen: Fen
  /** Cells of the unmapped columns, in their order. */
  readonly others: readonly string[]
}

/** The row, or in zh-CN why it cannot be read; never with a value of the row. */
export type RowRead = { readonly ok: true; readonly row: ReadRow } | { readonly ok: false; readonly reason: string }

export interface RowRules {
  readonly columns: readonly BillColumn[]
  /** Where each field stands. */
  readonly places: Readonly<Partial<Record<BillField, number>>>
  /** Which amounts are written in fen. */
  readonly inFen: { readonly amount: boolean; readonly refundAmount: boolean }
  /** Cells of the unmapped columns. */
  readonly otherPlaces: readonly number[]
  /** What a word of a type or status column says; undefined for one that no table lists. */
  readonly movementOf: (word: string) => BillMovement | undefined
  /** What was asked for: the bill of payments alone holds payments, and that of refunds refunds. */
  readonly billType: BillType
}

/** What is the same for every row of a bill, worked out once: a bill may have a million. */
export function rowRules(columns: readonly BillColumn[], names: BillNames, billType: BillType): RowRules {
  const places: RowRules['places'] = Object.fromEntries(
    columns.flatMap(({ field }, index) => (field === null ? [] : [[field, index]])),
  )
  const isInFen = (wanted: BillField) => columns.some(({ field, inFen }) => field === wanted && inFen)
  const inFen = { amount: isInFen('amount'), refundAmount: isInFen('refundAmount') }
  const otherPlaces = columns.flatMap(({ field }, index) => (field === null ? [index] : []))
  return { columns, places, inFen, otherPlaces, movementOf: rememberedMovements(names), billType }
}

/** Words of these columns repeat in every row; what a bill writes there may still be anything. */
const MOST_REMEMBERED_WORDS = 100

function rememberedMovements(names: BillNames): RowRules['movementOf'] {
  const words = movementWords(names)
  const remembered = new Map<string, BillMovement | undefined>()
  return (word) => {
    if (remembered.has(word)) return remembered.get(word)
    const movement = movementOf(word, words)
    if (remembered.size < MOST_REMEMBERED_WORDS) remembered.set(word, movement)
    return movement
  }
}

const LONGEST_NUMBER = 128

function isUndecoded(value: string): boolean {
  return value.includes('\uFFFD')
}

/** Reads one record. Nothing is guessed: what does not say plainly what moved, how much and for whom is not a row. */
export function readBillRow(cells: readonly string[], rules: RowRules): RowRead {
  const values = cells.map(cleanCell)
  if (!fits(values, rules.columns.length))
    return no(`列数不符：表头 ${rules.columns.length} 列，本行 ${values.length} 列`)
  if (values.some(isUndecoded)) return no('有无法解码的字符')
  const said = fieldsOf(values, rules)

  const { medOrgOrd, payOrdId, appRefdSn } = said
  if (medOrgOrd === '' && payOrdId === '') return no('没有订单号')
  if (Math.max(medOrgOrd.length, payOrdId.length, appRefdSn.length) > LONGEST_NUMBER) return no('订单号过长')
  const moved = readMovement(said, rules)
  if (!moved.ok) return moved
  return {
    ok: true,
    row: {
      movement: moved.movement,
      medOrgOrd: medOrgOrd || null,
      payOrdId: payOrdId || null,
      appRefdSn: appRefdSn || null,
      tradeTime: said.tradeTime || null,
      amountFen: moved.amountFen,
      others: rules.otherPlaces.map((place) => values[place] ?? ''),
    },
  }
}

/** What a row says in each field; blank where it says nothing. */
type Fields = Readonly<Record<BillField, string>>

/** One by one: a million rows look their fields up by name twice as slowly as by their places. */
function fieldsOf(values: readonly string[], { places }: RowRules): Fields {
  return {
    medOrgOrd: valueAt(values, places.medOrgOrd),
    payOrdId: valueAt(values, places.payOrdId),
    tradeTime: valueAt(values, places.tradeTime),
    amount: valueAt(values, places.amount),
    refundAmount: valueAt(values, places.refundAmount),
    tradeType: valueAt(values, places.tradeType),
    status: valueAt(values, places.status),
    appRefdSn: valueAt(values, places.appRefdSn),
  }
}

function valueAt(values: readonly string[], place: number | undefined): string {
  return place === undefined ? '' : (values[place] ?? '')
}

type Moved =
  | { readonly ok: true; readonly movement: BillMovement; readonly amountFen: Fen }
  | { readonly ok: false; readonly reason: string }

function readMovement(said: Fields, rules: RowRules): Moved {
  const amount = amountIn(said.amount, rules.inFen.amount)
  const refund = amountIn(said.refundAmount, rules.inFen.refundAmount)
  if (amount === undefined || refund === undefined) return no('金额应为数字，最多两位小数')
  if (amount === null && refund === null) return no('没有金额')

  const told = toldMovement(said, rules)
  if (told === 'unknown') return no('交易类型或状态不认识，可在设置 bills.words 中登记')
  if (told === 'ignored') return { ok: true, movement: 'ignored', amountFen: ZERO_FEN }
  const back = refund !== null && refund !== 0
  const lessThanNothing = amount !== null && amount < 0
  if (told === null && back && amount !== null && amount > 0) return no('同一行既有支付又有退款')
  const isRefund = told === 'refunded' || (told === null && (back || lessThanNothing))
  if (isRefund && rules.billType === 'SUCCESS') return no('只含支付的账单里有退款')
  if (!isRefund && (back || lessThanNothing)) return no('类型是支付，金额却是退款')
  if (!isRefund && /[^0-]/.test(said.appRefdSn)) return no('有退款流水号，却没有写明是退款')
  const moved = isRefund && back ? refund : amount
  if (moved === null) return no('没有金额')
  return { ok: true, movement: isRefund ? 'refunded' : 'paid', amountFen: fen(Math.abs(moved)) }
}

/** `null`: the cell is blank or there is no such column. `undefined`: what stands there is no amount. */
function amountIn(text: string, inFen: boolean): Fen | null | undefined {
  return text === '' ? null : readAmount(text, inFen)
}

/**
 * What type and status say together. A success in the status column says that it happened, not which way; a type that
 * no table lists (`JSAPI`) is passed over where the status speaks; `null`: the signs of the amounts decide.
 */
function toldMovement(
  { tradeType, status: statusWord }: Fields,
  { movementOf: movementSaid, billType }: RowRules,
): BillMovement | 'unknown' | null {
  const type = movementSaid(tradeType)
  const status = movementSaid(statusWord)
  if (statusWord !== '' && status === undefined) return 'unknown'
  if (tradeType !== '' && type === undefined && status === undefined) return 'unknown'
  if (type === 'ignored' || status === 'ignored') return 'ignored'
  if (type === 'refunded' || status === 'refunded' || billType === 'REFUND') return 'refunded'
  return type === 'paid' ? 'paid' : null
}

/** Blank cells beyond the header come from a separator at the end of the line. */
function fits(values: readonly string[], wanted: number): boolean {
  return values.length >= wanted && values.slice(wanted).every((value) => value === '')
}

function no(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason }
}
