import type { Order } from '#shared/contract/orders.ts'
import { goTo } from '../../lib/navigation.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { NextQuestion } from '../../ui/next-question.tsx'
import { noRefund, notLegal } from '../../ui/order-words.ts'
import styles from './payment-card.module.css'
import { useCounter, useMoneyBlock } from './use-counter.ts'

/** Query and revoke with their keys; revoking asks once more, and Enter alone never answers that. */
export function OrderActions() {
  const order = useCounter((state) => state.order)
  const busy = useCounter((state) => state.busy)
  const askingRevoke = useCounter((state) => state.askingRevoke)
  const query = useCounter((state) => state.query)
  const askRevoke = useCounter((state) => state.askRevoke)
  const block = useMoneyBlock()
  if (order === null) return null
  if (askingRevoke) return <RevokeQuestion />
  const reason = notLegal('revoke', order)
  return (
    <>
      <NextQuestion order={order} />
      <div className={styles.actions}>
        <ActionButton
          action="query"
          disabled={!order.may.query}
          loading={busy === 'query'}
          testId="refresh-order"
          onClick={() => void query()}
        >
          查询结果
        </ActionButton>
        {reason === null && (
          <ActionButton action="revoke" danger disabled={block !== null} testId="revoke-order" onClick={askRevoke}>
            撤销上传
          </ActionButton>
        )}
        <RefundButton order={order} />
      </div>
    </>
  )
}

/** Leads to the refund of this order; absent where nothing may be refunded. */
export function RefundButton({ order }: { order: Order }) {
  if (noRefund(order) !== null) return null
  return (
    <ActionButton action="refund" testId="refund-order" onClick={() => openRefund(order)}>
      退款
    </ActionButton>
  )
}

export function openRefund(order: Order | null): void {
  if (order !== null && noRefund(order) === null) goTo('refund', { order: order.medOrgOrd })
}

function RevokeQuestion() {
  const revoke = useCounter((state) => state.revoke)
  const back = useCounter((state) => state.back)
  return (
    <div className={styles.question} role="alertdialog" aria-label="确定撤销" data-testid="revoke-question">
      <strong>确定撤销这次上传？</strong>
      <p>患者还没付款时才能撤销；撤销后可以重新扫码上传。</p>
      <div className={styles.actions}>
        <ActionButton action="confirm" danger primary testId="revoke-confirm" onClick={() => void revoke()}>
          确定撤销
        </ActionButton>
        <ActionButton action="back" onClick={back}>
          返回
        </ActionButton>
      </div>
    </div>
  )
}
