import type { Order, TimelineEntry } from '#shared/contract/orders.ts'
import { dayOf, formatDateTime } from '#shared/domain/time.ts'
import { useNames } from '../../lib/use-names.ts'
import { ACTOR_WORDS, TIMELINE_WORDS } from '../../ui/words/timeline.ts'
import styles from './order-detail.module.css'
import { factsOf } from './timeline-facts.ts'

/** What happened to the order, newest first: each call, callback and query, when and by whom. */
export function OrderTimeline({ order }: { order: Order }) {
  const entries = order.timeline.toSorted((left, right) => right.atMs - left.atMs || right.id - left.id)
  return (
    <section className={styles.timeline} aria-label="经过">
      <h3>经过</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <ol data-testid="timeline" tabIndex={0} aria-label="经过">
        {entries.map((entry, index) => (
          <Entry key={entry.id} entry={entry} isNewDay={!sameDay(entry, entries[index - 1])} />
        ))}
      </ol>
    </section>
  )
}

function sameDay(entry: TimelineEntry, above: TimelineEntry | undefined): boolean {
  return above !== undefined && dayOf(entry.atMs) === dayOf(above.atMs)
}

function Entry({ entry, isNewDay }: { entry: TimelineEntry; isNewDay: boolean }) {
  const words = TIMELINE_WORDS[entry.kind]
  const nameOf = useNames()
  const at = formatDateTime(entry.atMs)
  return (
    <li data-tone={words.tone} data-kind={entry.kind} title={words.it}>
      <time>
        {at.slice(11)}
        {isNewDay && <small>{at.slice(5, 10)}</small>}
      </time>
      <div>
        <b>{words.name}</b>
        <span className={styles.actor}>{entry.operatorName ?? ACTOR_WORDS[entry.actor]}</span>
        <p className={styles.facts}>
          {factsOf(entry.data, nameOf).map(({ name, value }) => (
            <span key={name}>
              {name} {value}
            </span>
          ))}
        </p>
      </div>
    </li>
  )
}
