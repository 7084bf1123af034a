/** One row as SQLite gives it, without the order's number: that is the same in all of them. */
export type FoldedRow = Readonly<Record<string, string | number | null>>

/** Everything of one order that is folded, by table, in the order in which it was written. */
export type FoldedRows = Readonly<Record<FoldedTable, readonly FoldedRow[]>>

/** `id` grows from row to row, `time` is near the one before it, `json` is JSON text of ours or of the centre. */
export type ColumnKind = 'id' | 'time' | 'number' | 'text' | 'json'

/**
 * What is folded, in the order in which blocks of version 1 hold it. A block of version 1 has these columns for ever: a
 * later column is one of a later version, and has its default where a block of this one is unfolded.
 */
export const FOLDED_TABLES = {
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
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnKind>>>>

export type FoldedTable = keyof typeof FOLDED_TABLES

export const FOLDED_TABLE_NAMES = Object.keys(FOLDED_TABLES) as readonly FoldedTable[]

export function columnsOf(table: FoldedTable): readonly (readonly [string, ColumnKind])[] {
  return Object.entries(FOLDED_TABLES[table])
}
