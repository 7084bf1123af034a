import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import type { Bill } from '#shared/contract/bills.ts'
import { type Fen, subtractFen } from '#shared/domain/money.ts'
import { Money } from '../../ui/money.tsx'
import styles from './bills.module.css'

/** The three sums that a day is judged by, beside what this desk says of the same movements. */
export function BillTotals({ bill }: { bill: Bill }) {
  const { totals, comparison } = bill
  const oursNetFen = subtractFen(comparison.oursPaidFen, comparison.oursRefundedFen)
  const types = bill.billType
  return (
    <div className={styles.totals} data-testid="bill-totals">
      {types !== 'REFUND' && (
        <Figure name={`支付 ${totals.paidCount} 笔`} fen={totals.paidFen} oursFen={comparison.oursPaidFen} />
      )}
      {types !== 'SUCCESS' && (
        <Figure
          name={`退款 ${totals.refundedCount} 笔`}
          fen={totals.refundedFen}
          oursFen={comparison.oursRefundedFen}
        />
      )}
      {types === 'ALL' && <Figure name="净额" fen={totals.netFen} oursFen={oursNetFen} />}
    </div>
  )
}

function Figure({ name, fen, oursFen }: { name: string; fen: Fen; oursFen: Fen }) {
  const differenceFen = subtractFen(fen, oursFen)
  const same = differenceFen === 0
  return (
    <div className={styles.figure}>
      <span>{name}</span>
      <Money fen={fen} size="huge" sign />
      <span className={styles.verdict} data-tone={same ? 'good' : 'bad'}>
        {same ? <CheckCircleFilled /> : <ExclamationCircleFilled />} 本机 <Money fen={oursFen} />
        {same ? '，相符' : '，相差 '}
        {!same && <Money fen={differenceFen} />}
      </span>
    </div>
  )
}

/** Whether every row is matched, none is missing, none is unreadable. */
export function Balance({ comparison, testId }: { comparison: Bill['comparison']; testId?: string }) {
  const { balances, comparedAtMs } = comparison
  if (comparedAtMs === 0) return <span className={styles.soft}>还没有核对</span>
  return (
    <span className={styles.verdict} data-tone={balances ? 'good' : 'bad'} data-testid={testId}>
      {balances ? <CheckCircleFilled /> : <ExclamationCircleFilled />} {balances ? '与本机相符' : '与本机不符'}
    </span>
  )
}
