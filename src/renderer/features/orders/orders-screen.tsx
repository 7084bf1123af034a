import type { InputRef } from 'antd'
import { useCallback, useEffect, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { FoundOrder } from '#shared/contract/orders.ts'
import { useApp, useFeatureStore } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { moneyBlock } from '../../lib/money-block.ts'
import { forgetParams, placeOf } from '../../lib/navigation.ts'
import { usePrintLatest } from '../../lib/receipt-store.ts'
import { lastValue } from '../../lib/remote.ts'
import { useReuploadFor } from '../../lib/reupload-store.ts'
import { classifyScan } from '../../lib/scanner/classify-scan.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import type { ScanOutcome } from '../../lib/scanner/scan-outcome.ts'
import { isTextField } from '../../lib/scanner/text-leak.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { useHasRows } from '../../lib/use-rows.ts'
import { FEE_CHANGED_WORDS } from '../../ui/words/counter.ts'
import { useDecision } from './decision-store.ts'
import { openRefund, orderKeysOff } from './detail-actions.tsx'
import { FilterBar } from './filter-bar.tsx'
import { OrderPane } from './order-detail.tsx'
import styles from './orders.module.css'
import { OrdersList } from './orders-list.tsx'
import { createOrdersStore, type OrdersState } from './orders-store.ts'
import { useOrders } from './use-orders.ts'

/** Every order this desk has seen, from the local store: a list and the open order beside it. */
export function OrdersScreen() {
  const search = useRef<InputRef>(null)
  const root = useRef<HTMLDivElement>(null)
  const { choose, setFilter, enter, ...orders } = useOrders(useShallow(partsOfScreen))
  const opened = lastValue(orders.detail)
  const printLatest = usePrintLatest()
  const block = useApp((state) => moneyBlock(state.health, state.connection))
  const reupload = useReuploadFor(opened?.medOrgOrd ?? null)
  const scanToSearch = useScanToSearch(setFilter)
  useScanHandler(reupload.isAsking ? reupload.scanned : scanToSearch)
  useEffect(() => enter(), [enter])
  useOrderFromAddress(choose, useOpenDecision())
  const off = orderKeysOff(opened, orders.busy !== null, block)
  useKeymap({
    back: bind('回到列表', () => focusList(root.current)),
    find: bind('查找订单', () => search.current?.focus({ cursor: 'all' })),
    query: bind('查询结果', () => void orders.query(), off.query),
    refund: bind('退款', () => opened !== undefined && openRefund(opened), off.refund),
    print: bind('打印凭证', () => opened !== undefined && printLatest(opened), off.print),
    revoke: bind('撤销上传', orders.askRevoke, off.revoke),
    ...(reupload.isAsking && {
      confirm: bind(FEE_CHANGED_WORDS.action, () => void reupload.confirm()),
      back: bind('返回', reupload.back),
    }),
    ...(orders.askingRevoke && {
      confirm: bind('确定撤销', () => void orders.revoke()),
      back: bind('返回，不撤销', orders.back),
    }),
  })
  const isFilled = useHasRows(orders.rows)
  useEffect(() => {
    const focused = document.activeElement
    const isTaken = isTextField(focused) || focused?.closest('[role="alertdialog"]') != null
    if (isFilled && !isTaken) focusList(root.current)
  }, [isFilled])
  const onChoose = useCallback((order: FoundOrder) => void choose(order.medOrgOrd), [choose])
  return (
    <div className={styles.orders} ref={root}>
      <section className={styles.panel} aria-label="订单列表">
        <FilterBar searchRef={search} onChoose={onChoose} />
        <OrdersList onChoose={onChoose} />
      </section>
      <OrderPane />
    </div>
  )
}

/** Neither the filter nor the list: typing, scrolling and news of other orders must not draw the whole screen. */
function partsOfScreen(state: OrdersState) {
  const { rows, detail, busy, askingRevoke, enter, choose, setFilter, query, askRevoke, revoke, back } = state
  return { rows, detail, busy, askingRevoke, enter, choose, setFilter, query, askRevoke, revoke, back }
}

/** Another screen may send an order here: `#/orders?order=…`, and with `&add=1` what a person has to add to it. */
function useOrderFromAddress(choose: (medOrgOrd: string) => Promise<void>, onAdd: () => void): void {
  useEffect(() => {
    const { params } = placeOf(window.location.hash)
    const medOrgOrd = params.get('order')
    if (medOrgOrd === null) return
    forgetParams()
    void choose(medOrgOrd).then(() => {
      if (params.get('add') !== null) onAdd()
    })
  }, [choose, onAdd])
}

/** Opens the decision or the note for the order that is open. */
function useOpenDecision(): () => void {
  const store = useFeatureStore(createOrdersStore)
  const open = useDecision((state) => state.open)
  return useCallback(() => {
    const order = lastValue(store.getState().detail)
    if (order !== undefined) open(order)
  }, [store, open])
}

function focusList(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>('[role="listbox"]')?.focus({ preventScroll: true })
}

/** A scanned number is looked for; a payment code has no use here and is not kept. */
function useScanToSearch(setFilter: (change: { text: string }) => void) {
  return useCallback(
    (outcome: ScanOutcome) => {
      if (outcome.kind !== 'scan' || outcome.text.length > 64) return
      const { kind } = classifyScan(outcome.text, () => false)
      if (kind === 'unknown' || kind === 'drugBarcode') setFilter({ text: outcome.text.trim() })
    },
    [setFilter],
  )
}
