import type { InputRef } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetParams, placeOf } from '../../lib/navigation.ts'
import { usePrintLatest } from '../../lib/receipt-store.ts'
import { lastValue } from '../../lib/remote.ts'
import { useReuploadFor } from '../../lib/reupload-store.ts'
import { isTextField } from '../../lib/scanner/attach-scanner.ts'
import { classifyScan } from '../../lib/scanner/classify-scan.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import type { ScanOutcome } from '../../lib/scanner/scan-decoder.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { openRefund } from './detail-actions.tsx'
import { FilterBar } from './filter-bar.tsx'
import { OrderPane } from './order-detail.tsx'
import styles from './orders.module.css'
import { OrdersList } from './orders-list.tsx'
import { useOrders } from './use-orders.ts'

/** Every order this desk has seen, from the local store: a list and the open order beside it. */
export function OrdersScreen() {
  const orders = useOrders((state) => state)
  const search = useRef<InputRef>(null)
  const list = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<string | null>(orders.chosen)
  const opened = lastValue(orders.detail)
  const items = lastValue(orders.page)?.orders ?? []
  const { choose, setFilter } = orders
  const onChoose = useCallback(
    (medOrgOrd: string) => {
      setActive(medOrgOrd)
      void choose(medOrgOrd)
    },
    [choose],
  )
  const printLatest = usePrintLatest()
  const reupload = useReuploadFor(opened?.medOrgOrd ?? null)
  const scanToSearch = useScanToSearch(setFilter)
  useScanHandler(reupload.isAsking ? reupload.scanned : scanToSearch)
  useOrderFromAddress(onChoose)
  useKeymap({
    find: () => search.current?.focus({ cursor: 'all' }),
    query: () => void orders.query(),
    refund: () => opened !== undefined && openRefund(opened),
    print: () => opened !== undefined && printLatest(opened),
    revoke: () => orders.askRevoke(),
    confirm: () => void (reupload.isAsking ? reupload.confirm() : orders.revoke()),
    back: () => {
      if (reupload.isAsking) reupload.back()
      else if (orders.askingRevoke) orders.back()
      else focusList(list.current)
    },
  })
  const isFilled = items.length > 0
  useEffect(() => {
    if (isFilled && !isTextField(document.activeElement)) focusList(list.current)
  }, [isFilled])
  const keys = { items, keyOf: orderKey, active, onActive: setActive, onChoose }
  return (
    <div className={styles.orders} ref={list}>
      <section className={styles.panel} aria-label="订单列表">
        <FilterBar list={keys} searchRef={search} />
        <OrdersList list={keys} />
      </section>
      <OrderPane />
    </div>
  )
}

/** Another screen may send an order here: `#/orders?order=…`. */
function useOrderFromAddress(choose: (medOrgOrd: string) => void): void {
  useEffect(() => {
    const medOrgOrd = placeOf(window.location.hash).params.get('order')
    if (medOrgOrd === null) return
    forgetParams()
    choose(medOrgOrd)
  }, [choose])
}

function orderKey(order: { medOrgOrd: string }): string {
  return order.medOrgOrd
}

function focusList(root: HTMLElement | null): void {
  root?.querySelector<HTMLElement>('[role="listbox"]')?.focus()
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
