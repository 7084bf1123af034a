import { Button } from 'antd'
import type { OrderSummary } from '#shared/contract/orders.ts'
import { useNow } from '../../lib/feature-store.tsx'
import { lastValue } from '../../lib/remote.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ListBox, type ListBoxProps } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { AttentionMark, OrderStatus } from '../../ui/order-status.tsx'
import { shortTime } from '../../ui/time-words.ts'
import styles from './orders.module.css'
import { useOrders } from './use-orders.ts'

type ListKeys = Pick<ListBoxProps<OrderSummary>, 'items' | 'keyOf' | 'active' | 'onActive' | 'onChoose'>

/** The orders found, newest first, page by page. */
export function OrdersList({ list }: { list: ListKeys }) {
  const page = useOrders((state) => state.page)
  const chosen = useOrders((state) => state.chosen)
  const load = useOrders((state) => state.load)
  const nowMs = useNow(30_000)
  const known = lastValue(page)
  if (known === undefined) {
    return page.status === 'failed' ? (
      <ErrorState failure={page.failure} onRetry={load} />
    ) : (
      <Loading words="正在读取订单" />
    )
  }
  return (
    <>
      {known.orders.length === 0 ? (
        <EmptyState title="没有符合条件的订单">放宽日期或状态再查</EmptyState>
      ) : (
        <ListBox
          {...list}
          label="订单列表"
          chosen={chosen}
          testId="orders-list"
          rowTestId={(order) => `order-row-${order.medOrgOrd}`}
          renderItem={(order) => <OrderRow order={order} nowMs={nowMs} />}
          footer={<More />}
        />
      )}
      <footer className={styles.listFoot}>
        <span>
          已列出 {known.orders.length} 笔{known.nextCursor !== undefined && '，还有更多'}
        </span>
        <Age atMs={known.readAtMs} label="数据截至" />
      </footer>
    </>
  )
}

function More() {
  const nextCursor = useOrders((state) => lastValue(state.page)?.nextCursor)
  const isLoading = useOrders((state) => state.page.status === 'loading')
  const loadMore = useOrders((state) => state.loadMore)
  if (nextCursor === undefined) return null
  return (
    <div className={styles.more}>
      <Button loading={isLoading} onClick={() => void loadMore()} data-testid="orders-more">
        再取 50 笔
      </Button>
    </div>
  )
}

function OrderRow({ order, nowMs }: { order: OrderSummary; nowMs: number }) {
  return (
    <div className={styles.row}>
      <span className={styles.name} title={order.patientName}>
        {order.attention !== undefined && <AttentionMark />}
        {order.patientName}
      </span>
      <OrderStatus state={order.state} />
      <Money fen={order.totalFen} />
      <span className={styles.soft} title={order.medOrgOrd}>
        {order.medOrgOrd}
      </span>
      <span className={styles.soft} title={order.deptName}>
        <Masked text={order.maskedIdNo.slice(-4)} /> · {order.deptName}
      </span>
      <time className={styles.soft}>{shortTime(order.createdAtMs, nowMs)}</time>
    </div>
  )
}
