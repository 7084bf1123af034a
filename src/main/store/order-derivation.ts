import { readOrdStas } from '#shared/domain/order-status.ts'
import { attentionReason, type OperationKind, type OperationState, viewOrderState } from '#shared/domain/order-view.ts'
import { CALLBACK_WITHIN_MS, isOverdue, nextQueryAtMs, type QueryPosition } from '#shared/domain/query-ladder.ts'
import type { OrderRecord } from './order-record.ts'

/** How a step asked the centre, or wants it asked. */
export interface Asking {
  /** The centre was asked in this step, with or without an answer: the next question moves on. */
  readonly asked?: boolean
  /** When to ask next, whatever the ladder says. */
  readonly askAtMs?: number
}

/** What follows from a step for an order: its state, whether a person must look, when the centre is asked next. Pure. */
export function derive(
  before: OrderRecord,
  record: OrderRecord,
  { asked = false, askAtMs }: Asking,
  operation: { readonly kind: OperationKind; readonly state: OperationState } | undefined,
  nowMs: number,
): OrderRecord {
  const state = viewOrderState(record.proof, operation)
  const moved = state !== before.state || record.uploadedAtMs !== before.uploadedAtMs
  const queryAttempts = moved ? 0 : before.queryAttempts + (asked ? 1 : 0)
  const settledAtMs = record.settledAtMs ?? (state === 'settled' ? nowMs : null)
  const position: QueryPosition = {
    state,
    nowMs,
    attempts: queryAttempts,
    uploadedAtMs: record.uploadedAtMs,
    payUntilMs: record.payUntilMs,
    callbackDueMs: callbackDue({ ...record, state, settledAtMs }),
    outcomeUnknown: operation?.state === 'unknown',
  }
  return {
    ...record,
    ...attentionOf(before, record, position),
    state,
    settledAtMs,
    lastQueryAtMs: asked ? nowMs : record.lastQueryAtMs,
    queryAttempts,
    nextQueryAtMs: askAtMs ?? (moved || asked ? nextQueryAtMs(position) : record.nextQueryAtMs),
    updatedAtMs: nowMs,
  }
}

/** Why a person should look, and since when; an alarm that somebody noted is ended until there is another reason. */
function attentionOf(
  before: OrderRecord,
  record: OrderRecord,
  position: QueryPosition,
): Pick<OrderRecord, 'attentionReason' | 'attentionSinceMs'> {
  const { state, nowMs, callbackDueMs } = position
  const { lastOrdStas } = record.proof
  const reason = attentionReason(record.proof, state, {
    outcomeUnknown: position.outcomeUnknown,
    identityFailed: record.identityFailed !== null,
    listedStatus: lastOrdStas === null || readOrdStas(lastOrdStas, null) !== undefined,
    overdue: isOverdue({ ...position, sinceMs: record.uploadedAtMs ?? record.createdAtMs }),
    callbackSilent: callbackDueMs !== null && nowMs >= callbackDueMs,
  })
  if (reason === undefined || reason === record.attentionNoted) return { attentionReason: null, attentionSinceMs: null }
  return {
    attentionReason: reason,
    attentionSinceMs: reason === before.attentionReason ? before.attentionSinceMs : nowMs,
  }
}

/**
 * A settlement learnt of by asking should be told by callback too; silence is the firewall's, and somebody has to know.
 * Of an order that was rebuilt the callback came, or not, before this desk knew of it.
 */
function callbackDue({ state, proof, callbackAtMs, settledAtMs, rebuiltAtMs }: OrderRecord): number | null {
  const silent = state === 'settled' && proof.amountsFrom === 'query' && callbackAtMs === null
  if (!silent || settledAtMs === null) return null
  return rebuiltAtMs !== null && settledAtMs <= rebuiltAtMs ? null : settledAtMs + CALLBACK_WITHIN_MS
}
