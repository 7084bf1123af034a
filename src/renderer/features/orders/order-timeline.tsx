import type { Order, TimelineEntry } from '#shared/contract/orders.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { ACTOR_WORDS, TIMELINE_WORDS } from '../../ui/words.ts'
import styles from './order-detail.module.css'
import { factsOf } from './timeline-facts.ts'

/** What happened to the order, newest first: each call, callback and query, when and by whom. */
export function OrderTimeline({ order }: { order: Order }) {
  const entries = order.timeline.toSorted((left, right) => right.atMs - left.atMs || right.id - left.id)
  return (
    <section className={styles.timeline} aria-label="经过">
      <h3>经过</h3>
      <ol data-testid="timeline">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const words = TIMELINE_WORDS[entry.kind]
  const at = formatDateTime(entry.atMs)
  return (
    <li data-tone={words.tone} data-kind={entry.kind} title={words.it}>
      <time>
        {at.slice(11)}
        <small>{at.slice(5, 10)}</small>
      </time>
      <div>
        <b>{words.name}</b>
        <span className={styles.actor}>{entry.operatorName ?? ACTOR_WORDS[entry.actor]}</span>
        {factsOf(entry.data).map(({ name, value }) => (
          <p key={name}>
            {name} {value}
          </p>
        ))}
      </div>
    </li>
  )
}
