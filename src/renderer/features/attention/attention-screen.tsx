import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { OrderSummary } from '#shared/contract/orders.ts'
import { useFeatureStore, useNow } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { goTo } from '../../lib/navigation.ts'
import { lastValue } from '../../lib/remote.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ListBox } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Money } from '../../ui/money.tsx'
import { AttentionMark, OrderStatus } from '../../ui/order-status.tsx'
import { ageWords } from '../../ui/time-words.ts'
import { ATTENTION_WORDS } from '../../ui/words/attention.ts'
import styles from './attention.module.css'
import { createAttentionStore } from './attention-store.ts'

/** Unknown outcomes, half states, contradictions, silent callbacks: age, reason and one next step each. */
export function AttentionScreen() {
  const store = useFeatureStore(createAttentionStore)
  const { orders, load } = useStore(store)
  useEffect(() => void load(), [load])
  useKeymap({ back: bind('返回收费台', () => goTo('counter')) })
  const known = lastValue(orders)
  return (
    <section className={styles.screen} aria-label="待处理" data-testid="attention">
      <header className={styles.head}>
        <h1>待处理</h1>
        <span>
          结果未知、只付或只退一半、金额对不上、回调未到达的订单，等得最久的在前。选中后按 <KeyHint action="enter" />{' '}
          打开
        </span>
      </header>
      {known === undefined && orders.status === 'failed' && <ErrorState failure={orders.failure} onRetry={load} />}
      {known === undefined && orders.status !== 'failed' && <Loading words="正在读取待处理订单" />}
      {known?.length === 0 && <EmptyState title="没有待处理的订单">出现时，上方的计数会变</EmptyState>}
      {known !== undefined && known.length > 0 && <AttentionList orders={known} />}
    </section>
  )
}

function AttentionList({ orders }: { orders: readonly OrderSummary[] }) {
  const [active, setActive] = useState<string | null>(orders[0]?.medOrgOrd ?? null)
  const nowMs = useNow(5000)
  return (
    <ListBox
      label="待处理订单"
      chooseWords="打开订单"
      items={orders}
      keyOf={({ medOrgOrd }) => medOrgOrd}
      active={active}
      chosen={null}
      onActive={setActive}
      onChoose={(medOrgOrd) => goTo('orders', { order: medOrgOrd })}
      renderItem={(order) => <AttentionRow order={order} nowMs={nowMs} />}
      testId="attention-list"
      rowTestId={({ medOrgOrd }) => `attention-row-${medOrgOrd}`}
    />
  )
}

function AttentionRow({ order, nowMs }: { order: OrderSummary; nowMs: number }) {
  const { attention } = order
  if (attention === undefined) return null
  const words = ATTENTION_WORDS[attention.reason]
  return (
    <div className={styles.row}>
      <strong className={styles.reason}>
        <AttentionMark /> {words.name}
      </strong>
      <span className={styles.step}>{words.cashier}</span>
      <span className={styles.name} title={order.patientName}>
        {order.patientName}
      </span>
      <Money fen={order.totalFen} />
      <OrderStatus state={order.state} />
      <time className={styles.age}>{ageWords(attention.sinceMs, nowMs)}</time>
      <span className={styles.detail}>{attention.detail ?? words.it}</span>
      <span className={styles.number}>{order.medOrgOrd}</span>
    </div>
  )
}
