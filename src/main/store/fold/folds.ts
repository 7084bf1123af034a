import { isDeepStrictEqual } from 'node:util'
import { isTerminal, type OrderState } from '#shared/domain/order-status.ts'
import {
  isOpenOperation,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
} from '#shared/domain/order-view.ts'
import { oneOf } from '../columns.ts'
import type { Db } from '../open.ts'
import { readBlock, whereReadable, writeBlock } from './fold-block.ts'
import { columnsOf, FOLDED_TABLE_NAMES, type FoldedRow, type FoldedRows, type FoldedTable } from './folded-tables.ts'
import { packId, unpackId } from './packed-id.ts'

/** What lists show of an operation. */
export interface OperationOutline {
  readonly id: string
  readonly kind: OperationKind
  readonly state: OperationState
  readonly preparedAtMs: number
  readonly message: string | null
}

/** The order behind which a search for quiet orders goes on. */
export interface QuietKey {
  readonly updatedAtMs: number
  readonly place: number
}

export interface QuietOrder extends QuietKey {
  readonly medOrgOrd: string
}

interface OrderRow {
  readonly state: OrderState
  readonly busy: number
  readonly updated_at_ms: number
  readonly fold_id: number | null
}

interface FoldRow {
  readonly id: number
  readonly operation_id: string | Buffer | null
  readonly operation_kind: string | null
  readonly operation_state: string | null
  readonly operation_prepared_at_ms: number | null
  readonly operation_message: string | null
  readonly block: Buffer
}

/** Tables that count their rows up: see `#isCountedFrom`. */
const COUNTED = ['exchange', 'callback', 'outbox', 'timeline'] as const satisfies readonly FoldedTable[]

/**
 * Orders that nothing has happened to for long, each folded into one block: the rows of `FOLDED_TABLES` go, and nothing
 * is lost. Repositories look here where they find no rows. Whoever is about to change what belongs to an order unfolds
 * it first, in the same transaction; it is folded again when it has been quiet again.
 */
export class Folds {
  readonly #order
  readonly #foldId
  readonly #fold
  readonly #rows
  readonly #statements
  readonly #hasEvidence
  /** What was read last: a detail reads one order table by table. */
  #last: { readonly medOrgOrd: string; readonly id: number; readonly rows: FoldedRows } | undefined

