import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Bill } from '#shared/contract/bills.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { BILL_FORM_WORDS, BILL_TYPE_WORDS } from '../../ui/words/bills.ts'
import { BillRows } from './bill-rows.tsx'
import { Balance, BillTotals } from './bill-totals.tsx'
import styles from './bills.module.css'
import { MatchFilter } from './match-filter.tsx'
import { useBills } from './use-bills.ts'

/** One bill: does the day balance, where does it not, and the rows. */
export function BillView({ bill }: { bill: Bill }) {
  return (
    <article className={styles.view} data-testid="bill">
      <header className={styles.head}>
        <h2>
          {bill.billDate} {BILL_TYPE_WORDS[bill.billType]}对账单
        </h2>
        <Balance comparison={bill.comparison} testId="bill-balances" />
        <Actions />
      </header>
      <BillTotals bill={bill} />
      <Oddities bill={bill} />
      {bill.rowsKept ? (
        <>
          <MatchFilter bill={bill} />
          <BillRows />
        </>
      ) : (
        <EmptyState title="明细已按保留期限清除，合计仍在">需要明细时，再下载一次当天的对账单</EmptyState>
      )}
      <FileFacts bill={bill} />
    </article>
  )
}

function Actions() {
  const compare = useBills((state) => state.compare)
  const exportCsv = useBills((state) => state.exportCsv)
  return (
    <div className={styles.actions}>
      <ActionButton action="query" testId="bill-compare" onClick={() => void compare()}>
        重新核对
      </ActionButton>
      <Button icon={<DownloadOutlined />} data-testid="bill-export" onClick={() => void exportCsv()}>
        导出 CSV
      </Button>
    </div>
  )
}

/** What was not used or not read: said, so that nobody takes the totals for more than they are. */
function Oddities({ bill }: { bill: Bill }) {
  const exported = useBills((state) => state.exported)
  return (
    <>
      {bill.unmapped.length > 0 && (
        <Notice tone="warning" testId="bill-unmapped">
          没有用上的列：{bill.unmapped.join('、')}。可在 设置 → 对账 中登记列名，再下载一次。
        </Notice>
      )}
      {bill.unreadable > 0 && (
        <Notice tone="warning" testId="bill-unreadable">
          有 {bill.unreadable} 行读不懂，没有计入合计；在下面选「读不懂」可看原文。
        </Notice>
      )}
      {exported !== null && (
        <Notice tone={exported.truncated ? 'warning' : 'good'} testId="bill-exported">
          已导出 {exported.rows} 行：{exported.fileName}
          {exported.truncated && '。行数过多，只导出了前面这些'}
        </Notice>
      )}
    </>
  )
}

function FileFacts({ bill }: { bill: Bill }) {
  const { compression, encoding, separator } = bill
  return (
    <footer className={styles.foot}>
      <span>
        {bill.downloadedBy} <Age atMs={bill.downloadedAtMs} label="下载于" />
      </span>
      <span>
        <Age atMs={bill.comparison.comparedAtMs} label="核对于" />
      </span>
      <details>
        <summary>原始文件</summary>
        <p>
          bills/{bill.fileName} · {bill.fileBytes} 字节 · {encoding} · {BILL_FORM_WORDS.separator[separator]}分隔 ·{' '}
          {BILL_FORM_WORDS.compression[compression]}
        </p>
        <p>SHA-256 {bill.sha256}</p>
        {bill.notes.map((note, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have no other name, and never move.
          <p key={index}>{note}</p>
        ))}
      </details>
    </footer>
  )
}
