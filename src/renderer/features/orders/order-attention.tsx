import type { Order } from '#shared/contract/orders.ts'
import { useNow } from '../../lib/feature-store.tsx'
import { bind } from '../../lib/key-registry.ts'
import { useKeymap } from '../../lib/use-keymap.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { ListenerSeen } from '../../ui/listener-seen.tsx'
import { NextQuestion } from '../../ui/next-question.tsx'
import { Notice } from '../../ui/notice.tsx'
import { centreWords, wordsFor } from '../../ui/order-words.ts'
import { SUSPENSE_WORDS } from '../../ui/words/attention.ts'
import { DECISION_WORDS } from '../../ui/words/decisions.ts'
import { OPERATION_WORDS } from '../../ui/words/operations.ts'
import { STATE_WORDS } from '../../ui/words/states.ts'
import { additionTo, isTooEarly, useDecision } from './decision-store.ts'
import styles from './order-detail.module.css'

/** Why a person should look, what is being done about it, and what he may do; or what the centre said when it did not go well. */
export function OrderAttention({ order }: { order: Order }) {
  const said = centreWords(order)
  if (order.attention === undefined && said === null) return null
  const words = wordsFor(order)
  return (
    <Notice tone={order.attention === undefined ? STATE_WORDS[order.state].tone : 'bad'} testId="attention">
      <b>{words.name}</b>：{words.cashier}
      {order.suspenseReason !== null && <p>{SUSPENSE_WORDS[order.suspenseReason]}</p>}
      {order.attention?.detail != null && <p>{order.attention.detail}</p>}
      {said !== null && order.operation !== undefined && (
        <p>
          {OPERATION_WORDS[order.operation.kind]}：「{said}」
        </p>
      )}
      {order.attention?.reason === 'callbackSilent' && <ListenerSeen />}
      <p className={styles.soft}>{words.it}</p>
      {order.attention !== undefined && <NextQuestion order={order} />}
      <Addition order={order} />
    </Notice>
  )
}

function Addition({ order }: { order: Order }) {
  const addition = additionTo(order)
  return addition === null ? null : <AdditionButton order={order} mode={addition.mode} />
}

function AdditionButton({ order, mode }: { order: Order; mode: 'decide' | 'note' }) {
  const nowMs = useNow()
  const open = useDecision((state) => state.open)
  const off = mode === 'decide' && isTooEarly(order, nowMs) ? DECISION_WORDS.tooEarly : null
  // Below the screen's own keys: while it asks about a revoke, F10 answers that.
  useKeymap({ confirm: bind(DECISION_WORDS[mode], () => open(order), off) }, { rank: 'frame' })
  return (
    <div className={styles.addition}>
      <ActionButton action="confirm" disabled={off !== null} testId="open-decision" onClick={() => open(order)}>
        {DECISION_WORDS[mode]}
      </ActionButton>
      {off !== null && <span className={styles.reason}>{off}</span>}
    </div>
  )
}