  constructor(db: Db) {
    this.#order = db.prepare<[string], OrderRow>(
      `SELECT state, updated_at_ms, fold_id,
         attention_reason IS NOT NULL OR next_query_at_ms IS NOT NULL OR suspense_reason IS NOT NULL
           OR EXISTS (SELECT 1 FROM unapplied_callback AS waits WHERE waits.med_org_ord = orders.med_org_ord) AS busy
       FROM orders WHERE med_org_ord = ?`,
    )
    this.#foldId = db.prepare<[string], number | null>('SELECT fold_id FROM orders WHERE med_org_ord = ?').pluck()
    this.#fold = db.prepare<[string], FoldRow>(
      'SELECT fold.* FROM orders JOIN fold ON fold.id = orders.fold_id WHERE med_org_ord = ?',
    )
    this.#hasEvidence = db
      .prepare<[string, string], number>(
        `SELECT EXISTS (SELECT 1 FROM refund WHERE med_org_ord = ?) OR EXISTS (SELECT 1 FROM decision WHERE med_org_ord = ?)`,
      )
      .pluck()
    this.#rows = tableStatements(db)
    this.#statements = {
      quiet: db.prepare<[number, number, number, number], QuietOrder>(
        `SELECT med_org_ord AS medOrgOrd, updated_at_ms AS updatedAtMs, rowid AS place
         FROM orders INDEXED BY orders_unfolded
         WHERE fold_id IS NULL AND updated_at_ms < ? AND (updated_at_ms, rowid) > (?, ?)
         ORDER BY updated_at_ms, rowid LIMIT ?`,
      ),
      insert: db.prepare<[Omit<FoldRow, 'id'> & { operations: number; callbacks: number }]>(
        `INSERT INTO fold (operation_id, operation_kind, operation_state, operation_prepared_at_ms, operation_message,
           operations, callbacks, block)
         VALUES (@operation_id, @operation_kind, @operation_state, @operation_prepared_at_ms, @operation_message,
           @operations, @callbacks, @block)`,
      ),
      remove: db.prepare<[number]>('DELETE FROM fold WHERE id = ?'),
      point: db.prepare<[number | null, string]>('UPDATE orders SET fold_id = ? WHERE med_org_ord = ?'),
    }
  }

  /**
   * The rows of one table of a folded order, oldest first; none where it is not folded. Ask where the table has none: a
   * folded order has no rows. As with a statement, the caller says what a row of the table is.
   * @throws UnreadableFold
   */
  rowsOf<Row>(medOrgOrd: string, table: FoldedTable): readonly Row[] {
    const rows = this.#read(medOrgOrd)?.[table] ?? []
    return rows.map((row) => ({ med_org_ord: medOrgOrd, ...row }) as Row)
  }

  /** What lists show of the last operation, without opening the block. */
  lastOperation(medOrgOrd: string): OperationOutline | undefined {
    const fold = this.#fold.get(medOrgOrd)
    if (fold === undefined || fold.operation_id === null) return undefined
    return {
      id: unpackId(fold.operation_id),
      kind: oneOf(OPERATION_KINDS, fold.operation_kind ?? ''),
      state: oneOf(OPERATION_STATES, fold.operation_state ?? ''),
      preparedAtMs: fold.operation_prepared_at_ms ?? 0,
      message: fold.operation_message,
    }
  }

  /** Orders that are not folded and were not changed since, the longest quiet first. Not all of them may be folded. */
  quiet(beforeMs: number, after: QuietKey, most: number): readonly QuietOrder[] {
    return this.#statements.quiet.all(beforeMs, after.updatedAtMs, after.place, most)
  }

  /**
   * Folds an order that nothing waits for and nothing was done to since. Call it in a transaction.
   * @returns whether it is folded now. One that is not has to wait for something, or cannot be folded.
   */
  fold(medOrgOrd: string, beforeMs: number): boolean {
    const order = this.#order.get(medOrgOrd)
    if (order === undefined || order.fold_id !== null || order.updated_at_ms >= beforeMs) return false
    if (!isTerminal(order.state) || order.busy === 1) return false
    const rows = this.rowsToFold(medOrgOrd)
    if (isWaiting(rows, beforeMs) || this.#isCountedFrom(rows)) return false
    return this.#put(medOrgOrd, rows)
  }

  /** Makes rows of a folded order again, those that were. Call it in the transaction that changes it. @throws UnreadableFold */
  unfold(medOrgOrd: string): boolean {
    if ((this.#foldId.get(medOrgOrd) ?? null) === null) return false
    const rows = this.#read(medOrgOrd)
    if (rows === undefined) return false
    for (const table of FOLDED_TABLE_NAMES) {
      for (const row of rows[table]) this.#rows[table].insert.run({ ...row, med_org_ord: medOrgOrd })
    }
    const id = this.#fold.get(medOrgOrd)?.id
    this.#statements.point.run(null, medOrgOrd)
    if (id !== undefined) this.#statements.remove.run(id)
    this.#last = undefined
    return true
  }

  #read(medOrgOrd: string): FoldedRows | undefined {
    const fold = this.#fold.get(medOrgOrd)
    if (fold === undefined) return undefined
    if (this.#last?.medOrgOrd === medOrgOrd && this.#last.id === fold.id) return this.#last.rows
    const rows = withLastOperation(readBlock(medOrgOrd, fold.block), fold)
    this.#last = { medOrgOrd, id: fold.id, rows }
    return rows
  }

  /** The rows of an order that is not folded. */
  rowsToFold(medOrgOrd: string): FoldedRows {
    // Evidence that points at operations keeps them as rows: bills and decisions are read across orders.
    const keepsOperations = this.#hasEvidence.get(medOrgOrd, medOrgOrd) === 1
    const rows = FOLDED_TABLE_NAMES.map((table) => [
      table,
      table === 'operation' && keepsOperations ? [] : this.#rows[table].select.all(medOrgOrd),
    ])
    // Object.fromEntries forgets which names it was given.
    return Object.fromEntries(rows) as FoldedRows
  }

  /** SQLite gives a new row the number after the largest: the row with that one stays, so that no number comes twice. */
  #isCountedFrom(rows: FoldedRows): boolean {
    return COUNTED.some((table) => {
      const last = rows[table].at(-1)?.id
      return last !== undefined && last === this.#rows[table].largestId.get()
    })
  }

  #put(medOrgOrd: string, rows: FoldedRows): boolean {
    const { operation, outline } = takeLastOperation(rows.operation)
    const kept = { ...rows, operation }
    const block = writeBlock(medOrgOrd, kept)
    if (block === undefined || !holds(block, medOrgOrd, kept)) return false
    const counts = { operations: operation.length, callbacks: rows.callback.length }
    const { lastInsertRowid } = this.#statements.insert.run({ ...outline, ...counts, block })
    this.#statements.point.run(Number(lastInsertRowid), medOrgOrd)
    for (const table of FOLDED_TABLE_NAMES) if (rows[table].length > 0) this.#rows[table].remove.run(medOrgOrd)
    this.#last = undefined
    return true
  }
}

