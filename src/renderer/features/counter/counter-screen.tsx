import type { InputRef } from 'antd'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { isTerminal } from '#shared/domain/order-status.ts'
import { useNow } from '../../lib/feature-store.tsx'
import { forgetParams, placeOf } from '../../lib/navigation.ts'
import { usePrintLatest } from '../../lib/receipt-store.ts'
import { lastValue } from '../../lib/remote.ts'
import { useReuploadFor } from '../../lib/reupload-store.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import { useKeymap } from '../../lib/use-keymap.ts'
import { onListKey } from '../../ui/list-box.tsx'
import { CUE_WORDS } from '../../ui/words/scan.ts'
import { ChargeList } from './charge-list.tsx'
import { ChargeView } from './charge-view.tsx'
import styles from './counter.module.css'
import { counterStep } from './counter-flow.ts'
import { openRefund } from './order-actions.tsx'
import { PaymentCard } from './payment-card.tsx'
import { useCounter } from './use-counter.ts'
import { useScanReady } from './use-scan-ready.ts'

const POLL_EVERY_MS = 5000
const RELOAD_EVERY_MS = 10_000

/** Home: the pending charges, the open charge, and one card that walks its payment. Everything by key. */
export function CounterScreen() {
  const counter = useCounter((state) => state)
  const nowMs = useNow()
  const step = counterStep(counter, nowMs)
  const scanReady = useScanReady()
  const search = useRef<InputRef>(null)
  const [active, setActive] = useState<string | null>(counter.medOrgOrd)
  const printLatest = usePrintLatest()
  const reupload = useReuploadFor(counter.medOrgOrd)
  useScanHandler(reupload.isAsking ? reupload.scanned : counter.scanned)
  useOrderFromAddress(counter.open)
  usePolling(counter.order !== null && !isTerminal(counter.order.state), counter.poll, POLL_EVERY_MS)
  usePolling(step === 'choose' && !counter.foundByScan, counter.loadCharges, RELOAD_EVERY_MS)
  useTokenLife(counter.token?.expiresAtMs, nowMs, counter.dropToken)

  const { open } = counter
  const { makeReady } = scanReady
  const choose = useCallback(
    (medOrgOrd: string) => {
      setActive(medOrgOrd)
      makeReady()
      void open(medOrgOrd)
    },
    [open, makeReady],
  )
  const nextPatient = () => {
    setActive(null)
    counter.close()
    makeReady()
  }
  useKeymap({
    scanReady: () => (step === 'settled' ? nextPatient() : makeReady()),
    find: () => search.current?.focus({ cursor: 'all' }),
    query: () => void counter.query(),
    refund: () => openRefund(counter.order),
    print: () => step === 'settled' && counter.order !== null && printLatest(counter.order),
    revoke: () => counter.askRevoke(),
    confirm: () =>
      void (reupload.isAsking ? reupload.confirm() : counter.askingRevoke ? counter.revoke() : counter.upload()),
    enter: () => step === 'settled' && nextPatient(),
    back: () => {
      if (reupload.isAsking) reupload.back()
      else if (scanReady.isReady) counter.back()
      else makeReady()
    },
  })

  const charges = lastValue(counter.charges)?.charges ?? []
  const list = { items: charges, keyOf: chargeKey, active, onActive: setActive, onChoose: choose }
  // While nothing is open the arrow keys choose a patient from wherever focus rests.
  const onKeyDown = (event: KeyboardEvent) => {
    if (step === 'choose' && event.target === scanReady.ref.current) onListKey(event, list)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only relays keys of the elements inside it.
    <div className={styles.counter} data-testid="counter" data-step={step} onKeyDown={onKeyDown}>
      <ChargeList list={list} searchRef={search} />
      <ChargeView />
      <PaymentCard step={step} nowMs={nowMs} scanReady={scanReady} onNextPatient={nextPatient} />
    </div>
  )
}

function chargeKey(charge: { medOrgOrd: string }): string {
  return charge.medOrgOrd
}

/** Another screen may send an order here: `#/counter?order=…`. */
function useOrderFromAddress(open: (medOrgOrd: string) => Promise<void>): void {
  useEffect(() => {
    const medOrgOrd = placeOf(window.location.hash).params.get('order')
    if (medOrgOrd === null) return
    forgetParams()
    void open(medOrgOrd)
  }, [open])
}

/** Events tell of changes at once; this is for the one that was lost, and for what comes without an event. */
function usePolling(isOn: boolean, poll: () => Promise<void>, everyMs: number): void {
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => void poll(), everyMs)
    return () => clearInterval(timer)
  }, [isOn, poll, everyMs])
}

function useTokenLife(expiresAtMs: number | undefined, nowMs: number, drop: (words: string | null) => void): void {
  const isOver = expiresAtMs !== undefined && nowMs >= expiresAtMs
  useEffect(() => {
    if (isOver) drop(CUE_WORDS.expired)
  }, [isOver, drop])
}
