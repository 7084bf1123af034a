import { nextOperationState, type OperationEvent } from '#shared/domain/operation-state.ts'
import {
  isOpenOperation,
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
} from '#shared/domain/order-view.ts'
import { oneOf } from './columns.ts'
import { Folds, type OperationOutline } from './fold/folds.ts'
import type { Db } from './open.ts'

/** One write to the centre, committed before its first byte leaves (money-safety.md, rule 1). */
export interface OperationRecord {
  readonly id: string
  readonly medOrgOrd: string
  readonly kind: OperationKind
  readonly state: OperationState
  /** The window's number of this intent: a repeat finds the operation and sends nothing. */
  readonly requestId: string
  /** The request without its token. */
  readonly requestJson: string
  readonly operatorName: string
  readonly message: string | null
  readonly preparedAtMs: number
  readonly endedAtMs: number | null
}

interface OperationRow {
  id: string
  med_org_ord: string
  kind: string
  state: string
  request_id: string
  request_json: string
  operator_name: string
  message: string | null
  prepared_at_ms: number
  ended_at_ms: number | null
}

/** The table `operation`, the journal of everything that was sent. */
export class OperationRepository {
  readonly #folds
  readonly #onState
  readonly #insert
  readonly #move
  readonly #byId
  readonly #latest
  readonly #byRequest
  readonly #unfinished

  /** @param onState is told of every operation that was given a state, inside the same transaction. */
  constructor(db: Db, onState: (id: string) => void = () => undefined, folds = new Folds(db)) {
    this.#folds = folds
    this.#onState = onState
    this.#insert = db.prepare<[OperationRow]>(
      `INSERT INTO operation VALUES (@id, @med_org_ord, @kind, @state, @request_id, @request_json, @operator_name,
       @message, @prepared_at_ms, @ended_at_ms)`,
    )
    this.#move = db.prepare<[OperationState, string | null, number | null, string, OperationState]>(
      'UPDATE operation SET state = ?, message = ?, ended_at_ms = ? WHERE id = ? AND state = ?',
    )
    this.#byId = db.prepare<[string], OperationRow>('SELECT * FROM operation WHERE id = ?')
    this.#latest = db.prepare<[string], OperationRow>(
      'SELECT * FROM operation WHERE med_org_ord = ? ORDER BY prepared_at_ms DESC, rowid DESC LIMIT 1',
    )
    this.#byRequest = db.prepare<[string], OperationRow>('SELECT * FROM operation WHERE request_id = ?')
    this.#unfinished = db.prepare<[], OperationRow>(`SELECT * FROM operation WHERE state IN ('prepared', 'sent')`)
  }

  insert(operation: OperationRecord): void {
    this.#insert.run(toRow(operation))
    this.#onState(operation.id)
  }

  /**
   * One step of the state machine. `message` replaces the one before where it is given.
   * @throws for a step that there is not (operation-state.ts): an end is never taken back.
   */
  move(id: string, event: OperationEvent, atMs: number, message?: string | null): void {
    const before = fromRow(this.#byId.get(id))
    const state = before === undefined ? undefined : nextOperationState(before.state, event)
    if (before === undefined || state === undefined) throw new Error(`operation cannot ${event} from ${before?.state}`)
    const kept = message === undefined ? before.message : message
    this.#move.run(state, kept, isOpenOperation(state) ? null : atMs, id, before.state)
    this.#onState(id)
  }

  latest(medOrgOrd: string): OperationRecord | undefined {
    return this.latestUnfolded(medOrgOrd) ?? fromRow(this.#folded(medOrgOrd).at(-1))
  }

  /** The same where the order is known not to be folded. */
  latestUnfolded(medOrgOrd: string): OperationRecord | undefined {
    return fromRow(this.#latest.get(medOrgOrd))
  }

  /** What lists show of the latest. */
  outline(medOrgOrd: string): OperationOutline | undefined {
    return fromRow(this.#latest.get(medOrgOrd)) ?? this.#folds.lastOperation(medOrgOrd)
  }

  /** An operation of an order that is not folded. */
  byId(id: string): OperationRecord | undefined {
    return fromRow(this.#byId.get(id))
  }

  find(medOrgOrd: string, id: string): OperationRecord | undefined {
    return this.byId(id) ?? fromRow(this.#folded(medOrgOrd).find((row) => row.id === id))
  }

  /** The operation of this intent, whichever order it was for; a folded one only where it was for this order. */
  byRequestId(medOrgOrd: string, requestId: string): OperationRecord | undefined {
    const row = this.#byRequest.get(requestId)
    return fromRow(row ?? this.#folded(medOrgOrd).find((folded) => folded.request_id === requestId))
  }

  #folded(medOrgOrd: string): readonly OperationRow[] {
    return this.#folds.rowsOf<OperationRow>(medOrgOrd, 'operation')
  }

  /** What a process that ended in the middle left behind. */
  unfinished(): readonly OperationRecord[] {
    return this.#unfinished.all().flatMap((row) => fromRow(row) ?? [])
  }
}

function fromRow(row: OperationRow | undefined): OperationRecord | undefined {
  if (row === undefined) return undefined
  return {
    id: row.id,
    medOrgOrd: row.med_org_ord,
    kind: oneOf(OPERATION_KINDS, row.kind),
    state: oneOf(OPERATION_STATES, row.state),
    requestId: row.request_id,
    requestJson: row.request_json,
    operatorName: row.operator_name,
    message: row.message,
    preparedAtMs: row.prepared_at_ms,
    endedAtMs: row.ended_at_ms,
  }
}

function toRow(operation: OperationRecord): OperationRow {
  return {
    id: operation.id,
    med_org_ord: operation.medOrgOrd,
    kind: operation.kind,
    state: operation.state,
    request_id: operation.requestId,
    request_json: operation.requestJson,
    operator_name: operation.operatorName,
    message: operation.message,
    prepared_at_ms: operation.preparedAtMs,
    ended_at_ms: operation.endedAtMs,
  }
}
