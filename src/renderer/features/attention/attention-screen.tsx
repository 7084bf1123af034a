import { Segmented } from 'antd'
import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import type { OrderSummary } from '#shared/contract/orders.ts'
import { ATTENTION_REASONS, type AttentionReason } from '#shared/domain/order-view.ts'
import { useFeatureStore, useNow } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { goTo } from '../../lib/navigation.ts'
import { lastValue } from '../../lib/remote.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState, FailureLine } from '../../ui/error-state.tsx'
import { ListBox } from '../../ui/list-box.tsx'
import { ListenerSeen } from '../../ui/listener-seen.tsx'
import { Loading } from '../../ui/loading.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { wordsFor } from '../../ui/order-words.ts'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { ATTENTION_WORDS } from '../../ui/words/attention.ts'
import { DECISION_WORDS } from '../../ui/words/decisions.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import styles from './attention.module.css'
import { AttentionRow } from './attention-row.tsx'
import { attentionStep, mayAdd, mayRefund } from './attention-step.ts'
import { type AttentionState, createAttentionStore } from './attention-store.ts'

/** Unknown outcomes, half states, contradictions, silent callbacks: age, reason and one next step each. */
export function AttentionScreen() {
  const state = useStore(useFeatureStore(createAttentionStore))
  const { page, reason, load } = state
  const nowMs = useNow()
  useEffect(() => void load(), [load])
  const renderItem = useCallback((order: OrderSummary) => <AttentionRow order={order} nowMs={nowMs} />, [nowMs])
  const known = lastValue(page)
  const active = known?.orders.find(({ medOrgOrd }) => medOrgOrd === state.active)
  useAttentionKeys(state, active, nowMs)
  return (
    <section className={styles.screen} aria-label="待处理" data-testid="attention">
      <header className={styles.head}>
        <h1>待处理</h1>
        {known !== undefined && <Filters counts={known.counts} chosen={reason} onChoose={state.show} />}
      </header>
      {known === undefined && page.status === 'failed' && <ErrorState failure={page.failure} onRetry={load} />}
      {known === undefined && page.status !== 'failed' && <Loading words="正在读取待处理订单" />}
      {known?.orders.length === 0 && <EmptyState title="没有待处理的订单">出现时，上方的计数会变</EmptyState>}
      {known !== undefined && active !== undefined && (
        <>
          <ListBox
            label="待处理订单"
            chooseWords="打开订单"
            items={known.orders}
            keyOf={({ medOrgOrd }) => medOrgOrd}
            active={state.active}
            chosen={null}
            onActive={state.setActive}
            onChoose={openOrder}
            renderItem={renderItem}
            testId="attention-list"
            rowTestId={({ medOrgOrd }) => `attention-row-${medOrgOrd}`}
          />
          <Steps state={state} order={active} nowMs={nowMs} />
        </>
      )}
    </section>
  )
}

function openOrder(medOrgOrd: string): void {
  goTo('orders', { order: medOrgOrd })
}

function useAttentionKeys({ ask, asking }: AttentionState, order: OrderSummary | undefined, nowMs: number): void {
  const number = order?.medOrgOrd ?? ''
  const none = order === undefined ? KEY_OFF_WORDS.nothingOpen : null
  const noRefund = mayRefund(order?.attention?.reason) ? null : KEY_OFF_WORDS.notHalf
  const noAddition = order !== undefined && mayAdd(order, nowMs) ? null : KEY_OFF_WORDS.nothingToAdd
  useKeymap({
    query: bind('立即查询', () => void ask(), none ?? (asking === null ? null : KEY_OFF_WORDS.busy)),
    refund: bind('退款', () => goTo('refund', { order: number }), none ?? noRefund),
    confirm: bind('判定或记下处理结果', () => openDecision(number), none ?? noAddition),
    back: bind('返回收费台', () => goTo('counter')),
  })
}

/** The order's own screen has the question; it stands open there. */
function openDecision(medOrgOrd: string): void {
  goTo('orders', { order: medOrgOrd, add: '1' })
}

const ALL = 'all'
type Choice = AttentionReason | typeof ALL

interface FiltersProps {
  readonly counts: Readonly<Partial<Record<AttentionReason, number>>>
  readonly chosen: AttentionReason | null
  readonly onChoose: (reason: AttentionReason | null) => Promise<void>
}

/** By reason, each with its count; a reason that nobody waits for is not offered. ← → on the chosen one. */
function Filters({ counts, chosen, onChoose }: FiltersProps) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const reasons = ATTENTION_REASONS.filter((reason) => (counts[reason] ?? 0) > 0 || reason === chosen)
  return (
    <Segmented<Choice>
      value={chosen ?? ALL}
      options={[
        { value: ALL, label: <span data-testid="attention-all">全部 {total}</span> },
        ...reasons.map((reason) => ({
          value: reason,
          label: (
            <span data-testid={`attention-${reason}`}>
              {ATTENTION_WORDS[reason].name} {counts[reason] ?? 0}
            </span>
          ),
        })),
      ]}
      onChange={(value) => void onChoose(value === ALL ? null : value)}
      aria-label="按原因筛选"
    />
  )
}

/** What can be done with the order that the keys stand on. */
function Steps({ state, order, nowMs }: { state: AttentionState; order: OrderSummary; nowMs: number }) {
  const reason = order.attention?.reason
  const next = attentionStep(order, nowMs)
  return (
    <NextKey action={next.key}>
      <div className={styles.steps} data-testid="attention-steps">
        <b>{order.patientName}</b>
        <ActionButton
          action="query"
          loading={state.asking === order.medOrgOrd}
          testId="attention-ask"
          onClick={() => void state.ask()}
        >
          立即查询
        </ActionButton>
        {mayRefund(reason) && (
          <ActionButton action="refund" onClick={() => goTo('refund', { order: order.medOrgOrd })}>
            退款
          </ActionButton>
        )}
        {mayAdd(order, nowMs) && (
          <ActionButton action="confirm" testId="attention-add" onClick={() => openDecision(order.medOrgOrd)}>
            {order.operation?.state === 'unknown' ? DECISION_WORDS.decide : DECISION_WORDS.note}
          </ActionButton>
        )}
        <ActionButton action="enter" onClick={() => openOrder(order.medOrgOrd)}>
          打开订单
        </ActionButton>
        {reason === 'callbackSilent' && <ListenerSeen />}
        {state.failure !== null && <FailureLine failure={state.failure} />}
      </div>
      <SayAndNext patient={wordsFor(order).patient} next={next} />
    </NextKey>
  )
}
