import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef, Segmented, Select } from 'antd'
import type { KeyboardEvent, RefObject } from 'react'
import type { FoundOrder } from '#shared/contract/orders.ts'
import { ORDER_STATES } from '#shared/domain/order-status.ts'
import { useFeatureStore } from '../../lib/feature-store.tsx'
import { useRows } from '../../lib/use-rows.ts'
import { DayField } from '../../ui/day-field.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { onLongListKey } from '../../ui/long-list.tsx'
import { STATE_WORDS } from '../../ui/words/states.ts'
import styles from './orders.module.css'
import type { Range } from './orders-filter.ts'
import { createOrdersStore } from './orders-store.ts'
import { useOrders } from './use-orders.ts'

const RANGE_OPTIONS: { value: Range; label: string }[] = [
  { value: 'today', label: '今天' },
  { value: 'week', label: '近 7 天' },
  { value: 'month', label: '近 30 天' },
  { value: 'all', label: '全部' },
  { value: 'days', label: '指定日期' },
]
const STATE_OPTIONS = ORDER_STATES.map((state) => ({ value: state, label: STATE_WORDS[state].name }))

interface FilterBarProps {
  readonly searchRef: RefObject<InputRef | null>
  readonly onChoose: (order: FoundOrder) => void
}

/** Search text, states, days; every change searches anew. */
export function FilterBar({ searchRef, onChoose }: FilterBarProps) {
  const store = useFeatureStore(createOrdersStore)
  const filter = useOrders((state) => state.filter)
  const setFilter = useOrders((state) => state.setFilter)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.code === 'Escape' && filter.text !== '' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      setFilter({ text: '' })
      return
    }
    // The list's keys, so that one need not leave the field to choose.
    const { rows, active, setActive } = store.getState()
    onLongListKey(event, { rows: rows.view(), active, onActive: setActive, onChoose })
  }
  return (
    <div className={styles.filter}>
      <Input
        ref={searchRef}
        value={filter.text}
        allowClear
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        prefix={<SearchOutlined />}
        suffix={<KeyHint action="find" />}
        placeholder="单号、中心订单号、姓名或拼音首字母、证件尾号、金额"
        aria-label="查找订单"
        aria-describedby="orders-found"
        data-testid="orders-search"
        onChange={(event) => setFilter({ text: event.target.value })}
        onKeyDown={onKeyDown}
      />
      <Found />
      <div className={styles.filterRow}>
        <Segmented
          value={filter.range}
          options={RANGE_OPTIONS}
          onChange={(range) => setFilter({ range })}
          aria-label="日期范围"
        />
        <Select
          mode="multiple"
          className={styles.states}
          value={[...filter.states]}
          options={STATE_OPTIONS}
          onChange={(states) => setFilter({ states })}
          placeholder="全部状态"
          maxTagCount="responsive"
          showSearch={false}
          allowClear
          aria-label="状态"
          data-testid="orders-states"
        />
      </div>
      {filter.range === 'days' && (
        <div className={styles.filterRow}>
          <DayField label="从" value={filter.from} testId="orders-day-from" onDay={(from) => setFilter({ from })} />
          <DayField label="到" value={filter.to} testId="orders-day-to" onDay={(to) => setFilter({ to })} />
        </div>
      )}
    </div>
  )
}

/** What can be typed; once something is, how it goes. */
function Found() {
  const text = useOrders((state) => state.filter.text)
  const { status, count, isWhole } = useRows(useOrders((state) => state.rows))
  const isSearching = useOrders(({ filter, shown }) => shown === null || shown.filter !== filter)
  const words = () => {
    if (text.trim() === '') return '例：周知行 今天　zzx　820a　264.95　3月18日'
    if (isSearching || status === 'loading') return '正在查找…'
    if (status === 'failed') return '没有查成'
    return isWhole ? `找到 ${count} 笔` : '找到很多，再多输几个字更快'
  }
  return (
    <p id="orders-found" className={styles.found} role="status" data-testid="orders-found">
      {words()}
    </p>
  )
}
