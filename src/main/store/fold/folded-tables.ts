/** One row as SQLite gives it, without the order's number: that is the same in all of them. */
export type FoldedRow = Readonly<Record<string, string | number | null>>

/** Everything of one order that is folded, by table, in the order in which it was written. */
export type FoldedRows = Readonly<Record<FoldedTable, readonly FoldedRow[]>>

/** `id` grows from row to row, `time` is near the one before it, `json` is JSON text of ours or of the centre. */
export type ColumnKind = 'id' | 'time' | 'number' | 'text' | 'json'

type Tables = Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>

/** What is folded, in the order in which blocks of version 1 hold it: they have these columns for ever. */
const TABLES_1 = {
  charge: { id_no: 'text', detail_json: 'json', fetched_at_ms: 'time' },
  folder_charge: { id_no: 'text', detail_json: 'json', state: 'text', taken_at_ms: 'time' },
  exchange: {
    id: 'id',
    interface_id: 'text',
    started_at_ms: 'time',
    elapsed_ms: 'number',
    http_status: 'number',
    reply_body: 'json',
  },
  callback: {
    id: 'id',
    interface_id: 'text',
    pay_ord_id: 'text',
    dedupe_key: 'text',
    money_key: 'text',
    status: 'text',
    body: 'json',
    caller: 'text',
    received_at_ms: 'time',
    answer_status: 'number',
    answer_body: 'json',
    repeats: 'number',
  },
  outbox: {
    id: 'id',
    result_id: 'text',
    seq: 'number',
    result_type: 'text',
    content_key: 'json',
    body: 'json',
    created_at_ms: 'time',
    attempts: 'number',
    next_at_ms: 'time',
    taken_at_ms: 'time',
  },
  operation: {
    id: 'text',
    kind: 'text',
    state: 'text',
    request_id: 'text',
    request_json: 'json',
    operator_name: 'text',
    message: 'text',
    prepared_at_ms: 'time',
    ended_at_ms: 'time',
  },
  timeline: { id: 'id', at_ms: 'time', kind: 'text', actor: 'text', operator_name: 'text', data_json: 'json' },
} as const satisfies Tables

/** Version 2: a result names the callback that proved it. */
const TABLES_2 = { ...TABLES_1, outbox: { ...TABLES_1.outbox, callback_id: 'id' } } as const satisfies Tables

export type FoldedTable = keyof typeof TABLES_1

export const FOLDED_TABLE_NAMES = Object.keys(TABLES_1) as readonly FoldedTable[]

/** The columns of each table in blocks of one version. */
export type FoldedColumns = Readonly<Record<FoldedTable, readonly (readonly [string, ColumnKind])[]>>

export const COLUMNS_1 = columnsIn(TABLES_1)
export const COLUMNS_2 = columnsIn(TABLES_2)

/** As the tables are now: a column that an older block does not have is null. */
export function columnsOf(table: FoldedTable): readonly (readonly [string, ColumnKind])[] {
  return COLUMNS_2[table]
}

function columnsIn(tables: Readonly<Record<FoldedTable, Readonly<Record<string, ColumnKind>>>>): FoldedColumns {
  const columns = FOLDED_TABLE_NAMES.map((table) => [table, Object.entries(tables[table])])
  // Object.fromEntries forgets which names it was given.
  return Object.fromEntries(columns) as FoldedColumns
}
