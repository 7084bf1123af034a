import type { OrderStep } from '#main/store/order-book.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { ResultType } from '#main/store/outbox.ts'
import type { Store } from '#main/store/store.ts'
import type { JsonObject } from '#shared/centre/json.ts'
import { paidAtOf, readFlatMessage } from '#shared/centre/settlement-result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { resultKey, withDetails, writeResultBody } from './result-body.ts'
import { newResultId } from './result-id.ts'

export interface RecorderParts {
  readonly store: Store
  readonly clock: Clock
  readonly appId: string
  readonly orgCodg: string
}

/**
 * Puts a result into the outbox whenever an order comes to hold other money, in the very transaction of that change:
 * what the hospital's system must be told can be neither lost nor told of something that did not happen. Refunds need
 * no call of their own; a refund that changes the order is a change like any other.
 * @returns what ends it.
 */
export function recordResults(parts: RecorderParts): () => void {
  return parts.store.book.withEachStep((step) => recordStep(parts, step))
}

function recordStep({ store, clock, appId, orgCodg }: RecorderParts, step: OrderStep): void {
  const { before, after } = step
  const resultType = resultTypeOf(after)
  if (resultType === undefined || before.proof === after.proof) return
  const contentKey = resultKey(resultType, after)
  if (store.outbox.lastKey(after.medOrgOrd) === contentKey) return
  const nowMs = clock.now()
  const resultId = newResultId(nowMs)
  const { callbackId, paidAt, answer } = evidenceOf(store, step)
  const body = writeResultBody({
    resultId,
    resultType,
    record: after,
    appId,
    orgCodg,
    paidAt,
    refunds: store.refunds.of(after.medOrgOrd).filter(({ state }) => state === 'succeeded' || state === 'resolved'),
  })
  // A callback stays as it is, so its details are not stored twice; what an answer said is kept here.
  const kept = answer === undefined ? body : withDetails(body, answer)
  store.outbox.add({ resultId, medOrgOrd: after.medOrgOrd, resultType, contentKey, body: kept, callbackId }, nowMs)
}

/**
 * A half settlement is none of these, because the hospital's system would take it for paid; nor is suspense: a
 * contradiction is for a person.
 */
function resultTypeOf({ proof }: OrderRecord): ResultType | undefined {
  if (proof.state === 'settled') return 'settlement'
  return proof.state === 'partlyRefunded' || proof.state === 'refunded' ? 'refund' : undefined
}

/** The message of the centre that proves what a result says; by its row where it is a stored callback. */
interface Evidence {
  readonly callbackId: number | null
  readonly paidAt: unknown
  /** What is no stored callback. */
  readonly answer?: JsonObject
}

/** The settlement result as the centre sent it; where none came, its last answer to a query. */
function evidenceOf({ callbacks, wireLog }: Store, { after, callback }: OrderStep): Evidence {
  const { medOrgOrd, proof } = after
  const last = proof.amountsFrom === 'callback' ? callbacks.lastSettlement(medOrgOrd) : undefined
  if (last !== undefined) {
    const paidAt = callback?.id === last ? callback.paidAt : paidAtOf(flatOrEmpty(callbacks.bodyOf(last)))
    return { callbackId: last, paidAt }
  }
  const answer = flatOrEmpty(wireLog.lastReply(medOrgOrd, '1.3'))
  return { callbackId: null, paidAt: paidAtOf(answer), answer }
}

function flatOrEmpty(text: string | null | undefined): JsonObject {
  const flat = readFlatMessage(text ?? '')
  return flat.ok ? flat.value : {}
}
