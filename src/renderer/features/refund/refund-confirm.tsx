import { Input, type InputRef } from 'antd'
import { useEffect, useRef } from 'react'
import type { Order } from '#shared/contract/orders.ts'
import { isAlive } from '../../lib/scanner/held-token.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { REFUND_CHANNEL_WORDS, REFUND_TYPE_WORDS } from '../../ui/words/refunds.ts'
import styles from './refund.module.css'
import { tailMatches, totalBack } from './refund-flow.ts'
import { useRefund, useRefundBlock } from './use-refund.ts'

/**
 * The second question. Its answer is four characters that must be looked up and then F10: Enter does nothing here, and
 * a scan cannot answer it, because what a scanner types into a field is taken back.
 */
export function RefundConfirm({ order, nowMs, onBack }: { order: Order; nowMs: number; onBack: () => void }) {
  const refund = useRefund((state) => state)
  const block = useRefundBlock()
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.focus(), [])
  if (refund.type === null) return null
  return (
    <div className={styles.question} role="alertdialog" aria-label="再次确认退款" data-testid="refund-question">
      <p className={styles.what}>
        给 <b>{order.patientName}</b> {REFUND_TYPE_WORDS[refund.type].name}{' '}
        <Money fen={totalBack(order, refund.type)} size="huge" sign />
      </p>
      <p className={styles.soft}>
        {REFUND_CHANNEL_WORDS[refund.channel].name} · 原因：{refund.reason}
        {isAlive(refund.token, nowMs) && (
          <>
            {' '}
            · 凭证 <Masked text={refund.token.masked} />
          </>
        )}
      </p>
      <div className={styles.tail}>
        <label htmlFor="refund-tail">
          请输入单号 <b>{order.medOrgOrd}</b> 的后四位
        </label>
        <Input
          ref={field}
          id="refund-tail"
          value={refund.tail}
          size="large"
          maxLength={4}
          autoComplete="off"
          data-testid="refund-tail"
          onChange={(event) => refund.setTail(event.target.value)}
        />
      </div>
      <div className={styles.actions}>
        <ActionButton
          action="confirm"
          danger
          size="large"
          disabled={block !== null || !tailMatches(refund)}
          testId="refund-confirm"
          onClick={() => void refund.confirm()}
        >
          确定退款
        </ActionButton>
        <ActionButton action="back" size="large" onClick={onBack}>
          返回
        </ActionButton>
      </div>
    </div>
  )
}
