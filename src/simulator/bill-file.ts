import { yuanText } from '#shared/domain/money.ts'
import { formatCompactTime, formatDateTime } from '#shared/domain/time.ts'
import type { BillRequest } from './bills.ts'
import type { CentreOrder } from './orders.ts'

/**
 * The bill that 1.5's URL answers. The document gives no format, so this is the simulated centre's own: CSV in UTF-8,
 * one row a movement of the self-pay part of a mixed payment, refunds negative.
 */
export function writeBill(request: BillRequest, orders: readonly CentreOrder[]): string {
  const rows = orders
    .filter((order) => order.split.setlType === 'ALL')
    .flatMap(movementsOf)
    .filter((row) => formatCompactTime(row.atMs).startsWith(request.billDate))
    .filter((row) => request.billType === 'ALL' || row.type === request.billType)
    .sort((left, right) => left.atMs - right.atMs)
    .map(({ atMs, type, order, yuan }) =>
      [formatDateTime(atMs), type, order.medOrgOrd, order.payOrdId, yuan].map(csvField).join(','),
    )
  return `${['交易时间,交易类型,医院订单号,支付中心订单号,自费金额', ...rows].join('\r\n')}\r\n`
}

interface Movement {
  readonly atMs: number
  readonly type: 'SUCCESS' | 'REFUND'
  readonly order: CentreOrder
  readonly yuan: string
}

function movementsOf(order: CentreOrder): readonly Movement[] {
  const yuan = yuanText(order.split.amounts.ownPayFen)
  const payment: readonly Movement[] =
    order.settledAtMs === null ? [] : [{ atMs: order.settledAtMs, type: 'SUCCESS', order, yuan }]
  const refunds = order.refunds
    .filter((refund) => refund.cash)
    .map((refund): Movement => ({ atMs: refund.atMs, type: 'REFUND', order, yuan: `-${yuan}` }))
  return [...payment, ...refunds]
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
