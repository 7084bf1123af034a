import { useState } from 'react'
import type { WireMessage } from '#shared/contract/diagnostics.ts'
import type { Order } from '#shared/contract/orders.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { useClient } from '../../lib/feature-store.tsx'
import { IDLE, type Remote } from '../../lib/remote.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { INTERFACE_WORDS } from '../../ui/words/timeline.ts'
import styles from './order-detail.module.css'

/** What went over the wire about the order, for IT: fetched when opened, masked by the main process. */
export function RawMessages({ order }: { order: Order }) {
  const client = useClient()
  const [messages, setMessages] = useState<Remote<readonly WireMessage[]>>(IDLE)
  const load = async () => {
    setMessages({ status: 'loading' })
    const answer = await client.call('diagnostics.messages', { medOrgOrd: order.medOrgOrd })
    setMessages(
      answer.ok ? { status: 'ready', value: answer.value.messages } : { status: 'failed', failure: answer.error },
    )
  }
  return (
    <details
      className={styles.more}
      data-testid="raw-messages"
      onToggle={(event) => event.currentTarget.open && void load()}
    >
      <summary>原始报文（已脱敏）</summary>
      {messages.status === 'loading' && <Loading words="正在读取报文" />}
      {messages.status === 'failed' && <ErrorState failure={messages.failure} onRetry={load} />}
      {messages.status === 'ready' && messages.value.length === 0 && <p className={styles.soft}>还没有报文</p>}
      {messages.status === 'ready' &&
        messages.value.map((message) => (
          <Message key={`${message.interfaceId} ${message.direction} ${message.atMs}`} message={message} />
        ))}
    </details>
  )
}

function Message({ message }: { message: WireMessage }) {
  const { interfaceId, direction, atMs, elapsedMs, status, body, answer } = message
  return (
    <section className={styles.message}>
      <p>
        <b>
          {interfaceId} {INTERFACE_WORDS[interfaceId] ?? ''}
        </b>{' '}
        {direction === 'out' ? '中心的应答' : '中心发来'} · {formatDateTime(atMs)}
        {status !== null && ` · HTTP ${status}`}
        {elapsedMs !== null && ` · ${elapsedMs} 毫秒`}
      </p>
      <pre>{body ?? '（没有内容）'}</pre>
      {answer !== null && (
        <>
          <p className={styles.soft}>我们的应答</p>
          <pre>{answer}</pre>
        </>
      )}
    </section>
  )
}
