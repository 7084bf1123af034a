import { CheckCircleFilled } from '@ant-design/icons'
import { Button, Input } from 'antd'
import type { Order } from '#shared/contract/orders.ts'
import { REFUND_CHANNELS } from '#shared/contract/refunds.ts'
import { REFUND_TYPES } from '#shared/domain/refund-step.ts'
import { useApp } from '../../lib/feature-store.tsx'
import { isAlive } from '../../lib/scanner/held-token.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { LifeBar } from '../../ui/life-bar.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { countdownWords } from '../../ui/time-words.ts'
import {
  REFUND_CHANNEL_WORDS,
  REFUND_OBSTACLE_WORDS,
  REFUND_REASONS,
  REFUND_TYPE_WORDS,
} from '../../ui/words/refunds.ts'
import styles from './refund.module.css'
import { totalBack } from './refund-flow.ts'
import { useRefund, useRefundBlock } from './use-refund.ts'

interface FormProps {
  readonly order: Order
  readonly nowMs: number
  readonly onBack: () => void
}

/** What goes back, how, and why. */
export function RefundForm({ order, nowMs, onBack }: FormProps) {
  const type = useRefund((state) => state.type)
  const channel = useRefund((state) => state.channel)
  const ask = useRefund((state) => state.ask)
  const block = useRefundBlock()
  return (
    <>
      <TypeChoice order={order} />
      <ChannelChoice />
      {channel === 'offline' && <OfflineScan nowMs={nowMs} />}
      <ReasonField />
      <div className={styles.actions}>
        <ActionButton
          action="confirm"
          size="large"
          disabled={type === null || block !== null}
          testId="refund-ask"
          onClick={ask}
        >
          {type === null ? '退款' : REFUND_TYPE_WORDS[type].name}
          {type !== null && <Money fen={totalBack(order, type)} sign />}
        </ActionButton>
        <ActionButton action="back" size="large" onClick={onBack}>
          返回订单
        </ActionButton>
      </div>
    </>
  )
}

function TypeChoice({ order }: { order: Order }) {
  const chosen = useRefund((state) => state.type)
  const setType = useRefund((state) => state.setType)
  return (
    <fieldset className={styles.choices}>
      <legend>退哪一部分</legend>
      {REFUND_TYPES.map((type) => {
        const obstacle = order.refundObstacles[type]
        const words = REFUND_TYPE_WORDS[type]
        return (
          <label key={type} data-disabled={obstacle !== null} data-testid={`refund-type-${type}`}>
            <input
              type="radio"
              name="refund-type"
              checked={chosen === type}
              disabled={obstacle !== null}
              onChange={() => setType(type)}
            />
            <b>{words.name}</b>
            <span className={styles.soft}>{obstacle === null ? words.note : REFUND_OBSTACLE_WORDS[obstacle]}</span>
            {obstacle === null && <Money fen={totalBack(order, type)} sign />}
          </label>
        )
      })}
    </fieldset>
  )
}

function ChannelChoice() {
  const chosen = useRefund((state) => state.channel)
  const setChannel = useRefund((state) => state.setChannel)
  return (
    <fieldset className={`${styles.choices} ${styles.pair}`}>
      <legend>怎样退</legend>
      {REFUND_CHANNELS.map((channel) => (
        <label key={channel} data-testid={`refund-channel-${channel}`}>
          <input
            type="radio"
            name="refund-channel"
            checked={chosen === channel}
            onChange={(event) => {
              setChannel(channel)
              // The scan that comes next must not meet a field.
              event.target.blur()
            }}
          />
          <b>{REFUND_CHANNEL_WORDS[channel].name}</b>
          <span className={styles.soft}>{REFUND_CHANNEL_WORDS[channel].note}</span>
        </label>
      ))}
    </fieldset>
  )
}

function OfflineScan({ nowMs }: { nowMs: number }) {
  const token = useRefund((state) => state.token)
  const dropToken = useRefund((state) => state.dropToken)
  if (!isAlive(token, nowMs)) {
    return (
      <div className={styles.scan} data-testid="refund-scan">
        <strong>请扫患者的医保电子凭证</strong>
        <SimulateScan />
      </div>
    )
  }
  const leftMs = Math.min(token.expiresAtMs - nowMs, token.lifeMs)
  return (
    <div className={styles.scan} data-testid="held-token" data-held="true">
      <CheckCircleFilled className={styles.heldMark} />
      <b>医保电子凭证</b>
      <Masked text={token.masked} />
      <Button type="text" size="small" onClick={() => dropToken(null)}>
        清除 <kbd>Esc</kbd>
      </Button>
      <LifeBar leftMs={leftMs} wholeMs={token.lifeMs} label="扫到的码的剩余时间" />
      <span className={styles.soft}>{countdownWords(leftMs)} 后清除；退款后立即清除</span>
    </div>
  )
}

function SimulateScan() {
  const environment = useApp((state) => state.session?.environment)
  const simulateScan = useRefund((state) => state.simulateScan)
  if (environment !== 'simulated') return null
  return (
    <Button data-testid="simulate-scan" onClick={() => void simulateScan()}>
      模拟扫码
    </Button>
  )
}

function ReasonField() {
  const reason = useRefund((state) => state.reason)
  const setReason = useRefund((state) => state.setReason)
  return (
    <fieldset className={styles.reason}>
      <legend>退款原因（必填）</legend>
      <div className={styles.chips}>
        {REFUND_REASONS.map((words) => (
          <Button key={words} size="small" aria-pressed={reason === words} onClick={() => setReason(words)}>
            {words}
          </Button>
        ))}
      </div>
      <Input
        value={reason}
        maxLength={200}
        placeholder="也可以自己写"
        aria-label="退款原因"
        data-testid="refund-reason"
        onChange={(event) => setReason(event.target.value)}
      />
    </fieldset>
  )
}
