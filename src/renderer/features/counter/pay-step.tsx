import { QRCodeSVG } from 'qrcode.react'
import type { Order } from '#shared/contract/orders.ts'
import { useApp } from '../../lib/feature-store.tsx'
import { FeeChangedBand } from '../../ui/fee-changed-band.tsx'
import { LifeBar } from '../../ui/life-bar.tsx'
import { Money } from '../../ui/money.tsx'
import { Notice } from '../../ui/notice.tsx'
import { LegStatus } from '../../ui/order-status.tsx'
import { countdownWords } from '../../ui/time-words.ts'
import { payableUrl } from './cashier-url.ts'
import { OrderActions } from './order-actions.tsx'
import styles from './payment-card.module.css'
import type { StepProps } from './step-props.ts'
import { useCounter } from './use-counter.ts'

/** Step 3: the patient pays on the phone; the desk waits, asks by itself, and says when time is up. */
export function PayStep({ step, nowMs }: StepProps) {
  const order = useCounter((state) => state.order)
  if (order === null) return null
  return (
    <>
      <FeeChangedBand order={order} />
      {step === 'expired' && (
        <Notice tone="warning" testId="expired">
          时间到，还没收到付款的结果。这不证明患者没有付：先按 F4 查询，再决定是否撤销。
        </Notice>
      )}
      <div className={styles.pay}>
        <PayCode order={order} />
        <div className={styles.payFacts}>
          <span>应付总额</span>
          <span className={styles.due}>
            <Money fen={order.totalFen} size="huge" sign />
          </span>
          <Countdown order={order} nowMs={nowMs} />
          <dl>
            <dt>医保</dt>
            <dd>
              <LegStatus state={order.legs.insurance} />
            </dd>
            <dt>自费</dt>
            <dd>
              <LegStatus state={order.legs.cash} />
            </dd>
          </dl>
          <PhoneLink order={order} />
        </div>
      </div>
      <OrderActions />
    </>
  )
}

function PayCode({ order }: { order: Order }) {
  const url = payableUrl(order.cashierUrl)
  if (url === null) {
    return (
      <div className={styles.noCode} data-testid="pay-qr">
        中心没有给出支付页面，请患者在手机的医保支付消息中付款
      </div>
    )
  }
  return (
    <div className={styles.code}>
      <div className={styles.paper} data-testid="pay-qr" data-url={url}>
        <QRCodeSVG value={url} size={184} level="M" marginSize={2} title="支付二维码" />
      </div>
    </div>
  )
}

/** Beside the code, not below it: there the buttons would cover it where type is large. */
function PhoneLink({ order }: { order: Order }) {
  const environment = useApp((state) => state.session?.environment)
  const url = payableUrl(order.cashierUrl)
  if (url === null || environment !== 'simulated') return null
  return (
    <a className={styles.phone} href={url} target="_blank" rel="noreferrer" data-testid="pay-link">
      打开患者手机（模拟）
    </a>
  )
}

function Countdown({ order, nowMs }: { order: Order; nowMs: number }) {
  if (order.payUntilMs === null) return null
  const wholeMs = order.payUntilMs - (order.uploadedAtMs ?? nowMs)
  const leftMs = order.payUntilMs - nowMs
  return (
    <div className={styles.countdown} role="timer">
      <span>剩余</span>
      <b data-testid="countdown">{countdownWords(Math.min(leftMs, wholeMs))}</b>
      <LifeBar leftMs={leftMs} wholeMs={wholeMs} label="等待支付的剩余时间" />
    </div>
  )
}
