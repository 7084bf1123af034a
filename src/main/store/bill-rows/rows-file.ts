import type { BillMatch } from '#shared/contract/bills.ts'
import type { BillMovement } from '#shared/domain/bill-columns.ts'

/**
 * The rows of one bill and how they stood against the orders when they were last compared, in a database file of their
 * own: a bill may have a million, and they are another's words, which can be fetched again. Such a file is made by a
 * worker under another name, and never changed once it has its own; comparing anew makes a new one. So nothing of a
 * bill ever waits for money's transactions, or they for it. docs/decisions/0009.
 */
export const ROWS_SCHEMA = `
CREATE TABLE bill_row (
  line          INTEGER PRIMARY KEY,
  movement      TEXT,
  med_org_ord   TEXT,
  pay_ord_id    TEXT,
  app_refd_sn   TEXT,
  trade_time    TEXT,
  amount_fen    INTEGER,
  -- Cells of the unmapped columns; null where there is no such column.
  others_json   TEXT,
  raw           TEXT,
  reason        TEXT
) STRICT;

-- Our order that a row speaks of, and what we say of the same movement of it.
CREATE TABLE verdict (
  line          INTEGER PRIMARY KEY,
  verdict       TEXT NOT NULL,
  movement      TEXT,
  -- Of the order in the desk's table, while it is compared: sorting a million of these takes a third of their numbers'.
  place         INTEGER,
  -- Where the row itself does not say it.
  order_number  TEXT,
  ours_fen      INTEGER,
  -- 0 in all rows of an order but one: what we say of it counts once.
  counts        INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Movements of ours that the bill lacks, the earliest first.
CREATE TABLE missing (
  place         INTEGER PRIMARY KEY,
  movement      TEXT NOT NULL,
  med_org_ord   TEXT NOT NULL,
  pay_ord_id    TEXT,
  ours_fen      INTEGER NOT NULL,
  app_refd_sn   TEXT,
  at_ms         INTEGER NOT NULL
) STRICT;
`

/** A line of the bill that was read. The amount is positive, whichever way it moved. */
export interface NewBillRow {
  readonly movement: BillMovement
  readonly medOrgOrd: string | null
  readonly payOrdId: string | null
  readonly appRefdSn: string | null
  readonly tradeTime: string | null
  readonly amountFen: number
  /** Cells of the unmapped columns. */
  readonly others: readonly string[]
}

/** What a row of the file can be; `missing` has no row there. */
export type RowMatch = Exclude<BillMatch, 'missing'>
