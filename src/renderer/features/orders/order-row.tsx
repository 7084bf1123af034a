import type { OrderSummary } from '#shared/contract/orders.ts'
import { formatYuan } from '#shared/domain/money.ts'
import { Marked } from '../../ui/marked.tsx'
import { Money } from '../../ui/money.tsx'
import { AttentionMark, OrderStatus } from '../../ui/order-status.tsx'
import { shortTime } from '../../ui/time-words.ts'
import { ID_TAIL, marksOf } from './match-marks.ts'
import styles from './orders.module.css'

interface OrderRowProps {
  readonly order: OrderSummary
  /** What was searched; its places are marked. */
  readonly text: string
  readonly dayStartMs: number
}

/** One order of the list, in two lines. */
export function OrderRow({ order, text, dayStartMs }: OrderRowProps) {
  const marks = marksOf(order, text)
  return (
    <div className={styles.row}>
      <span className={styles.name} title={order.patientName}>
        {order.attention !== undefined && <AttentionMark />}
        <Marked text={order.patientName} marks={marks.name} />
      </span>
      <OrderStatus state={order.state} />
      {marks.total.length === 0 ? (
        <Money fen={order.totalFen} />
      ) : (
        <Marked text={formatYuan(order.totalFen)} marks={marks.total} />
      )}
      <span className={styles.soft} title={order.medOrgOrd}>
        <Marked text={order.medOrgOrd} marks={marks.number} />
      </span>
      <span className={styles.soft} title={order.deptName}>
        <Marked text={order.maskedIdNo.slice(-ID_TAIL)} marks={marks.idTail} /> · {order.deptName}
      </span>
      <time className={styles.soft}>{shortTime(order.createdAtMs, dayStartMs)}</time>
    </div>
  )
}
