import type { Order } from '#shared/contract/orders.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { ATTENTION_WORDS } from '../../ui/words/attention.ts'
import { EVIDENCE_WORDS, OUTCOME_WORDS } from '../../ui/words/decisions.ts'
import styles from './decision.module.css'

/** What persons decided and noted about this order; it stays. */
export function DecisionHistory({ decisions }: Pick<Order, 'decisions'>) {
  if (decisions.length === 0) return null
  return (
    <section aria-label="人工判定记录" data-testid="decisions">
      <h3>人工判定记录</h3>
      <ul className={styles.history}>
        {decisions.map((decision) => (
          <li key={`${decision.decidedAtMs} ${decision.outcome}`}>
            <b>
              {OUTCOME_WORDS[decision.outcome]}
              {decision.reason !== null && `：${ATTENTION_WORDS[decision.reason].name}`}
            </b>{' '}
            {decision.evidenceKind !== null &&
              `${EVIDENCE_WORDS[decision.evidenceKind]} ${decision.evidenceNumber ?? ''}`}
            <p>{decision.note}</p>
            <small>
              {decision.operatorName} · {formatDateTime(decision.decidedAtMs)}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}
