import { Segmented } from 'antd'
import type { ReactNode } from 'react'
import { BILL_MATCHES, type Bill, type BillMatch } from '#shared/contract/bills.ts'
import { MATCH_WORDS } from '../../ui/words/bills.ts'
import styles from './bills.module.css'
import { useBills } from './use-bills.ts'

const ALL = 'all'
type Choice = BillMatch | typeof ALL

/** How many rows stand how, and which of them are listed; ← → on the chosen one. */
export function MatchFilter({ bill }: { bill: Bill }) {
  const match = useBills((state) => state.match)
  const filter = useBills((state) => state.filter)
  const options: { value: Choice; label: ReactNode }[] = [
    { value: ALL, label: <Count name="全部" count={bill.rows + bill.unreadable} /> },
    ...BILL_MATCHES.filter((value) => isOffered(bill, value)).map((value) => ({
      value,
      label: <Count name={MATCH_WORDS[value].name} count={countOf(bill, value)} testId={`bill-count-${value}`} />,
    })),
  ]
  return (
    <div className={styles.filter}>
      <Segmented<Choice>
        value={match ?? ALL}
        options={options}
        onChange={(value) => void filter(value === ALL ? null : value)}
        aria-label="核对结果"
        data-testid="bill-filter"
      />
      {match !== null && (
        <span className={styles.next} data-tone={MATCH_WORDS[match].tone}>
          {MATCH_WORDS[match].next}
        </span>
      )}
    </div>
  )
}

function Count({ name, count, testId }: { name: string; count: number; testId?: string }) {
  return (
    <span data-testid={testId}>
      {name} <b>{count}</b>
    </span>
  )
}

/** The four ways of a comparison always, the two oddities only where there are any. */
function isOffered(bill: Bill, match: BillMatch): boolean {
  return (match !== 'unreadable' && match !== 'ignored') || countOf(bill, match) > 0
}

function countOf({ comparison, totals, unreadable }: Bill, match: BillMatch): number {
  if (match === 'unreadable') return unreadable
  return match === 'ignored' ? totals.ignoredCount : comparison[match]
}
