import type { OrderSummary } from '#shared/contract/orders.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Money } from '../../ui/money.tsx'
import { questionWords } from '../../ui/next-question.tsx'
import { AttentionMark, OrderStatus } from '../../ui/order-status.tsx'
import { ageWords } from '../../ui/time-words.ts'
import { ATTENTION_WORDS } from '../../ui/words/attention.ts'
import styles from './attention.module.css'
import { attentionStep } from './attention-step.ts'

/** One order: why, what to do, whose, how long; below it what is being done and what IT should know. */
export function AttentionRow({ order, nowMs }: { order: OrderSummary; nowMs: number }) {
  const { attention } = order
  if (attention === undefined) return null
  const words = ATTENTION_WORDS[attention.reason]
  const step = attentionStep(order, nowMs)
  const questions = questionWords(order, nowMs)
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
      <span className={styles.next} data-testid="attention-step">
        <KeyHint action={step.key} /> {step.words}
      </span>
      <span className={styles.detail}>
        {questions !== null && <b>{questions} · </b>}
        {attention.detail ?? words.it}
      </span>
      <span className={styles.number}>{order.medOrgOrd}</span>
    </div>
  )
}