/** Something of it is open, on its way, or younger than the order itself says. */
function isWaiting(rows: FoldedRows, beforeMs: number): boolean {
  return (
    rows.operation.some(({ state }) => isOpenOperation(oneOf(OPERATION_STATES, String(state)))) ||
    rows.outbox.some(({ taken_at_ms: takenAtMs }) => takenAtMs === null) ||
    rows.callback.some(({ received_at_ms: receivedAtMs }) => Number(receivedAtMs) >= beforeMs) ||
    rows.folder_charge.some(({ state }) => state === 'pending') ||
    rows.charge.some(({ fetched_at_ms: fetchedAtMs }) => Number(fetchedAtMs) >= beforeMs)
  )
}

/** Nothing is taken away before what is to stand for it was read back and is the same. What a block cannot hold stays rows. */
function holds(block: Buffer, medOrgOrd: string, rows: FoldedRows): boolean {
  return whereReadable(() => isDeepStrictEqual(readBlock(medOrgOrd, block), rows), false)
}

/** What stands beside the block does not stand in it a second time. */
const OUTLINED = ['id', 'kind', 'state', 'prepared_at_ms', 'message'] as const

type OperationColumns = Omit<FoldRow, 'id' | 'block'>

function takeLastOperation(rows: readonly FoldedRow[]): {
  readonly operation: readonly FoldedRow[]
  readonly outline: OperationColumns
} {
  const last = rows.at(-1)
  const outline: OperationColumns = {
    operation_id: last === undefined ? null : packId(String(last.id)),
    operation_kind: textOrNull(last?.kind),
    operation_state: textOrNull(last?.state),
    operation_prepared_at_ms: last === undefined ? null : Number(last.prepared_at_ms),
    operation_message: textOrNull(last?.message),
  }
  if (last === undefined) return { operation: rows, outline }
  const blank = Object.fromEntries(OUTLINED.map((name) => [name, null]))
  return { operation: [...rows.slice(0, -1), { ...last, ...blank }], outline }
}

function withLastOperation(rows: FoldedRows, fold: OperationColumns): FoldedRows {
  const last = rows.operation.at(-1)
  if (last === undefined || fold.operation_id === null) return rows
  const whole = {
    ...last,
    id: unpackId(fold.operation_id),
    kind: fold.operation_kind,
    state: fold.operation_state,
    prepared_at_ms: fold.operation_prepared_at_ms,
    message: fold.operation_message,
  }
  return { ...rows, operation: [...rows.operation.slice(0, -1), whole] }
}

function textOrNull(cell: string | number | null | undefined): string | null {
  return cell === undefined || cell === null ? null : String(cell)
}

/** In which order the rows of an order were written. */
const WRITTEN: Readonly<Record<FoldedTable, string>> = {
  charge: 'rowid',
  folder_charge: 'rowid',
  exchange: 'id',
  callback: 'id',
  outbox: 'id',
  operation: 'prepared_at_ms, rowid',
  timeline: 'id',
}

function tableStatements(db: Db) {
  const statementsOf = (table: FoldedTable) => {
    const names = columnsOf(table).map(([name]) => name)
    return {
      select: db.prepare<[string], FoldedRow>(
        `SELECT ${names.join(', ')} FROM ${table} WHERE med_org_ord = ? ORDER BY ${WRITTEN[table]}`,
      ),
      insert: db.prepare<[FoldedRow]>(
        `INSERT INTO ${table} (med_org_ord, ${names.join(', ')})
         VALUES (@med_org_ord, ${names.map((name) => `@${name}`).join(', ')})`,
      ),
      remove: db.prepare<[string]>(`DELETE FROM ${table} WHERE med_org_ord = ?`),
      largestId: db.prepare<[], number>(`SELECT max(rowid) FROM ${table}`).pluck(),
    }
  }
  return {
    charge: statementsOf('charge'),
    folder_charge: statementsOf('folder_charge'),
    exchange: statementsOf('exchange'),
    callback: statementsOf('callback'),
    outbox: statementsOf('outbox'),
    operation: statementsOf('operation'),
    timeline: statementsOf('timeline'),
  }
}
