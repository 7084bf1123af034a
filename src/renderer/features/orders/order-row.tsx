import type { FoundOrder } from '#shared/contract/orders.ts'
import { formatYuan } from '#shared/domain/money.ts'
import type { SearchMark } from '#shared/domain/search-marks.ts'
import { Marked } from '../../ui/marked.tsx'
import { AttentionMark, OrderStatus } from '../../ui/order-status.tsx'
import { shortTime } from '../../ui/time-words.ts'
import styles from './orders.module.css'

/** How much of the masked number a row shows. */
const ID_TAIL = 4

/** One order of the list in two lines, with what was found in it marked. */
export function OrderRow({ order, dayStartMs }: { order: FoundOrder; dayStartMs: number }) {
  const marks = (field: SearchMark['field']) => order.matched?.filter((mark) => mark.field === field) ?? []
  const hidden = order.maskedIdNo.length - ID_TAIL
  const inTail = marks('maskedIdNo').map(({ from, to }) => ({ from: Math.max(0, from - hidden), to: to - hidden }))
  const isFoundByCentreNumber = marks('payOrdId').length > 0
  return (
    <div className={styles.row}>
      <span className={styles.name} title={order.patientName}>
        {order.attention !== undefined && <AttentionMark />}
        <Marked text={order.patientName} marks={marks('patientName')} />
      </span>
      <OrderStatus state={order.state} />
      <span className={styles.amount}>
        <Marked text={formatYuan(order.totalFen)} marks={marks('amount')} />
      </span>
      <span className={styles.soft} title={order.medOrgOrd}>
        {isFoundByCentreNumber ? (
          <Marked text={order.payOrdId ?? ''} marks={marks('payOrdId')} />
        ) : (
          <Marked text={order.medOrgOrd} marks={marks('medOrgOrd')} />
        )}
      </span>
      <span className={styles.soft} title={order.deptName}>
        <Marked text={order.maskedIdNo.slice(-ID_TAIL)} marks={inTail} /> · {order.deptName}
      </span>
      <time className={styles.soft}>{shortTime(order.createdAtMs, dayStartMs)}</time>
    </div>
  )
}
