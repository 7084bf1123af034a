import type { BillMatch, BillRow } from '#shared/contract/bills.ts'
import type { BillMovement } from '#shared/domain/bill-columns.ts'
import { CSV_START, csvLine, excelText, quoted } from '#shared/domain/csv-cells.ts'
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
  return CSV_START + lines.map(csvLine).join('')
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
