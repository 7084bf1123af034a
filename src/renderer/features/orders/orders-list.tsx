import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo, useCallback } from 'react'
import type { FoundOrder } from '#shared/contract/orders.ts'
import { useApp, useDayStart } from '../../lib/feature-store.tsx'
import type { RowsView } from '../../lib/paged-rows.ts'
import { useRows } from '../../lib/use-rows.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState, FailureLine } from '../../ui/error-state.tsx'
import { ListTrouble } from '../../ui/list-trouble.tsx'
import { Loading } from '../../ui/loading.tsx'
import { LongList } from '../../ui/long-list.tsx'
import { OrderRow } from './order-row.tsx'
import styles from './orders.module.css'
import { RebuildOffer } from './rebuild-offer.tsx'
import { useOrders } from './use-orders.ts'

/** The orders found, however many; only those in sight are drawn. */
export const OrdersList = memo(function OrdersList({ onChoose }: { onChoose: (order: FoundOrder) => void }) {
  const rows = useOrders((state) => state.rows)
  const view = useRows(rows)
  const load = useOrders((state) => state.load)
  if (view.generation === 0) {
    return view.status === 'failed' && view.failure !== null ? (
      <ErrorState failure={view.failure} onRetry={load} />
    ) : (
      <Loading words="正在读取订单" />
    )
  }
  return (
    <>
      <div className={styles.listArea}>
        <FreshOrders />
        {view.count === 0 ? (
          <EmptyState title="没有符合条件的订单">
            放宽日期或状态再查
            <RebuildOffer />
          </EmptyState>
        ) : (
          <Rows view={view} onChoose={onChoose} />
        )}
      </div>
      {view.failure !== null && (
        <ListTrouble failure={view.failure} onRetry={() => (view.status === 'failed' ? void load() : rows.retry())} />
      )}
      <ExportTrouble />
      <ListFoot view={view} />
    </>
  )
})

function Rows({ view, onChoose }: { view: RowsView<FoundOrder>; onChoose: (order: FoundOrder) => void }) {
  const { want } = useOrders((state) => state.rows)
  const position = useOrders((state) => state.position)
  const active = useOrders((state) => state.active)
  const setActive = useOrders((state) => state.setActive)
  const chosen = useOrders((state) => state.chosen)
  const dayStartMs = useDayStart()
  const renderItem = useCallback(
    (order: FoundOrder) => <OrderRow order={order} dayStartMs={dayStartMs} />,
    [dayStartMs],
  )
  return (
    <LongList
      label="订单列表"
      chooseWords="打开订单"
      rows={view}
      onWant={want}
      keyOf={orderKey}
      rowClass={styles.rowHeight ?? ''}
      position={position}
      active={active}
      chosen={chosen}
      onActive={setActive}
      onChoose={onChoose}
      renderItem={renderItem}
      testId="orders-list"
      rowTestId={rowTestId}
    />
  )
}

function orderKey(order: FoundOrder): string {
  return order.medOrgOrd
}

function rowTestId(order: FoundOrder): string {
  return `order-row-${order.medOrgOrd}`
}

/** New orders wait until they are asked for, so that what is being read stays where it is. */
function FreshOrders() {
  const count = useOrders((state) => state.fresh.length)
  const load = useOrders((state) => state.load)
  return (
    <div className={styles.fresh} role="status">
      {count > 0 && (
        <Button type="primary" shape="round" size="small" data-testid="orders-fresh" onClick={() => void load()}>
          有 {count} 条新订单
        </Button>
      )}
    </div>
  )
}

function ExportTrouble() {
  const failure = useOrders((state) => state.exportFailure)
  return failure !== null && <FailureLine failure={failure} />
}

function ListFoot({ view }: { view: RowsView<FoundOrder> }) {
  const readAtMs = useOrders((state) => state.shown?.readAtMs ?? 0)
  const exportFound = useOrders((state) => state.exportFound)
  const isOffline = useApp(({ health, connection }) => connection === 'lost' || health?.centre.state === 'down')
  return (
    <footer className={styles.listFoot}>
      <span data-testid="orders-count">{countWords(view)}</span>
      <Button
        type="text"
        size="small"
        icon={<DownloadOutlined />}
        disabled={view.count === 0}
        data-testid="orders-export"
        onClick={() => void exportFound()}
      >
        导出 CSV
      </Button>
      <Age atMs={readAtMs} label={isOffline ? '本机记录，截至' : '数据截至'} />
    </footer>
  )
}

const FIGURES = new Intl.NumberFormat('zh-CN')

function countWords({ count, isWhole }: RowsView<FoundOrder>): string {
  return isWhole ? `共 ${FIGURES.format(count)} 笔` : `${FIGURES.format(Math.floor(count / 100) * 100)} 笔以上`
}
