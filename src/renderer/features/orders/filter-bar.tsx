import { SearchOutlined } from '@ant-design/icons'
import { Input, type InputRef, Segmented, Select } from 'antd'
import { type RefObject, useEffect, useState } from 'react'
import type { OrderSummary } from '#shared/contract/orders.ts'
import { ORDER_STATES } from '#shared/domain/order-status.ts'
import { readDay } from '../../lib/read-day.ts'
import { KeyHint } from '../../ui/key-hint.tsx'
import { type ListBoxProps, onListKey } from '../../ui/list-box.tsx'
import { STATE_WORDS } from '../../ui/words/states.ts'
import styles from './orders.module.css'
import type { Range } from './orders-filter.ts'
import { useOrders } from './use-orders.ts'

type ListKeys = Pick<ListBoxProps<OrderSummary>, 'items' | 'keyOf' | 'active' | 'onActive' | 'onChoose'>

const RANGE_OPTIONS: { value: Range; label: string }[] = [
  { value: 'today', label: '今天' },
  { value: 'week', label: '近 7 天' },
  { value: 'month', label: '近 30 天' },
  { value: 'all', label: '全部' },
  { value: 'days', label: '指定日期' },
]
const STATE_OPTIONS = ORDER_STATES.map((state) => ({ value: state, label: STATE_WORDS[state].name }))
const SEARCH_AFTER_MS = 250

/** Search text, states, days; every change searches anew. */
export function FilterBar({ list, searchRef }: { list: ListKeys; searchRef: RefObject<InputRef | null> }) {
  const filter = useOrders((state) => state.filter)
  const setFilter = useOrders((state) => state.setFilter)
  const load = useOrders((state) => state.load)
  useEffect(() => {
    const timer = setTimeout(() => void load(), filter.text === '' ? 0 : SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [filter, load])
  return (
    <div className={styles.filter}>
      <Input
        ref={searchRef}
        value={filter.text}
        allowClear
        maxLength={64}
        prefix={<SearchOutlined />}
        suffix={<KeyHint action="find" />}
        placeholder="单号、中心订单号、姓名或拼音首字母、证件尾号、金额"
        aria-label="查找订单"
        data-testid="orders-search"
        onChange={(event) => setFilter({ text: event.target.value })}
        onKeyDown={(event) => onListKey(event, list)}
      />
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
          <Day label="从" value={filter.from} onChange={(from) => setFilter({ from })} />
          <Day label="到" value={filter.to} onChange={(to) => setFilter({ to })} />
        </div>
      )}
    </div>
  )
}

/** A calendar day by typing, as 20260105 or 2026-01-05: faster at the window than a calendar, and alike in every browser. */
function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  const [text, setText] = useState(value)
  const isWrong = text.trim() !== '' && readDay(text) === undefined
  const onText = (next: string) => {
    setText(next)
    const day = next.trim() === '' ? '' : readDay(next)
    if (day !== undefined) onChange(day)
  }
  return (
    <span className={styles.day}>
      {label}
      <Input
        value={text}
        maxLength={10}
        status={isWrong ? 'error' : ''}
        placeholder="年-月-日，如 2026-01-05"
        aria-label={`${label}哪天`}
        aria-invalid={isWrong}
        data-testid={`orders-day-${label === '从' ? 'from' : 'to'}`}
        onChange={(event) => onText(event.target.value)}
      />
    </span>
  )
}
