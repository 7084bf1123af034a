import { memo, type ReactNode, useEffect, useId, useRef } from 'react'
import type { RowsView } from '../lib/paged-rows.ts'
import { moveByKey } from './list-keys.ts'
import styles from './long-list.module.css'
import ui from './ui.module.css'
import { isEnter, isForList, type ListKeyEvent, type ListKeysOptions, useListKeys } from './use-list-keys.ts'
import { type ListPosition, useClientHeight, useLongScroll } from './use-long-scroll.ts'

export interface LongListProps<T> extends ListKeysOptions {
  readonly rows: RowsView<T>
  /** These rows are in sight. */
  readonly onWant: (first: number, last: number) => void
  readonly keyOf: (row: T) => string
  /** Class that gives every row its `height`, the same to all of them; it may be another on a narrow screen. */
  readonly rowClass: string
  readonly position: ListPosition
  /** The row that the arrow keys stand on. */
  readonly active: number | null
  /** Key of the row that is open beside the list. */
  readonly chosen: string | null
  readonly onActive: (index: number) => void
  readonly onChoose: (row: T) => void
  /** The same function as long as the same row looks the same. */
  readonly renderItem: (row: T) => ReactNode
  readonly testId?: string
  readonly rowTestId?: (row: T) => string
}

/**
 * ARIA's listbox for a list of any length: only the rows in sight are drawn, only those around them are held. The keys
 * are those of `ListBox`; for a list that fits on a few screens that one is simpler.
 */
export function LongList<T>(props: LongListProps<T>) {
  const { rows, active, chosen, onWant } = props
  const id = useId()
  const yardstick = useRef<HTMLDivElement>(null)
  const rowPx = useClientHeight(yardstick)
  const scroll = useLongScroll({ count: rows.count, generation: rows.generation, rowPx, position: props.position })
  const { first, last, showRow } = scroll
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list wants its rows anew.
  useEffect(() => onWant(first, last), [first, last, rows.generation, onWant])
  useFollow(active, showRow)
  const onKey = (event: ListKeyEvent) => onLongListKey(event, { ...props, pageRows: scroll.pageRows })
  useListKeys(props, active !== null, onKey)
  const drawn = Math.max(0, last - first + 1)
  const isDrawn = active !== null && active >= first && active <= last
  return (
    <div
      ref={scroll.box}
      role="listbox"
      tabIndex={0}
      className={styles.box}
      aria-label={props.label}
      aria-busy={rows.status === 'loading'}
      aria-activedescendant={isDrawn ? `${id}-${active}` : undefined}
      data-testid={props.testId}
      data-rows={rows.count}
      onScroll={scroll.onScroll}
      onKeyDown={onKey}
    >
      <div ref={yardstick} className={`${props.rowClass} ${styles.yardstick}`} aria-hidden="true" />
      <div style={{ height: scroll.trackHeight }} />
      <div className={styles.rows} style={{ transform: `translateY(${scroll.offset}px)` }}>
        {Array.from({ length: drawn }, (_, at) => {
          const index = first + at
          const row = rows.rowAt(index)
          return (
            <LongRow
              // A row that leaves on one side comes back on the other with other words: cheaper than a new one.
              key={index % scroll.slots}
              id={`${id}-${index}`}
              row={row}
              index={index}
              count={rows.isWhole ? rows.count : -1}
              height={rowPx}
              isActive={index === active}
              isChosen={row !== undefined && props.keyOf(row) === chosen}
              onChoose={props.onChoose}
              renderItem={props.renderItem}
              rowTestId={props.rowTestId}
            />
          )
        })}
      </div>
    </div>
  )
}

interface LongRowProps<T> extends Pick<LongListProps<T>, 'onChoose' | 'renderItem'> {
  readonly id: string
  readonly row: T | undefined
  readonly index: number
  readonly count: number
  readonly height: number
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly rowTestId: ((row: T) => string) | undefined
}

function PlainRow<T>(props: LongRowProps<T>) {
  const { row, index } = props
  return (
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={props.isChosen}
      aria-setsize={props.count}
      aria-posinset={index + 1}
      aria-busy={row === undefined}
      aria-label={row === undefined ? `第 ${index + 1} 行，正在读取` : undefined}
      className={`${ui.row} ${styles.row}`}
      style={{ height: props.height }}
      data-active={props.isActive}
      data-testid={row === undefined ? undefined : props.rowTestId?.(row)}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => row !== undefined && props.onChoose(row)}
      onKeyDown={undefined}
    >
      {row === undefined ? <div className={styles.waiting} /> : props.renderItem(row)}
    </div>
  )
}

// memo() forgets the type parameter.
const LongRow = memo(PlainRow) as typeof PlainRow

/** Keeps the active row in sight when it becomes another one; not when the list is only shown again. */
function useFollow(active: number | null, showRow: (index: number) => void): void {
  const followed = useRef(active)
  useEffect(() => {
    if (active !== null && active !== followed.current) showRow(active)
    followed.current = active
  }, [active, showRow])
}

type LongListKeys<T> = Pick<LongListProps<T>, 'rows' | 'active' | 'onActive' | 'onChoose'> & {
  readonly pageRows?: number
}

/** The list's keys; also for a search field above it, so that one need not leave the field to choose. */
export function onLongListKey<T>(event: ListKeyEvent, list: LongListKeys<T>): void {
  if (!isForList(event)) return
  const next = moveByKey(event.code, list.rows.count, list.active, list.pageRows)
  const row = list.active === null ? undefined : list.rows.rowAt(list.active)
  if (next !== undefined) {
    event.preventDefault()
    list.onActive(next)
  } else if (isEnter(event.code) && row !== undefined) {
    event.preventDefault()
    list.onChoose(row)
  }
}
