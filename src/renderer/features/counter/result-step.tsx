import { CheckCircleFilled, QuestionCircleFilled, WarningFilled } from '@ant-design/icons'
import type { Order } from '#shared/contract/orders.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { IdentitySum } from '../../ui/identity-sum.tsx'
import { Legs } from '../../ui/legs.tsx'
import { Notice } from '../../ui/notice.tsx'
import { centreWords, wordsFor } from '../../ui/order-words.ts'
import { ReceiptButtons, ReceiptMessages } from '../../ui/receipt-buttons.tsx'
import { ATTENTION_WORDS, SUSPENSE_WORDS } from '../../ui/words/attention.ts'
import { OrderActions, RefundButton } from './order-actions.tsx'
import styles from './payment-card.module.css'
import type { StepProps } from './step-props.ts'
import { useCounter } from './use-counter.ts'

/** Step 4 and every state that is not a plain payment: settled, half, unknown, refunds, suspense. */
export function ResultStep({ step, onNextPatient }: StepProps) {
  const order = useCounter((state) => state.order)
  if (order === null) return null
  if (step === 'settled') return <Settled order={order} onNextPatient={onNextPatient} />
  return (
    <>
      <Trouble order={order} />
      {order.state !== 'unknown' && <Legs order={order} />}
      {order.amountsFrom !== null && <IdentitySum amounts={order.amounts} held={order.identityHolds} />}
      <OrderActions />
    </>
  )
}

function Settled({ order, onNextPatient }: { order: Order; onNextPatient: () => void }) {
  return (
    <>
      <div className={styles.settled} data-testid="settled-card">
        <p className={styles.settledAt}>
          <CheckCircleFilled /> 中心已证明付清，本机已保存
          {order.settledAtMs !== null && <time>{formatDateTime(order.settledAtMs).slice(11)}</time>}
        </p>
        <Legs order={order} />
        <IdentitySum amounts={order.amounts} held={order.identityHolds} />
        {order.attention !== undefined && (
          <Notice tone="warning" testId="attention">
            <b>{ATTENTION_WORDS[order.attention.reason].name}</b>：{ATTENTION_WORDS[order.attention.reason].cashier}
          </Notice>
        )}
      </div>
      <ReceiptMessages order={order} />
      <div className={styles.actions}>
        <ActionButton action="enter" primary size="large" testId="next-patient" onClick={onNextPatient}>
          下一位患者
        </ActionButton>
        <ReceiptButtons order={order} />
        <RefundButton order={order} />
      </div>
    </>
  )
}

/** Why this is not simply done: large, in words, with what the centre said. */
function Trouble({ order }: { order: Order }) {
  const words = wordsFor(order)
  const said = centreWords(order)
  const Icon = order.state === 'unknown' ? QuestionCircleFilled : WarningFilled
  return (
    <div className={styles.trouble} role="alert" data-testid="trouble">
      <Icon />
      <div>
        <strong>{words.cashier}</strong>
        {order.suspenseReason !== null && <p>{SUSPENSE_WORDS[order.suspenseReason]}</p>}
        {order.attention?.detail != null && <p className={styles.said}>{order.attention.detail}</p>}
        {said !== null && <p className={styles.said}>{said}</p>}
      </div>
    </div>
  )
}
