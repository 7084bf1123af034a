import type { CentreOutcome } from '#main/centre-client/centre-client.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { Order, TimelineKind } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'

/** The order as it stands, when this very command was journalled before; the command is not sent again. */
export function repeatedRequest(
  store: Store,
  intent: { readonly requestId: string; readonly medOrgOrd: string },
): Order | undefined {
  const operation = store.operations.byRequestId(intent.requestId)
  return operation?.medOrgOrd === intent.medOrgOrd ? store.book.present(intent.medOrgOrd) : undefined
}

/** Why nothing may be sent for this order now; `undefined` when nothing is open. */
export function lockedBy(store: Store, medOrgOrd: string): Failure<'ORDER_BUSY' | 'OUTCOME_UNKNOWN'> | undefined {
  const operation = store.book.latestOperation(medOrgOrd)
  if (operation === undefined || !isOpenOperation(operation.state)) return undefined
  return operation.state === 'unknown' ? failure('OUTCOME_UNKNOWN') : failure('ORDER_BUSY')
}

export interface OperationWords<T> {
  readonly interfaceId: string
  readonly kinds: Readonly<Record<'succeeded' | 'refused' | 'notSent' | 'unknown', TimelineKind>>
  /** The order after the centre did it. */
  readonly succeed: (record: OrderRecord, value: T) => OrderRecord
}

/** Records what came of a sent operation: operation, order, timeline and raw answer in one commit. */
export function endOperation<T>(
  { store, clock }: { readonly store: Store; readonly clock: { now(): number } },
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
        store.operations.finish(id, 'succeeded', null, nowMs)
        return {
          record: words.succeed(record, outcome.value),
          entries: [{ kind: words.kinds.succeeded, actor: 'centre' }],
        }
      case 'failed':
        store.operations.finish(id, 'failed', outcome.words, nowMs)
        return {
          record,
          entries: [
            {
              kind: words.kinds[outcome.reason],
              actor: outcome.reason === 'refused' ? 'centre' : 'desk',
              data: { words: outcome.words, ...(outcome.code === null ? {} : { code: outcome.code }) },
            },
          ],
        }
      case 'unknown':
        store.operations.finish(id, 'unknown', outcome.words, nowMs)
        return {
          record,
          entries: [
            { kind: words.kinds.unknown, actor: 'desk', data: { reason: outcome.reason, words: outcome.words } },
          ],
        }
    }
  })
}
