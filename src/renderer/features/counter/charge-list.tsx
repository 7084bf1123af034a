import { ReloadOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Input, type InputRef } from 'antd'
import { type RefObject, useCallback, useEffect } from 'react'
import type { ChargeSummary } from '#shared/contract/charges.ts'
import { useDayStart } from '../../lib/feature-store.tsx'
import { lastValue } from '../../lib/remote.ts'
import { Age } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { ListBox, type ListBoxProps, onListKey } from '../../ui/list-box.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Masked } from '../../ui/masked.tsx'
import { Money } from '../../ui/money.tsx'
import { Notice } from '../../ui/notice.tsx'
import { OrderStatus } from '../../ui/order-status.tsx'
import { shortTime } from '../../ui/time-words.ts'
import styles from './counter.module.css'
import { useCounter } from './use-counter.ts'

type ListKeys = Pick<ListBoxProps<ChargeSummary>, 'items' | 'keyOf' | 'active' | 'onActive' | 'onChoose' | 'keysOff'>

const SEARCH_AFTER_MS = 250

/** Left: the pending charges, found by name, number, id tail or department. */
export function ChargeList({ list, searchRef }: { list: ListKeys; searchRef: RefObject<InputRef | null> }) {
  const search = useCounter((state) => state.search)
  const setSearch = useCounter((state) => state.setSearch)
  const loadCharges = useCounter((state) => state.loadCharges)
  useEffect(() => {
    if (search === '') return void loadCharges()
    const timer = setTimeout(() => void loadCharges(), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [search, loadCharges])
  return (
    <section className={styles.panel} aria-label="待缴费">
      <div className={styles.search}>
        <Input
          ref={searchRef}
          value={search}
          allowClear
          maxLength={64}
          prefix={<SearchOutlined />}
          suffix={<KeyHint action="find" />}
          placeholder="姓名、单号、科室"
          aria-label="查找待缴费"
          data-testid="charge-search"
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => onListKey(event, list)}
        />
      </div>
      <Charges list={list} />
      <ListFoot onReload={() => void loadCharges()} />
    </section>
  )
}

function Charges({ list }: { list: ListKeys }) {
  const charges = useCounter((state) => state.charges)
  const search = useCounter((state) => state.search)
  const chosen = useCounter((state) => state.medOrgOrd)
  const loadCharges = useCounter((state) => state.loadCharges)
  const dayStartMs = useDayStart()
  const renderItem = useCallback(
    (charge: ChargeSummary) => <ChargeRow charge={charge} dayStartMs={dayStartMs} />,
    [dayStartMs],
  )
  const known = lastValue(charges)
  if (known === undefined) {
    return charges.status === 'failed' ? (
      <ErrorState failure={charges.failure} onRetry={loadCharges} />
    ) : (
      <Loading words="正在取待缴费" />
    )
  }
  return (
    <>
      {!known.live && <NotLive asOfMs={known.asOfMs} />}
      {known.charges.length === 0 ? (
        <NoCharges isSearch={search !== ''} live={known.live} />
      ) : (
        <ListBox
          {...list}
          label="待缴费列表"
          chooseWords="选定患者"
          chosen={chosen}
          testId="charge-list"
          rowTestId={(charge) => `charge-row-${charge.medOrgOrd}`}
          renderItem={renderItem}
        />
      )}
    </>
  )
}

function NoCharges({ isSearch, live }: { isSearch: boolean; live: boolean }) {
  if (isSearch) return <EmptyState title="没有找到">核对姓名或单号，清空后可查看全部</EmptyState>
  if (!live) return <EmptyState title="取不到待缴费">医院系统恢复后会自动更新</EmptyState>
  return <EmptyState title="现在没有待缴费">新的待缴费来了会出现在这里</EmptyState>
}

function NotLive({ asOfMs }: { asOfMs: number | null }) {
  return (
    <div className={styles.listNotice}>
      <Notice tone="warning" testId="charges-not-live">
        连不上医院系统
        {asOfMs !== null && (
          <>
            ，这是先前取到的，
            <Age atMs={asOfMs} label="截至" />
          </>
        )}
      </Notice>
    </div>
  )
}

function ChargeRow({ charge, dayStartMs }: { charge: ChargeSummary; dayStartMs: number }) {
  return (
    <div className={styles.charge}>
      <span className={styles.name} title={charge.patientName}>
        {charge.patientName}
      </span>
      <Money fen={charge.totalFen} />
      <span className={styles.soft} title={`${charge.deptName} ${charge.drName}`}>
        {charge.deptName} {charge.drName}
      </span>
      <OrderStatus state={charge.state} />
      <span className={styles.soft}>
        <Masked text={charge.maskedIdNo.slice(-4)} /> · {visitWords(charge, dayStartMs)}
      </span>
    </div>
  )
}

function visitWords(charge: ChargeSummary, dayStartMs: number): string {
  return charge.visitAtMs === null ? charge.visitTime : shortTime(charge.visitAtMs, dayStartMs)
}

function ListFoot({ onReload }: { onReload: () => void }) {
  const foundByScan = useCounter((state) => state.foundByScan)
  const charges = useCounter((state) => state.charges)
  const known = lastValue(charges)
  return (
    <footer className={styles.listFoot}>
      <span>{known !== undefined && `${foundByScan ? '按证件找到' : '共'} ${known.charges.length} 笔`}</span>
      <Button
        type="text"
        size="small"
        icon={<ReloadOutlined />}
        loading={charges.status === 'loading'}
        onClick={onReload}
      >
        更新
      </Button>
    </footer>
  )
}
