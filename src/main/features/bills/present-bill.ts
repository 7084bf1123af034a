import type { BillRecord } from '#main/store/bills.ts'
import type { Bill, BillComparison } from '#shared/contract/bills.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import type { BillFiles } from './bill-files.ts'

const NOT_COMPARED: BillComparison = {
  ...{ matched: 0, amountDiffers: 0, notHere: 0, missing: 0, oursPaidFen: ZERO_FEN, oursRefundedFen: ZERO_FEN },
  ...{ balances: false, comparedAtMs: 0 },
}

/** The bill for the window, with what its last comparison found. */
export function presentBill(files: BillFiles, bill: BillRecord): Bill {
  const { id, facts, billDate, billType, downloadedAtMs, downloadedBy, fileName, fileBytes, sha256 } = bill
  return {
    billId: id,
    ...{ billDate, billType, downloadedAtMs, downloadedBy, fileName, fileBytes, sha256 },
    ...facts,
    unmapped: unmappedHeaders(bill),
    rowsKept: files.hasRows(bill) || files.hasRaw(fileName),
    comparison: bill.comparison ?? NOT_COMPARED,
  }
}

/** In the order of the file, which is also the order of each row's `others`. */
export function unmappedHeaders({ facts }: BillRecord): string[] {
  return facts.columns.filter((column) => column.field === null).map((column) => column.header)
}
