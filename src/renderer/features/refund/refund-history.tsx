import type { Refund } from '#shared/contract/orders.ts'
import { addFen, type Fen } from '#shared/domain/money.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { Money } from '../../ui/money.tsx'
import { OperationStatus } from '../../ui/operation-status.tsx'
import { REFUND_CHANNEL_WORDS, REFUND_TYPE_WORDS } from '../../ui/words/refunds.ts'
import styles from './refund.module.css'

/** Every refund of this order as it was asked for, newest first, with what came back; amounts positive. */
export function RefundHistory({ refunds }: { refunds: readonly Refund[] }) {
  return (
    <section className={styles.history} aria-label="退款记录">
      <h3>退款记录</h3>
      {refunds.length === 0 && <p className={styles.soft}>还没有退过</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keyboard only when it has focus. */}
      <ol tabIndex={0} data-testid="refund-history">
        {refunds.toReversed().map((refund) => (
          <Entry key={`${refund.appRefdSn} ${refund.startedAtMs}`} refund={refund} />
        ))}
      </ol>
    </section>
  )
}

function Entry({ refund }: { refund: Refund }) {
  return (
    <li>
      <div className={styles.entryHead}>
        <b>{REFUND_TYPE_WORDS[refund.refdType].name}</b>
        <OperationStatus state={refund.state} />
        <time>{formatDateTime(refund.startedAtMs)}</time>
      </div>
      {refund.totalFen !== null && (
        <p>
          退回 <Money fen={refund.totalFen} sign />
          <Part name="医保" fen={insuranceOf(refund)} />
          <Part name="自费" fen={refund.cashFen} />
          {refund.cashChannel !== null && ` 经 ${refund.cashChannel}`}
        </p>
      )}
      <p>
        {REFUND_CHANNEL_WORDS[refund.refChannel].name} · {refund.reason}
      </p>
      <p className={styles.soft}>退款流水号 {refund.appRefdSn}</p>
      {refund.message !== null && <p className={styles.said}>「{refund.message}」</p>}
    </li>
  )
}

/** Only what the centre told of. */
function Part({ name, fen }: { name: string; fen: Fen | null }) {
  if (fen === null) return null
  return (
    <>
      {` · ${name} `}
      <Money fen={fen} />
    </>
  )
}

function insuranceOf({ fundFen, accountFen }: Refund): Fen | null {
  return fundFen === null || accountFen === null ? null : addFen(fundFen, accountFen)
}
