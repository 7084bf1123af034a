import { CheckCircleFilled, LoadingOutlined, QuestionCircleFilled } from '@ant-design/icons'
import type { Order } from '#shared/contract/orders.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { FailureLine } from '../../ui/error-state.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { NextKey } from '../../ui/next-key.tsx'
import { NextQuestion } from '../../ui/next-question.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OrderStatus } from '../../ui/order-status.tsx'
import { ReceiptButtons, ReceiptMessages } from '../../ui/receipt-buttons.tsx'
import { SayAndNext } from '../../ui/say-and-next.tsx'
import { REFUND_OBSTACLE_WORDS, REFUND_STEP_WORDS, REFUND_WORDS, type RefundStep } from '../../ui/words/refunds.ts'
import styles from './refund.module.css'
import { RefundConfirm } from './refund-confirm.tsx'
import { refundSaid } from './refund-flow.ts'
import { RefundForm } from './refund-form.tsx'
import { useRefund, useRefundBlock } from './use-refund.ts'

interface CardProps {
  readonly order: Order
  readonly step: RefundStep
  readonly nowMs: number
  readonly onBack: () => void
}

/** Left: whose money it is, the present step, and below it what to say and which key is next. */
export function RefundCard(props: CardProps) {
  const { order, step, nowMs } = props
  const block = useRefundBlock()
  const facts = useRefund((state) => state)
  const said = refundSaid(facts, block, nowMs)
  return (
    <section className={styles.panel} aria-label="退款">
      <header className={styles.head}>
        <div className={styles.who}>
          <h2 title={order.patientName}>{order.patientName}</h2>
          <Masked text={order.maskedIdNo} />
          <p>
            单号 {order.medOrgOrd} · {order.deptName}
          </p>
        </div>
        <div className={styles.state}>
          <OrderStatus state={order.state} size="large" testId="order-state" />
          <span>
            总额 <Money fen={order.totalFen} size="large" sign />
          </span>
        </div>
      </header>
      <div className={styles.body}>
        <h3>{REFUND_STEP_WORDS[step].title}</h3>
        <Messages order={order} step={step} />
        <NextKey action={said.next.key}>
          <Step {...props} />
        </NextKey>
      </div>
      <SayAndNext {...said} />
    </section>
  )
}

function Step({ order, step, nowMs, onBack }: CardProps) {
  switch (step) {
    case 'choose':
    case 'half':
      return <RefundForm order={order} nowMs={nowMs} onBack={onBack} />
    case 'confirm':
      return <RefundConfirm order={order} nowMs={nowMs} onBack={onBack} />
    case 'loading':
    case 'sending':
      return (
        <div className={styles.cue} role="status">
          <LoadingOutlined className={styles.cueIcon} />
          <strong>{REFUND_STEP_WORDS[step].title}</strong>
          <p>{REFUND_STEP_WORDS[step].next.words}</p>
        </div>
      )
    case 'unknown':
      return <Unknown order={order} />
    case 'done':
      return (
        <div className={styles.cue} data-testid="refund-done">
          <CheckCircleFilled className={styles.cueIcon} />
          <strong>中心已证明退回，本机已保存</strong>
          <ReceiptMessages order={order} />
          <div className={styles.actions}>
            <ReceiptButtons order={order} size="large" />
            <ActionButton action="back" size="large" onClick={onBack}>
              返回订单
            </ActionButton>
          </div>
        </div>
      )
    case 'closed':
      return (
        <div className={styles.cue}>
          <strong>{REFUND_OBSTACLE_WORDS[order.refundObstacles.ALL ?? 'needsPerson']}</strong>
          <div className={styles.actions}>
            <ActionButton action="back" onClick={onBack}>
              返回订单
            </ActionButton>
          </div>
        </div>
      )
  }
}

function Unknown({ order }: { order: Order }) {
  const query = useRefund((state) => state.query)
  const querying = useRefund((state) => state.querying)
  return (
    <>
      <div className={styles.trouble} role="alert" data-testid="trouble">
        <QuestionCircleFilled />
        <div>
          <strong>{REFUND_WORDS.unknown}</strong>
          <p>{REFUND_WORDS.unknownNote}</p>
          {order.operation?.message != null && <p>{order.operation.message}</p>}
        </div>
      </div>
      <NextQuestion order={order} />
      <div className={styles.actions}>
        <ActionButton
          action="query"
          primary
          size="large"
          disabled={!order.may.query}
          loading={querying}
          testId="refresh-order"
          onClick={() => void query()}
        >
          查询结果
        </ActionButton>
      </div>
    </>
  )
}

/** Why nothing may be sent, what the centre said of the last try, and what the last key could not do. */
function Messages({ order, step }: { order: Order; step: RefundStep }) {
  const block = useRefundBlock()
  const cue = useRefund((state) => state.cue)
  const failure = useRefund((state) => state.failure)
  const last = order.refunds.at(-1)
  const isFormShown = step === 'choose' || step === 'half' || step === 'confirm'
  return (
    <>
      {block !== null && (
        <Notice tone="warning" testId="offline-reason">
          {block}
        </Notice>
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {isFormShown && last?.state === 'failed' && (
        <Notice tone="bad" testId="refund-refused">
          <b>上一次退款没有成功，钱没有动</b>
          {last.message !== null && <p>「{last.message}」</p>}
        </Notice>
      )}
      {step === 'half' && last?.state !== 'failed' && (
        <Notice tone="warning" testId="refund-half">
          {order.state === 'partlySettled'
            ? '患者只付了一部分，请先问清：继续付，还是退掉已付的部分。'
            : '已退一部分，还剩一部分没有退回患者。'}
        </Notice>
      )}
      {cue !== null && (
        <Notice tone={cue.tone} testId="scan-cue">
          {cue.words}
        </Notice>
      )}
    </>
  )
}
