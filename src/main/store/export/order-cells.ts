import { csvLine, excelText, quoted } from '#shared/domain/csv-cells.ts'
import { maskIdNo, maskName } from '#shared/domain/masks.ts'
import { addFen, type Fen, yuanText } from '#shared/domain/money.ts'
import type { LegState, OrderState } from '#shared/domain/order-status.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import type { OrderRecord } from '../order-record.ts'
import { shownAmounts } from '../present-order.ts'

const STATES: Readonly<Record<OrderState, string>> = {
  created: '未上传',
  uploaded: '待支付',
  paying: '支付中',
  settled: '已结算',
  partlySettled: '部分结算',
  revoked: '已撤销',
  failed: '未成功',
  refunding: '退款中',
  partlyRefunded: '部分退款',
  refunded: '已退款',
  unknown: '结果未知',
  suspense: '存疑',
}
const LEGS: Readonly<Record<LegState, string>> = {
  none: '无',
  open: '待付',
  paid: '已付',
  partlyRefunded: '部分退',
  refunded: '已退',
  failed: '未成功',
  unknown: '未知',
}

const HEADERS = [
  ...['创建时间', '医院订单号', '支付中心订单号', '姓名', '证件号', '科室', '状态', '中心状态码', '总费用'],
  ...['统筹基金', '个人账户', '自费', '目录外', '预交金抵扣', '医保', '自费部分', '结算时间', '更新时间'],
]

export const ORDER_HEADER = csvLine(HEADERS.map(quoted))

/** One order as a line for Excel, amounts in yuan. */
export function orderLine(record: OrderRecord, wholePersons: boolean): string {
  const { proof, charge } = record
  const amounts = shownAmounts(record)
  const person = wholePersons
    ? [charge.patientName, charge.idNo]
    : [maskName(charge.patientName), maskIdNo(charge.idNo)]
  const texts = [
    formatDateTime(record.createdAtMs),
    record.medOrgOrd,
    record.payOrdId ?? '',
    ...person,
    charge.deptName,
  ]
  return csvLine([
    ...texts.map((text) => quoted(excelText(text))),
    ...[STATES[record.state], excelText(proof.ordStas ?? '')].map(quoted),
    quoted(yuanText(addFen(charge.chargeFen, charge.chargeOutsideFen))),
    ...[amounts.fundFen, amounts.accountFen, amounts.ownPayFen, amounts.outOfCatalogueFen].map(yuanCell),
    yuanCell(amounts.prepaidFen),
    ...[proof.legs.insurance, proof.legs.cash].map((leg) => quoted(LEGS[leg])),
    ...[record.settledAtMs, record.updatedAtMs].map((atMs) => quoted(atMs === null ? '' : formatDateTime(atMs))),
  ])
}

/** Our own digits: Excel may take them for a number. */
function yuanCell(amount: Fen | null): string {
  return quoted(amount === null ? '' : yuanText(amount))
}
