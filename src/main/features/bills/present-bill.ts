import type { BillRecord } from '#main/store/bills.ts'
import type { Store } from '#main/store/store.ts'
import type { Bill } from '#shared/contract/bills.ts'

/** The bill for the window, with what its last comparison found. */
export function presentBill(store: Pick<Store, 'billComparer'>, bill: BillRecord): Bill {
  const { id, facts, billDate, billType, downloadedAtMs, downloadedBy, fileName, fileBytes, sha256 } = bill
  return {
    billId: id,
    ...{ billDate, billType, downloadedAtMs, downloadedBy, fileName, fileBytes, sha256 },
    ...facts,
    unmapped: unmappedHeaders(bill),
    comparison: store.billComparer.summary(bill),
  }
}

/** In the order of the file, which is also the order of each row's `others`. */
export function unmappedHeaders({ facts }: BillRecord): string[] {
  return facts.columns.filter((column) => column.field === null).map((column) => column.header)
}
