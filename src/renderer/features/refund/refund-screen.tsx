import { useEffect } from 'react'
import { useNow } from '../../lib/feature-store.tsx'
import { useHelpTopic } from '../../lib/help-topic.ts'
import { bind } from '../../lib/key-registry.ts'
import { goTo, placeOf, useHash } from '../../lib/navigation.ts'
import { usePrintLatest } from '../../lib/receipt-store.ts'
import { useScanHandler } from '../../lib/scanner/scan-context.tsx'
import { useKeymap } from '../../lib/use-keymap.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { REFUND_HELP } from '../../ui/words/handbook.ts'
import { REFUND_WORDS } from '../../ui/words/refunds.ts'
import styles from './refund.module.css'
import { RefundCard } from './refund-card.tsx'
import { refundKeysOff, refundStep } from './refund-flow.ts'
import { RefundHistory } from './refund-history.tsx'
import { RefundLegs } from './refund-legs.tsx'
import { useRefund, useRefundBlock } from './use-refund.ts'

const POLL_EVERY_MS = 5000

/** One refund of one order, `#/refund?order=…`: what goes back, why, a second question, and the legs as they finish. */
export function RefundScreen() {
  const refund = useRefund((state) => state)
  const nowMs = useNow()
  const step = refundStep(refund)
  useHelpTopic(REFUND_HELP[step] ?? null)
  useOpenOrder(refund.open, refund.leave)
  const printLatest = usePrintLatest()
  useScanHandler(refund.scanned)
  usePolling(step === 'sending' || step === 'unknown', refund.poll)
  useTokenLife(refund.token?.expiresAtMs, nowMs, refund.dropToken)

  const back = () => {
    if (!refund.back()) goTo('orders', refund.medOrgOrd === null ? {} : { order: refund.medOrgOrd })
  }
  const off = refundKeysOff(refund.order, step, useRefundBlock())
  useKeymap({
    print: bind('打印退款凭证', () => refund.order !== null && printLatest(refund.order), off.print),
    query: bind('查询结果', () => void refund.query(), off.query),
    confirm:
      step === 'confirm' ? bind('确定退款', () => void refund.confirm()) : bind('去确认退款', refund.ask, off.ask),
    back: bind(refund.asking ? '返回修改' : refund.token === null ? '返回订单' : '清除扫到的码', back),
  })

  if (refund.order === null) return <NoOrder />
  return (
    <div className={styles.refund} data-testid="refund" data-step={step}>
      <RefundCard order={refund.order} step={step} nowMs={nowMs} onBack={back} />
      <section className={styles.panel} aria-label="退款情况">
        <RefundLegs order={refund.order} type={refund.type} step={step} />
        <RefundHistory refunds={refund.order.refunds} />
      </section>
    </div>
  )
}

function NoOrder() {
  const medOrgOrd = useRefund((state) => state.medOrgOrd)
  const failure = useRefund((state) => state.failure)
  if (failure !== null) return <ErrorState failure={failure} />
  if (medOrgOrd === null) return <EmptyState title="先选定订单">到「订单」里打开要退的订单，按 F6</EmptyState>
  return <Loading words="正在读取订单" />
}

/** The order stands in the address, so that a reload shows the same one. */
function useOpenOrder(open: (medOrgOrd: string) => Promise<void>, leave: () => void): void {
  const medOrgOrd = placeOf(useHash()).params.get('order')
  useEffect(() => {
    if (medOrgOrd !== null) void open(medOrgOrd)
    return leave
  }, [medOrgOrd, open, leave])
}

function usePolling(isOn: boolean, poll: () => Promise<void>): void {
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => void poll(), POLL_EVERY_MS)
    return () => clearInterval(timer)
  }, [isOn, poll])
}

function useTokenLife(expiresAtMs: number | undefined, nowMs: number, drop: (words: string | null) => void): void {
  const isOver = expiresAtMs !== undefined && nowMs >= expiresAtMs
  useEffect(() => {
    if (isOver) drop(REFUND_WORDS.expired)
  }, [isOver, drop])
}
