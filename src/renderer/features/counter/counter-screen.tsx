import type { InputRef } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isTerminal } from '#shared/domain/order-status.ts'
import { useTold } from '../../lib/feature-store.tsx'
import { useHelpTopic } from '../../lib/help-topic.ts'
import { bind } from '../../lib/key-registry.ts'
import { forgetParams, placeOf } from '../../lib/navigation.ts'
import { usePrintLatest } from '../../lib/receipt-store.ts'
import { lastValue } from '../../lib/remote.ts'
import { useReuploadFor } from '../../lib/reupload-store.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import { useKeymap } from '../../lib/use-keymap.ts'
import { FEE_CHANGED_WORDS } from '../../ui/words/counter.ts'
import { COUNTER_HELP } from '../../ui/words/handbook.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { CUE_WORDS, QUESTION_WORDS } from '../../ui/words/scan.ts'
import { ChargeList } from './charge-list.tsx'
import { ChargeView } from './charge-view.tsx'
import styles from './counter.module.css'
import { counterStep } from './counter-flow.ts'
import { counterKeysOff } from './counter-keys.ts'
import type { CounterState } from './counter-state.ts'
import { CounterTour } from './counter-tour.tsx'
import { openRefund } from './order-actions.tsx'
import { PaymentCard } from './payment-card.tsx'
import { useCounter, useMoneyBlock } from './use-counter.ts'
import { useScanReady } from './use-scan-ready.ts'

const POLL_EVERY_MS = 5000
const RELOAD_EVERY_MS = 10_000

/** Home: the pending charges, the open charge, and one card that walks its payment. Everything by key. */
export function CounterScreen() {
  const counter = useCounter((state) => state)
  // Not by the clock itself: what stands still must not be drawn anew each second.
  const step = useTold((nowMs) => counterStep(counter, nowMs))
  const scanReady = useScanReady()
  const search = useRef<InputRef>(null)
  const [active, setActive] = useState<string | null>(counter.medOrgOrd)
  useHelpTopic(counter.askingRevoke ? '撤销上传' : (COUNTER_HELP[step] ?? null))
  const printLatest = usePrintLatest()
  const reupload = useReuploadFor(counter.medOrgOrd)
  useScanHandler(reupload.isAsking ? reupload.scanned : counter.scanned)
  useOrderFromAddress(counter.open)
  usePolling(counter.order !== null && !isTerminal(counter.order.state), counter.poll, POLL_EVERY_MS)
  usePolling(step === 'choose' && !counter.foundByScan, counter.loadCharges, RELOAD_EVERY_MS)
  useTokenLife(counter.token?.expiresAtMs, counter.dropToken)

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
  const { question } = counter
  const off = counterKeysOff(counter, step, useMoneyBlock())
  useKeymap(
    {
      scanReady: step === 'settled' ? bind('下一位患者', nextPatient) : bind('回到扫码', makeReady),
      find: bind('查找患者', () => search.current?.focus({ cursor: 'all' })),
      query: bind('查询结果', () => void counter.query(), off.query),
      refund: bind('退款', () => openRefund(counter.order), off.refund),
      print: bind('打印结算凭证', () => counter.order !== null && printLatest(counter.order), off.print),
      revoke: bind('撤销上传', counter.askRevoke, off.revoke),
      confirm: reupload.isAsking
        ? bind(FEE_CHANGED_WORDS.action, () => void reupload.confirm())
        : question !== null
          ? bind(QUESTION_WORDS[question.kind].yes, () => void counter.answer(true))
          : counter.askingRevoke
            ? bind('确定撤销', () => void counter.revoke())
            : bind('上传费用', () => void counter.upload(), off.upload),
      ...(step === 'settled' && { enter: bind('下一位患者', nextPatient) }),
      back: reupload.isAsking
        ? bind('返回', reupload.back)
        : question !== null
          ? bind(QUESTION_WORDS[question.kind].no, () => void counter.answer(false))
          : scanReady.isReady
            ? bind(backWords(counter), counter.back, off.back)
            : bind('离开输入，回到扫码', makeReady),
    },
    { onRefused: counter.refused },
  )

  const charges = lastValue(counter.charges)?.charges ?? []
  const keysOff = step === 'choose' ? null : KEY_OFF_WORDS.chooseOnly
  const list = { items: charges, keyOf: chargeKey, active, onActive: setActive, onChoose: choose, keysOff }
  return (
    <div className={styles.counter} data-testid="counter" data-step={step}>
      <ChargeList list={list} searchRef={search} />
      <ChargeView />
      <PaymentCard step={step} scanReady={scanReady} onNextPatient={nextPatient} />
      <CounterTour step={step} />
    </div>
  )
}

/** Esc takes one step back, the last thing first. */
function backWords({ askingRevoke, token }: CounterState): string {
  if (askingRevoke) return '返回，不撤销'
  return token === null ? '返回患者列表' : '清除扫到的码'
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

function useTokenLife(expiresAtMs: number | undefined, drop: (words: string | null) => void): void {
  const isOver = useTold((nowMs) => expiresAtMs !== undefined && nowMs >= expiresAtMs)
  useEffect(() => {
    if (isOver) drop(CUE_WORDS.expired)
  }, [isOver, drop])
}
