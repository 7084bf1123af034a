import { memo } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { useHelpTopic } from '../../lib/help-topic.ts'
import { lastValue } from '../../lib/remote.ts'
import { useNames } from '../../lib/use-names.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState, FailureLine } from '../../ui/error-state.tsx'
import { FeeChangedBand } from '../../ui/fee-changed-band.tsx'
import { IdentitySum } from '../../ui/identity-sum.tsx'
import { Legs } from '../../ui/legs.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { OrderStatus } from '../../ui/order-status.tsx'
import { nextForOrder, wordsFor } from '../../ui/order-words.ts'
import { ReceiptMessages } from '../../ui/receipt-buttons.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { useQuestionNext } from '../../ui/use-question-next.ts'
import { DECISION_STEP_WORDS } from '../../ui/words/decisions.ts'
import { NO_ORDER_OPEN } from '../../ui/words/orders.ts'
import type { NextStep } from '../../ui/words/words.ts'
import { CashierLink } from './cashier-link.tsx'
import { DecisionHistory } from './decision-history.tsx'
import { DecisionPanel } from './decision-panel.tsx'
import { useDecision } from './decision-store.ts'
import { DetailActions } from './detail-actions.tsx'
import { OrderAttention } from './order-attention.tsx'
import styles from './order-detail.module.css'
import { OrderTimeline } from './order-timeline.tsx'
import { RawMessages } from './raw-messages.tsx'
import { useOrders } from './use-orders.ts'

/** Right: the chosen order. */
export const OrderPane = memo(function OrderPane() {
  const chosen = useOrders((state) => state.chosen)
  const detail = useOrders((state) => state.detail)
  const order = lastValue(detail)
  return (
    <section className={styles.pane} aria-label="订单">
      {chosen === null && <EmptyState title="还没有选定订单">用 ↑ ↓ 选择，按 Enter 打开</EmptyState>}
      {chosen === null && <SayAndNext {...NO_ORDER_OPEN} />}
      {chosen !== null && order === undefined && detail.status === 'failed' && <ErrorState failure={detail.failure} />}
      {chosen !== null && order === undefined && detail.status !== 'failed' && <Loading words="正在读取订单" />}
      {order !== undefined && <OpenOrder order={order} />}
    </section>
  )
})

/** The order, and below it what to tell a patient who asks about it, and what to press. */
function OpenOrder({ order }: { order: Order }) {
  const askingRevoke = useOrders((state) => state.askingRevoke)
  const deciding = useDeciding(order)
  useHelpTopic(deciding === null ? null : '人工判定')
  const question = useQuestionNext(order.medOrgOrd, askingRevoke)
  const { patient = wordsFor(order).patient, ...next } = deciding ?? question ?? nextForOrder(order)
  return (
    <>
      <NextKey action={next.key}>
        <OrderDetail order={order} />
      </NextKey>
      <SayAndNext patient={patient} next={next} />
    </>
  )
}

/** What F10 does where a person decides about this order; `null` where nobody does. */
function useDeciding(order: Order): (NextStep & { readonly patient?: string }) | null {
  const asking = useDecision((state) => (state.medOrgOrd === order.medOrgOrd ? state.asking : null))
  return asking === null ? null : { key: 'confirm', words: DECISION_STEP_WORDS[asking ? 'question' : 'form'] }
}

function OrderDetail({ order }: { order: Order }) {
  const isDeciding = useDecision((state) => state.medOrgOrd === order.medOrgOrd)
  return (
    <article className={styles.detail} data-testid="order-detail">
      <header className={styles.head}>
        <div className={styles.who}>
          <h2 title={order.patientName}>{order.patientName}</h2>
          <Masked text={order.maskedIdNo} />
          <p>
            {order.deptName} · {order.drName} · {order.visitTime.slice(0, 16)}
          </p>
        </div>
        <div className={styles.state}>
          <span className={styles.total}>
            总额 <Money fen={order.totalFen} size="large" sign />
            <OrderStatus state={order.state} size="large" testId="order-state" />
          </span>
          <Age atMs={order.updatedAtMs} label="更新于" />
        </div>
      </header>
      {isDeciding ? <DecisionPanel order={order} /> : <Body order={order} />}
    </article>
  )
}

function Body({ order }: { order: Order }) {
  const failure = useOrders((state) => state.failure)
  return (
    <>
      <DetailActions order={order} />
      {failure !== null && <FailureLine failure={failure} />}
      <ReceiptMessages order={order} />
      <FeeChangedBand order={order} />
      <OrderAttention order={order} />
      <div className={styles.columns}>
        <div className={styles.money}>
          <Legs order={order} />
          <IdentitySum amounts={order.amounts} held={order.identityHolds} />
          <DecisionHistory decisions={order.decisions} />
          <Numbers order={order} />
          {order.state !== 'created' && <CashierLink key={`link ${order.medOrgOrd}`} order={order} />}
          <RawMessages key={`raw ${order.medOrgOrd}`} order={order} />
        </div>
        <OrderTimeline order={order} />
      </div>
    </>
  )
}

function Numbers({ order }: { order: Order }) {
  const nameOf = useNames()
  const rows: readonly (readonly [string, string | null])[] = [
    ['单号', order.medOrgOrd],
    ['中心订单号', order.payOrdId],
    ['状态码', order.ordStas === null ? null : nameOf('ordStas', order.ordStas)],
    ['结算类型', order.setlType === null ? null : nameOf('setlType', order.setlType)],
    ['医保交易号', order.hiDocSn],
    ['医保登记号', order.hiRgstSn],
    ['上传时间', timeOf(order.uploadedAtMs)],
    ['结清时间', timeOf(order.settledAtMs)],
    ['收到通知', timeOf(order.callbackAtMs)],
    ['最近查询', timeOf(order.lastQueryAtMs)],
    ['补建时间', timeOf(order.rebuiltAtMs)],
    ['金额来源', order.amountsFrom === null ? null : order.amountsFrom === 'callback' ? '结算通知 2.2' : '查询 1.3'],
  ]
  return (
    <dl className={styles.numbers}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

function timeOf(atMs: number | null): string | null {
  return atMs === null ? null : formatDateTime(atMs)
}
