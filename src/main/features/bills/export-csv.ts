import type { BillMatch, BillRow } from '#shared/contract/bills.ts'
import type { BillMovement } from '#shared/domain/bill-columns.ts'
import { type Fen, yuanText } from '#shared/domain/money.ts'

const MATCH_WORDS: Readonly<Record<BillMatch, string>> = {
  matched: '相符',
  amountDiffers: '金额不同',
  notHere: '本机没有',
  missing: '对账单没有',
  unreadable: '读不懂',
  ignored: '未动账',
}
const MOVEMENT_WORDS: Readonly<Record<BillMovement, string>> = { paid: '支付', refunded: '退款', ignored: '未动账' }

const HEADERS = [
  '对账结果',
  '行号',
  '类型',
  '交易时间',
  '医院订单号',
  '支付中心订单号',
  '退款流水号',
  '对账单金额',
  '本机金额',
  '说明',
]

/**
 * The comparison as CSV for Excel: UTF-8 with a byte order mark, every cell quoted. Neither unmapped columns nor raw
 * lines are in it: they could hold a person.
 */
export function billCsv(rows: readonly BillRow[]): string {
  const lines = [HEADERS.map(quoted), ...rows.map(cellsOf)]
  return `\uFEFF${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

function cellsOf(row: BillRow): string[] {
  const { movement, tradeTime, medOrgOrd, payOrdId, appRefdSn } = row
  return [
    quoted(MATCH_WORDS[row.match]),
    quoted(row.line === null ? '' : String(row.line)),
    quoted(movement === null ? '' : MOVEMENT_WORDS[movement]),
    ...[tradeTime, medOrgOrd, payOrdId, appRefdSn].map((text) => quoted(excelText(text ?? ''))),
    ...[row.amountFen, row.oursFen].map((amount) => quoted(yuanCell(amount))),
    quoted(row.reason ?? ''),
  ]
}

/** Our own digits, never negative: Excel may take them for a number. */
function yuanCell(amount: Fen | null): string {
  return amount === null ? '' : yuanText(amount)
}

/** What a spreadsheet takes for a formula, also behind blanks and in full width. */
const FORMULA_START = /^[\s\u00a0\u3000]*[=+\-@＝＋－＠|%]|^[\t\r\n]/

/**
 * Text from outside as text in Excel. A cell that would be a formula is led by an apostrophe, which makes it text
 * everywhere. Digits that Excel would shorten (1.23E+17) or strip of their zeros are followed by a tab: it cannot be
 * seen, and unlike the form ="…" it is no formula itself, so that nothing a bill holds ever stands inside one.
 */
export function excelText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not reach a cell
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
  if (FORMULA_START.test(plain)) return `'${plain}`
  return looksLikeNumber(plain) ? `${plain}\t` : plain
}

/** Leading zeros, more digits than a spreadsheet keeps, powers of ten, and what it would take for a date. */
function looksLikeNumber(text: string): boolean {
  return /^0\d/.test(text) || /^[\d.,]{11,}$/.test(text) || /^\d+(\.\d+)?e\d+$/i.test(text) || /^\d+[-/]\d+$/.test(text)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
