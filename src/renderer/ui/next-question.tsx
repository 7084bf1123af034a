import type { OrderSummary } from '#shared/contract/orders.ts'
import { useNow } from '../lib/feature-store.tsx'
import { countdownWords } from './time-words.ts'
import styles from './ui.module.css'

/** What the desk does about an open outcome: how often it has asked the centre, and when it will ask next. */
export function NextQuestion({ order }: { order: Pick<OrderSummary, 'nextQueryAtMs' | 'questionsAsked'> }) {
  const nowMs = useNow()
  const words = questionWords(order, nowMs)
  if (words === null) return null
  return (
    <p className={styles.nextQuestion} data-testid="next-query">
      {words}
    </p>
  )
}

/** `null` while nothing is left to ask. */
export function questionWords(
  { nextQueryAtMs, questionsAsked }: Pick<OrderSummary, 'nextQueryAtMs' | 'questionsAsked'>,
  nowMs: number,
): string | null {
  if (nextQueryAtMs === null) return null
  const leftMs = nextQueryAtMs - nowMs
  const next = leftMs > 0 ? `${countdownWords(leftMs)} 后自动查询` : '正在自动查询…'
  return questionsAsked === 0 ? next : `已查 ${questionsAsked} 次，${next}`
}
