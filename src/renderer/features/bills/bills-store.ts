import { createStore, type StoreApi } from 'zustand'
import type { BillType } from '#shared/centre/download-bill.ts'
import type { Bill, BillMatch, BillRow } from '#shared/contract/bills.ts'
import { dayOf } from '#shared/domain/time.ts'
import type { FeatureDeps } from '../../lib/feature-store.tsx'
import { createPagedRows, type PagedRows, type RowsSource } from '../../lib/paged-rows.ts'
import { IDLE, lastValue, loadingAfter, type Remote } from '../../lib/remote.ts'
import type { RpcClient, ShownFailure } from '../../lib/rpc-client.ts'
import { saveTextFile } from '../../lib/save-file.ts'
import { type ListPosition, newListPosition } from '../../ui/use-long-scroll.ts'

export interface BillsState {
  /** As typed; `YYYY-MM-DD` when it is a day. */
  readonly billDate: string
  readonly billType: BillType
  readonly downloading: boolean
  readonly kept: Remote<readonly Bill[]>
  readonly bill: Remote<Bill>
  /** `null`: every row of the file. */
  readonly match: BillMatch | null
  readonly rows: PagedRows<BillRow>
  readonly position: ListPosition
  /** Place of the row that the arrow keys stand on. */
  readonly active: number | null
  /** Of the last action; what was on screen stays. */
  readonly failure: ShownFailure | null
  readonly exported: { readonly fileName: string; readonly rows: number; readonly truncated: boolean } | null
  setDay(billDate: string): void
  setType(billType: BillType): void
  loadKept(): Promise<void>
  download(): Promise<void>
  open(billId: number): Promise<void>
  /** Compares the open bill anew with the orders as they are now. */
  compare(): Promise<void>
  filter(match: BillMatch | null): Promise<void>
  setActive(index: number): void
  exportCsv(): Promise<void>
}

const DAY_MS = 86_400_000

/** Bills that were downloaded, the open one and its rows, page by page. */
export function createBillsStore({ client, app }: FeatureDeps): StoreApi<BillsState> {
  return createStore<BillsState>((set, get) => {
    const isOpen = (billId: number) => lastValue(get().bill)?.billId === billId
    const loadRows = async (billId: number) => {
      const { match, rows } = get()
      set({ active: null })
      await rows.load(rowsOf(client, { billId, ...(match !== null && { match }) }))
    }
    const show = async (bill: Bill) => {
      set({ bill: { status: 'ready', value: bill }, match: firstMatch(bill), exported: null })
      await loadRows(bill.billId)
    }
    const loadKept = async () => {
      set({ kept: loadingAfter(get().kept) })
      const answer = await client.call('bills.list', {})
      set({
        kept: answer.ok
          ? { status: 'ready', value: answer.value.bills }
          : { status: 'failed', failure: answer.error, value: lastValue(get().kept) },
      })
    }
    const open = async (billId: number) => {
      set({ failure: null, ...(isOpen(billId) ? {} : { bill: { status: 'loading' } }) })
      const answer = await client.call('bills.get', { billId })
      if (answer.ok) await show(answer.value)
      else set({ bill: { status: 'failed', failure: answer.error } })
    }
    return {
      // The centre's day is over by then.
      billDate: dayOf(app.clock.now() - DAY_MS),
      billType: 'ALL',
      downloading: false,
      kept: IDLE,
      bill: IDLE,
      match: null,
      rows: createPagedRows<BillRow>(billRowKey),
      position: newListPosition(),
      active: null,
      failure: null,
      exported: null,
      setDay: (billDate) => set({ billDate }),
      setType: (billType) => set({ billType }),
      loadKept,
      async download() {
        const { billDate, billType, downloading } = get()
        if (downloading || billDate === '') return
        set({ downloading: true, failure: null, exported: null })
        const answer = await client.call('bills.download', { billDate, billType })
        set({ downloading: false })
        if (!answer.ok) return set({ failure: answer.error })
        await Promise.all([show(answer.value), loadKept()])
      },
      open,
      async compare() {
        const bill = lastValue(get().bill)
        if (bill !== undefined) await open(bill.billId)
      },
      async filter(match) {
        const bill = lastValue(get().bill)
        set({ match })
        if (bill !== undefined) await loadRows(bill.billId)
      },
      setActive: (active) => set({ active }),
      async exportCsv() {
        const bill = lastValue(get().bill)
        if (bill === undefined) return
        set({ failure: null })
        const answer = await client.call('bills.export', { billId: bill.billId })
        if (!answer.ok) return set({ failure: answer.error })
        const { fileName, csv, rows, truncated } = answer.value
        saveTextFile(fileName, csv, 'text/csv')
        set({ exported: { fileName, rows, truncated } })
      },
    }
  })
}

/** The rows of a bill that stand so, page by page. */
function rowsOf(client: RpcClient, of: { billId: number; match?: BillMatch }): RowsSource<BillRow> {
  return {
    page: (cursor, limit) => client.call('bills.rows', { ...of, ...(cursor !== undefined && { cursor }), limit }),
    outline: (cursor, every) => client.call('bills.outline', { ...of, cursor, every }),
  }
}

export function billRowKey(row: BillRow): string {
  return row.line === null ? `${row.orderNumber} ${row.movement} ${row.appRefdSn}` : String(row.line)
}

/** What somebody has to look into stands first; all rows of a bill that balances. */
function firstMatch({ comparison, unreadable }: Bill): BillMatch | null {
  if (comparison.missing > 0) return 'missing'
  if (comparison.amountDiffers > 0) return 'amountDiffers'
  if (comparison.notHere > 0) return 'notHere'
  return unreadable > 0 ? 'unreadable' : null
}
