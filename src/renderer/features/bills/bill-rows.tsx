import type { BillRow } from '#shared/contract/bills.ts'
import { goTo } from '../../lib/navigation.ts'
import { useRows } from '../../lib/use-rows.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ListTrouble } from '../../ui/list-trouble.tsx'
import { Loading } from '../../ui/loading.tsx'
import { LongList } from '../../ui/long-list.tsx'
import { Money } from '../../ui/money.tsx'
import { MATCH_WORDS, MOVEMENT_WORDS } from '../../ui/words/bills.ts'
import styles from './bills.module.css'
import { billRowKey } from './bills-store.ts'
import { useBills } from './use-bills.ts'

const HEADERS = ['结果', '类型', '交易时间', '医院订单号', '中心订单号', '对账单金额', '本机金额']

/** The rows, however many; Enter on one of ours opens the order. */
export function BillRows() {
  const rows = useBills((state) => state.rows)
  const view = useRows(rows)
  const match = useBills((state) => state.match)
  const filter = useBills((state) => state.filter)
  const position = useBills((state) => state.position)
  const active = useBills((state) => state.active)
  const setActive = useBills((state) => state.setActive)
  if (view.generation === 0) {
    return view.failure !== null ? (
      <ErrorState failure={view.failure} onRetry={() => filter(match)} />
    ) : (
      <Loading words="正在读取明细" />
    )
  }
  if (view.count === 0) return <EmptyState title={match === null ? '当天没有记录' : '没有这样的行'} />
  return (
    <div className={styles.table}>
      <div className={styles.headers} aria-hidden="true">
        {HEADERS.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <LongList
        label={`对账明细：${HEADERS.join('、')}`}
        chooseWords="打开订单"
        rows={view}
        onWant={rows.want}
        keyOf={billRowKey}
        rowClass={styles.rowHeight ?? ''}
        position={position}
        active={active}
        chosen={null}
        onActive={setActive}
        onChoose={openOrder}
        renderItem={renderRow}
        testId="bill-rows"
        rowTestId={rowTestId}
      />
      {view.failure !== null && <ListTrouble failure={view.failure} onRetry={rows.retry} />}
    </div>
  )
}

function rowTestId(row: BillRow): string {
  return `bill-row-${row.medOrgOrd ?? row.line ?? ''}`
}

function renderRow(row: BillRow) {
  return <Row row={row} />
}

function openOrder(row: BillRow): void {
  if (row.orderNumber !== null) goTo('orders', { order: row.orderNumber })
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
  const more = [
    ...(row.appRefdSn === null ? [] : [`退款号 ${row.appRefdSn}`]),
    ...row.others.map(({ header, value }) => `${header}：${value}`),
  ].join('；')
  return (
    <>
      <span>{row.movement === null ? '—' : MOVEMENT_WORDS[row.movement]}</span>
      <span className={styles.number}>{row.tradeTime ?? '—'}</span>
      <span className={styles.number} title={row.medOrgOrd ?? ''}>
        {row.medOrgOrd ?? '—'}
      </span>
      <span className={styles.number} title={row.payOrdId ?? ''}>
        {row.payOrdId ?? '—'}
      </span>
      <Money fen={row.amountFen} />
      <Money fen={row.oursFen} />
      {more !== '' && (
        <small className={styles.others} title={more}>
          {more}
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
