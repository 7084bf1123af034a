import { Button } from 'antd'
import { useState } from 'react'
import type { BillRow } from '#shared/contract/bills.ts'
import { goTo } from '../../lib/navigation.ts'
import { lastValue } from '../../lib/remote.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ListBox } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Money } from '../../ui/money.tsx'
import { MATCH_WORDS, MOVEMENT_WORDS } from '../../ui/words/bills.ts'
import styles from './bills.module.css'
import { useBills } from './use-bills.ts'

const HEADERS = ['结果', '类型', '交易时间', '医院订单号', '中心订单号', '对账单金额', '本机金额']

/** The rows, page by page; Enter on one of ours opens the order. */
export function BillRows() {
  const rows = useBills((state) => state.rows)
  const match = useBills((state) => state.match)
  const filter = useBills((state) => state.filter)
  const [active, setActive] = useState<string | null>(null)
  const known = lastValue(rows)
  if (known === undefined) {
    return rows.status === 'failed' ? (
      <ErrorState failure={rows.failure} onRetry={() => filter(match)} />
    ) : (
      <Loading words="正在读取明细" />
    )
  }
  if (known.rows.length === 0) return <EmptyState title={match === null ? '当天没有记录' : '没有这样的行'} />
  return (
    <div className={styles.table}>
      <div className={styles.headers} aria-hidden="true">
        {HEADERS.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <ListBox
        label={`对账明细：${HEADERS.join('、')}`}
        items={known.rows}
        keyOf={keyOf}
        active={active}
        chosen={null}
        onActive={setActive}
        onChoose={(key) => {
          setActive(key)
          openOrder(known.rows.find((row) => keyOf(row) === key))
        }}
        testId="bill-rows"
        rowTestId={(row) => `bill-row-${row.medOrgOrd ?? row.line ?? ''}`}
        renderItem={(row) => <Row row={row} />}
        footer={<More />}
      />
    </div>
  )
}

function keyOf(row: BillRow): string {
  return row.line === null ? `${row.orderNumber} ${row.movement} ${row.appRefdSn}` : String(row.line)
}

function openOrder(row: BillRow | undefined): void {
  if (row?.orderNumber != null) goTo('orders', { order: row.orderNumber })
}

function Row({ row }: { row: BillRow }) {
  const { name, tone } = MATCH_WORDS[row.match]
  return (
    <div className={styles.row} data-opens={row.orderNumber !== null} data-match={row.match}>
      <b data-tone={tone} className={styles.match}>
        {name}
      </b>
      {row.match === 'unreadable' ? <Unreadable row={row} /> : <Cells row={row} />}
    </div>
  )
}

function Cells({ row }: { row: BillRow }) {
  const others = row.others.map(({ header, value }) => `${header}：${value}`).join('；')
  return (
    <>
      <span>{row.movement === null ? '—' : MOVEMENT_WORDS[row.movement]}</span>
      <span className={styles.number}>{row.tradeTime ?? '—'}</span>
      <span className={styles.number} title={row.medOrgOrd ?? ''}>
        {row.medOrgOrd ?? '—'}
        {row.appRefdSn !== null && <small>退款号 {row.appRefdSn}</small>}
      </span>
      <span className={styles.number} title={row.payOrdId ?? ''}>
        {row.payOrdId ?? '—'}
      </span>
      <Money fen={row.amountFen} />
      <Money fen={row.oursFen} />
      {others !== '' && (
        <small className={styles.others} title={others}>
          {others}
        </small>
      )}
    </>
  )
}

/** As it stands in the file: it is text here, never anything else. */
function Unreadable({ row }: { row: BillRow }) {
  return (
    <span className={styles.raw}>
      第 {row.line} 行：{row.reason}
      <code title={row.raw ?? ''}>{row.raw}</code>
    </span>
  )
}

function More() {
  const nextCursor = useBills((state) => lastValue(state.rows)?.nextCursor)
  const isLoading = useBills((state) => state.rows.status === 'loading')
  const loadMore = useBills((state) => state.loadMore)
  if (nextCursor === undefined) return null
  return (
    <div className={styles.more}>
      <Button loading={isLoading} onClick={() => void loadMore()} data-testid="bill-more">
        再取 100 行
      </Button>
    </div>
  )
}
