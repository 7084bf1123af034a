import { randomUUID } from 'node:crypto'
import type { CentreOutcome } from '#main/centre-client/centre-client.ts'
import type { Order, TimelineKind } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { isOpenOperation, type OperationKind } from '#shared/domain/order-view.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { OperationRequest } from './operation-resolution.ts'
import type { OperationRecord } from './operations.ts'
import type { OrderRecord } from './order-record.ts'
import type { Store } from './store.ts'
import type { NewTimelineEntry } from './timeline.ts'

/** The order as it stands, when this very command was journalled before; the command is not sent again. */
export function repeatedRequest(
  store: Store,
  intent: Pick<Intent, 'requestId' | 'medOrgOrd'>,
  kind: OperationKind,
): Order | undefined {
  const operation = store.operations.byRequestId(intent.medOrgOrd, intent.requestId)
  const isSame = operation?.medOrgOrd === intent.medOrgOrd && operation.kind === kind
  return isSame ? store.book.present(intent.medOrgOrd) : undefined
}

/** Why nothing may be sent for this order now; `undefined` when nothing is open. */
export function lockedBy(store: Store, medOrgOrd: string): Failure<'ORDER_BUSY' | 'OUTCOME_UNKNOWN'> | undefined {
  const operation = store.book.latestOperation(medOrgOrd)
  if (operation === undefined || !isOpenOperation(operation.state)) return undefined
  return operation.state === 'unknown' ? failure('OUTCOME_UNKNOWN') : failure('ORDER_BUSY')
}

/** One intent of an operator, before anything is written. */
export interface Intent {
  readonly requestId: string
  readonly medOrgOrd: string
  readonly operatorName: string
}

export interface Beginning {
  readonly kind: OperationKind
  /** What is kept of the request: never its token. */
  readonly request: OperationRequest
  readonly entry: TimelineKind
  readonly data?: NewTimelineEntry['data']
  /** The order as the operation starts. */
  readonly edit?: (record: OrderRecord) => OrderRecord
  /** Other writes of the same commit. */
  readonly also?: (operation: OperationRecord) => void
}

/**
 * Journals an operation, committed before its first byte leaves (rule 1): `prepared` with everything that belongs to
 * it, then `sent`. Nothing stands between the two, so they are one commit: one wait for the disk while a patient waits.
 * A crash before it proves that nothing left, and leaves nothing behind.
 */
export function beginOperation(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  intent: Intent,
  beginning: Beginning,
): OperationRecord {
  const operation: OperationRecord = {
    id: randomUUID(),
    medOrgOrd: intent.medOrgOrd,
    kind: beginning.kind,
    state: 'prepared',
    requestId: intent.requestId,
    requestJson: JSON.stringify(beginning.request),
    operatorName: intent.operatorName,
    message: null,
    preparedAtMs: clock.now(),
    endedAtMs: null,
  }
  store.transaction(() => {
    store.book.change(intent.medOrgOrd, (record) => {
      store.operations.insert(operation)
      beginning.also?.(operation)
      return {
        record: beginning.edit?.(record) ?? record,
        entries: [
          { kind: beginning.entry, data: beginning.data ?? {}, actor: 'operator', operatorName: intent.operatorName },
        ],
      }
    })
    store.operations.move(operation.id, 'send', clock.now())
  })
  return operation
}

export interface OperationWords<T> {
  readonly interfaceId: string
  readonly kinds: Readonly<Record<'succeeded' | 'refused' | 'notSent' | 'unknown', TimelineKind>>
  /** The order after the centre did it. */
  readonly succeed: (record: OrderRecord, value: T) => OrderRecord
}

/** Records what came of a sent operation: operation, order, timeline and raw answer in one commit. */
export function endOperation<T>(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  operation: OperationRecord,
  outcome: CentreOutcome<T>,
  words: OperationWords<T>,
): Order {
  const { id, medOrgOrd } = operation
  return store.book.change(medOrgOrd, (record) => {
    const nowMs = clock.now()
    store.wireLog.keep({ medOrgOrd, interfaceId: words.interfaceId, ...outcome.exchange })
    switch (outcome.outcome) {
      case 'succeeded':
        store.wireLog.countDrift(words.interfaceId, outcome.drift, nowMs)
        store.operations.move(id, 'succeed', nowMs)
        return {
          record: words.succeed(record, outcome.value),
          entries: [{ kind: words.kinds.succeeded, actor: 'centre' }],
        }
      case 'failed':
        store.operations.move(id, 'fail', nowMs, outcome.words)
        return {
          record,
          // A centre that refuses to change an order often knows why; what it knows is asked for at once.
          ...(outcome.reason === 'refused' && operation.kind !== 'upload' ? { askAtMs: nowMs } : {}),
          entries: [
            {
              kind: words.kinds[outcome.reason],
              actor: outcome.reason === 'refused' ? 'centre' : 'desk',
              data: { words: outcome.words, ...(outcome.code === null ? {} : { code: outcome.code }) },
            },
          ],
        }
      case 'unknown':
        store.operations.move(id, 'lose', nowMs, outcome.words)
        return {
          record,
          entries: [
            { kind: words.kinds.unknown, actor: 'desk', data: { reason: outcome.reason, words: outcome.words } },
          ],
        }
    }
  })
}
