import { useSyncExternalStore } from 'react'
import type { PagedRows, RowsView } from './paged-rows.ts'

export function useRows<T>(rows: PagedRows<T>): RowsView<T> {
  return useSyncExternalStore(rows.subscribe, rows.view)
}

/** Whether there is any row; for whoever must not be drawn anew with every other change of the list. */
export function useHasRows<T>(rows: PagedRows<T>): boolean {
  return useSyncExternalStore(rows.subscribe, () => rows.view().count > 0)
}
