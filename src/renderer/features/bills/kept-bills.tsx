import type { Bill } from '#shared/contract/bills.ts'
import { useNow } from '../../lib/feature-store.tsx'
import { lastValue } from '../../lib/remote.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ListBox } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Money } from '../../ui/money.tsx'
import { shortTime } from '../../ui/time-words.ts'
import { BILL_TYPE_WORDS } from '../../ui/words/bills.ts'
import { Balance } from './bill-totals.tsx'
import styles from './bills.module.css'
import { useBills } from './use-bills.ts'

/** Bills that are kept on this machine, newest day first. */
export function KeptBills(props: { active: string | null; onActive: (key: string) => void }) {
  const kept = useBills((state) => state.kept)
  const loadKept = useBills((state) => state.loadKept)
  const chosen = useBills((state) => lastValue(state.bill)?.billId)
  const open = useBills((state) => state.open)
  const known = lastValue(kept)
  if (known === undefined) {
    return kept.status === 'failed' ? (
      <ErrorState failure={kept.failure} onRetry={loadKept} />
    ) : (
      <Loading words="正在读取" />
    )
  }
  if (known.length === 0) return <EmptyState title="还没有下载过对账单" />
  return (
    <>
      <h3 className={styles.listHead}>已下载</h3>
      <ListBox
        label="已下载的对账单"
        chooseWords="打开对账单"
        items={known}
        keyOf={keyOf}
        active={props.active}
        chosen={chosen === undefined ? null : String(chosen)}
        onActive={props.onActive}
        onChoose={(key) => {
          props.onActive(key)
          void open(Number(key))
        }}
        testId="kept-bills"
        rowTestId={(bill) => `kept-bill-${bill.billId}`}
        renderItem={(bill) => <KeptBill bill={bill} />}
      />
    </>
  )
}

function keyOf(bill: Bill): string {
  return String(bill.billId)
}

function KeptBill({ bill }: { bill: Bill }) {
  const nowMs = useNow(60_000)
  return (
    <div className={styles.kept}>
      <b>
        {bill.billDate} {BILL_TYPE_WORDS[bill.billType]}
      </b>
      <Money fen={bill.totals.netFen} />
      <span className={styles.soft}>
        {bill.rows} 行 · {shortTime(bill.downloadedAtMs, nowMs)} 下载
      </span>
      <Balance comparison={bill.comparison} />
    </div>
  )
}
