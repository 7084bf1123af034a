import { Button } from 'antd'
import type { Order } from '#shared/contract/orders.ts'
import { useApp } from '../../lib/feature-store.tsx'
import { moneyBlock } from '../../lib/money-block.ts'
import { goTo } from '../../lib/navigation.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { noReceipt, noRefund, notLegal } from '../../ui/order-words.ts'
import { ReceiptButtons } from '../../ui/receipt-buttons.tsx'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import styles from './order-detail.module.css'
import { useOrders } from './use-orders.ts'

/** What may be done with the order now; what may not is there too, with the reason. */
export function DetailActions({ order }: { order: Order }) {
  const busy = useOrders((state) => state.busy)
  const askingRevoke = useOrders((state) => state.askingRevoke)
  const query = useOrders((state) => state.query)
  const askRevoke = useOrders((state) => state.askRevoke)
  const block = useApp((state) => moneyBlock(state.health, state.connection))
  if (askingRevoke) return <RevokeQuestion />
  const noUpload = notLegal('upload', order)
  const noRevoke = notLegal('revoke', order)
  const noReceiptWords = noReceipt(order)
  const refundReason = noRefund(order)
  return (
    <div className={styles.actions}>
      <div>
        <ActionButton
          action="query"
          disabled={!order.may.query}
          loading={busy === 'query'}
          testId="refresh-order"
          onClick={() => void query()}
        >
          查询结果
        </ActionButton>
        {!order.may.query && <Reason words={KEY_OFF_WORDS.notUploaded} />}
      </div>
      <div>
        <Button
          disabled={noUpload !== null}
          data-testid="to-counter"
          onClick={() => goTo('counter', { order: order.medOrgOrd })}
        >
          去收费台收费
        </Button>
        {noUpload !== null && <Reason words={noUpload} />}
      </div>
      <div>
        <ActionButton
          action="revoke"
          danger
          disabled={noRevoke !== null || block !== null}
          loading={busy === 'revoke'}
          testId="revoke-order"
          onClick={askRevoke}
        >
          撤销上传
        </ActionButton>
        {(noRevoke ?? block) !== null && <Reason words={noRevoke ?? block ?? ''} />}
      </div>
      <div>
        <ActionButton
          action="refund"
          disabled={!mayOpenRefund(order)}
          testId="refund-order"
          onClick={() => openRefund(order)}
        >
          {refundReason === null || order.refunds.length === 0 ? '退款' : '查看退款'}
        </ActionButton>
        {refundReason !== null && <Reason words={refundReason} />}
      </div>
      <div>
        <ReceiptButtons order={order} />
        {noReceiptWords !== null && <Reason words={noReceiptWords} />}
      </div>
      <div>
        <Button data-testid="to-notice" onClick={() => goTo('notices', { order: order.medOrgOrd })}>
          通知患者
        </Button>
      </div>
    </div>
  )
}

/** Legal, or there is something to see of an earlier one. */
function mayOpenRefund(order: Order): boolean {
  return noRefund(order) === null || order.refunds.length > 0
}

export function openRefund(order: Order): void {
  if (mayOpenRefund(order)) goTo('refund', { order: order.medOrgOrd })
}

/** Why a key does nothing for the open order; `null` where it acts. The buttons say the same. */
export function orderKeysOff(order: Order | undefined, busy: boolean, block: string | null) {
  if (order === undefined) return { query: NO_ORDER, refund: NO_ORDER, print: NO_ORDER, revoke: NO_ORDER }
  return {
    query: busy ? KEY_OFF_WORDS.busy : order.may.query ? null : KEY_OFF_WORDS.notUploaded,
    refund: mayOpenRefund(order) ? null : noRefund(order),
    print: noReceipt(order),
    revoke: busy ? KEY_OFF_WORDS.busy : (notLegal('revoke', order) ?? block),
  }
}

const NO_ORDER = KEY_OFF_WORDS.noOrder

function Reason({ words }: { words: string }) {
  return <span className={styles.reason}>{words}</span>
}

function RevokeQuestion() {
  const revoke = useOrders((state) => state.revoke)
  const back = useOrders((state) => state.back)
  return (
    <div className={styles.question} role="alertdialog" aria-label="确定撤销" data-testid="revoke-question">
      <strong>确定撤销这次上传？</strong> 患者还没付款时才能撤销。
      <ActionButton action="confirm" danger primary testId="revoke-confirm" onClick={() => void revoke()}>
        确定撤销
      </ActionButton>
      <ActionButton action="back" onClick={back}>
        返回
      </ActionButton>
    </div>
  )
}
