import { memo, type ReactNode, useEffect, useId, useRef } from 'react'
import { moveInList } from './list-keys.ts'
import styles from './ui.module.css'
import { isEnter, isForList, type ListKeyEvent, type ListKeysOptions, useListKeys } from './use-list-keys.ts'

export interface ListBoxProps<T> extends ListKeysOptions {
  readonly items: readonly T[]
  readonly keyOf: (item: T) => string
  /** The row that the arrow keys stand on. */
  readonly active: string | null
  /** The row that is open beside the list. */
  readonly chosen: string | null
  readonly onActive: (key: string) => void
  readonly onChoose: (key: string) => void
  /** The same function as long as the same item looks the same: then a key draws two rows anew, not hundreds. */
  readonly renderItem: (item: T) => ReactNode
  readonly testId?: string
  readonly rowTestId?: (item: T) => string
  readonly footer?: ReactNode
}

/** A list for the arrow keys, Home, End, Page and Enter, as ARIA's listbox; Ant Design has none. */
export function ListBox<T>(props: ListBoxProps<T>) {
  const { items, keyOf, active, chosen } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active === null) return
    box.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  useListKeys(props, active !== null, (event) => onListKey(event, props))
  const rowId = (key: string) => `${id}-${key}`
  const isActiveShown = active !== null && items.some((item) => keyOf(item) === active)
  return (
    <div className={styles.list}>
      <div
        ref={box}
        role="listbox"
        tabIndex={0}
        aria-label={props.label}
        aria-activedescendant={isActiveShown ? rowId(active) : undefined}
        data-testid={props.testId}
        onKeyDown={(event) => onListKey(event, props)}
      >
        {items.map((item) => {
          const key = keyOf(item)
          return (
            <Row
              key={key}
              id={rowId(key)}
              itemKey={key}
              item={item}
              isActive={key === active}
              isChosen={key === chosen}
              testId={props.rowTestId?.(item)}
              onChoose={props.onChoose}
              renderItem={props.renderItem}
            />
          )
        })}
      </div>
      {props.footer}
    </div>
  )
}

interface RowProps<T> extends Pick<ListBoxProps<T>, 'onChoose' | 'renderItem'> {
  readonly id: string
  readonly itemKey: string
  readonly item: T
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly testId: string | undefined
}

function PlainRow<T>(props: RowProps<T>) {
  return (
    <div
      id={props.id}
      role="option"
      tabIndex={-1}
      aria-selected={props.isChosen}
      className={styles.row}
      data-active={props.isActive}
      data-testid={props.testId}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onChoose(props.itemKey)}
      onKeyDown={undefined}
    >
      {props.renderItem(props.item)}
    </div>
  )
}

// memo() forgets the type parameter.
const Row = memo(PlainRow) as typeof PlainRow

/** The list's keys; also for a search field above it, so that one need not leave the field to choose. */
export function onListKey<T>(
  event: ListKeyEvent,
  list: Pick<ListBoxProps<T>, 'items' | 'keyOf' | 'active' | 'onActive' | 'onChoose'>,
): void {
  if (!isForList(event)) return
  const keys = list.items.map(list.keyOf)
  const next = moveInList(event.code, keys, list.active)
  if (next !== undefined) {
    event.preventDefault()
    list.onActive(next)
  } else if (isEnter(event.code) && list.active !== null && keys.includes(list.active)) {
    event.preventDefault()
    list.onChoose(list.active)
  }
}
