import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import type { Order, Refund } from '#shared/contract/orders.ts'
import type { Session } from '#shared/contract/session.ts'
import { maskName } from '#shared/domain/masks.ts'
import { addFen, type Fen, formatYuan } from '#shared/domain/money.ts'
import { isDone } from '#shared/domain/receipt.ts'
import { checkIdentity } from '#shared/domain/settlement.ts'
import { formatDateTime } from '#shared/domain/time.ts'
import { useApp } from '../lib/feature-store.tsx'
import { type Receipt, useReceipts } from '../lib/receipt-store.ts'
import styles from './receipt.module.css'
import { RECEIPT_MARK_WORDS, RECEIPT_WORDS } from './words/receipts.ts'
import { REFUND_TYPE_WORDS } from './words/refunds.ts'
import { STATE_WORDS } from './words/states.ts'

/** The receipt, beside the window's own page: not seen on screen, and the only thing seen on paper. */
export function ReceiptSheet() {
  const receipt = useReceipts((state) => state.receipt)
  const put = useReceipts((state) => state.put)
  const session = useApp((state) => state.session)
  const paper = useApp((state) => state.settings?.printing.paper ?? '80mm')
  useEffect(() => {
    if (receipt !== null) void put(receipt)
  }, [receipt, put])
  if (receipt === null || session === null) return null
  return createPortal(
    <article className={styles.sheet} data-paper={paper} data-testid="receipt">
      <Head receipt={receipt} session={session} />
      <Person order={receipt.order} />
      {receipt.kind === 'settlement' ? <Settlement order={receipt.order} /> : <Refunds order={receipt.order} />}
      <Foot receipt={receipt} session={session} />
    </article>,
    document.body,
  )
}

function Head({ receipt, session }: { receipt: Receipt; session: Session }) {
  const mark = RECEIPT_MARK_WORDS[session.environment]
  return (
    <header>
      <h1>{session.orgName}</h1>
      <h2>{RECEIPT_WORDS[receipt.kind].title}</h2>
      {mark !== null && <p className={styles.mark}>{mark}</p>}
      {receipt.copyNo > 1 && (
        <p className={styles.mark} data-testid="receipt-copy">
          副本 第 {receipt.copyNo} 张
        </p>
      )}
    </header>
  )
}

/** The person is named for paper that others see: never in full. */
function Person({ order }: { order: Order }) {
  return (
    <Rows
      rows={[
        ['姓名', maskName(order.patientName)],
        ['证件号', order.maskedIdNo.replace(/•{4,}/, '••••')],
        ['科室', order.deptName],
        ['单号', order.medOrgOrd],
        ['中心订单号', order.payOrdId],
        ['医保交易号', order.hiDocSn],
      ]}
    />
  )
}

function Settlement({ order }: { order: Order }) {
  const { amounts, state, settledAtMs } = order
  const check = checkIdentity(amounts)
  return (
    <>
      <Rows rows={[['结算时间', settledAtMs === null ? null : formatDateTime(settledAtMs)]]} />
      <Amounts
        rows={[
          ['目录内', amounts.feeSumFen],
          ['＋ 目录外', amounts.outOfCatalogueFen],
        ]}
        sum={['合计', check?.leftFen ?? null]}
      />
      <Amounts
        rows={[
          ['医保基金', amounts.fundFen],
          ['＋ 个人账户', amounts.accountFen],
          ['＋ 自费', amounts.ownPayFen],
          ['＋ 预交金', amounts.prepaidFen],
        ]}
        sum={['＝ 合计', check?.rightFen ?? null]}
      />
      {check?.holds === false && <p className={styles.mark}>金额待核对</p>}
      {(state === 'refunded' || state === 'partlyRefunded') && (
        <p className={styles.mark}>{STATE_WORDS[state].name}，见退款凭证</p>
      )}
    </>
  )
}

function Refunds({ order }: { order: Order }) {
  return order.refunds.filter(isDone).map((refund) => (
    <section key={`${refund.appRefdSn} ${refund.startedAtMs}`}>
      <Rows
        rows={[
          ['退款', REFUND_TYPE_WORDS[refund.refdType].name],
          ['退款流水号', refund.appRefdSn],
          ['退款时间', formatDateTime(refund.startedAtMs)],
        ]}
      />
      <Amounts
        rows={told([
          ['退回医保', insuranceOf(refund)],
          ['退回自费', refund.cashFen],
        ])}
        sum={['退回合计', refund.totalFen]}
      />
    </section>
  ))
}

/** A leg that a refund did not touch is not named. */
function told(rows: readonly AmountRow[]): readonly AmountRow[] {
  return rows.filter(([, fen]) => fen !== null)
}

function insuranceOf({ fundFen, accountFen }: Refund): Fen | null {
  return fundFen === null || accountFen === null ? null : addFen(fundFen, accountFen)
}

function Foot({ receipt, session }: { receipt: Receipt; session: Session }) {
  return (
    <footer>
      <Rows
        rows={[
          ['窗口', session.deskName],
          ['收费员', session.operatorName],
          ['打印时间', formatDateTime(receipt.atMs)],
        ]}
      />
    </footer>
  )
}

function Rows({ rows }: { rows: readonly (readonly [string, string | null])[] }) {
  return (
    <dl className={styles.rows}>
      {rows
        .filter(([, value]) => value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

type AmountRow = readonly [string, Fen | null]

interface AmountsProps {
  readonly rows: readonly AmountRow[]
  readonly sum: AmountRow
}

function Amounts({ rows, sum }: AmountsProps) {
  return (
    <dl className={styles.amounts}>
      {[...rows, sum].map(([name, fen]) => (
        <div key={name} data-sum={name === sum[0]}>
          <dt>{name}</dt>
          <dd>{fen === null ? '—' : formatYuan(fen)}</dd>
        </div>
      ))}
    </dl>
  )
}
