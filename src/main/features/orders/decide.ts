import { asUploaded, requestOf } from '#main/store/operation-resolution.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { ParsedInputOf } from '#shared/contract/procedure.ts'
import type { Environment } from '#shared/contract/settings.ts'
import type { Procedures } from '#shared/contract/table.ts'
import { type DecisionOutcome, decisionObstacle, needsEvidenceNumber, withDecision } from '#shared/domain/decision.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'

export interface DecideParts {
  readonly store: Store
  readonly clock: Clock
  readonly environment: Environment
}

type DecideInput = ParsedInputOf<Procedures['orders.decide']>
type NoteInput = ParsedInputOf<Procedures['orders.note']>
type DecideFailure = Failure<'ORDER_NOT_FOUND' | 'ORDER_STATE_FORBIDS' | 'DECISION_TOO_EARLY' | 'INPUT_INVALID'>

/** The centre is asked once more after a decision, so that one that it contradicts does not stay unnoticed. */
const ASK_AFTER_DECISION_MS = 60_000

/**
 * Ends an operation whose outcome is unknown, on a person's evidence: `happened` resolves it, `didNotHappen` fails it,
 * and the order is free again. The centre's next words still decide about the money; if they contradict, suspense.
 */
export function decideOutcome(
  { store, clock, environment }: DecideParts,
  input: DecideInput,
  operatorName: string,
): Result<Order, DecideFailure> {
  const { medOrgOrd, requestId, outcome, evidenceKind, evidenceNumber = '', note } = input
  const order = store.book.present(medOrgOrd)
  if (order === undefined) return err(failure('ORDER_NOT_FOUND'))
  if (store.decisions.isKnown(requestId)) return ok(order)
  if (evidenceNumber === '' && needsEvidenceNumber(evidenceKind, environment === 'production')) {
    return err(failure('INPUT_INVALID', 'evidenceNumber：请填写依据的号码'))
  }
  const operation = store.book.latestOperation(medOrgOrd)
  const refused = mayNotDecide(operation, input.operationId, order.questionsAsked, clock.now())
  if (operation === undefined || refused !== undefined) return err(refused ?? SETTLED_ALREADY)

  const decided = { kind: operation.kind, outcome, refdType: requestOf(operation).refdType }
  return ok(
    store.book.change(medOrgOrd, (record) => {
      const nowMs = clock.now()
      store.decisions.insert({
        ...{ requestId, medOrgOrd, outcome, evidenceKind, note, operatorName, reason: null, decidedAtMs: nowMs },
        operationId: operation.id,
        evidenceNumber: evidenceNumber === '' ? null : evidenceNumber,
      })
      if (outcome === 'happened') store.operations.move(operation.id, 'decideHappened', nowMs)
      else store.operations.move(operation.id, 'decideDidNotHappen', nowMs, '经人工查证，没有发生')
      const proof = withDecision(record.proof, decided)
      const data = { kind: operation.kind, outcome, evidenceKind, evidenceNumber, note }
      return {
        record: afterDecision({ ...record, proof }, operation, outcome, nowMs),
        askAtMs: nowMs + ASK_AFTER_DECISION_MS,
        entries: [{ kind: 'outcomeDecided', actor: 'operator', operatorName, data }],
      }
    }),
  )
}

/** Records what a person found behind an alarm. The alarm ends; the proof stays as it is, suspense included. */
export function noteFinding(
  { store, clock }: DecideParts,
  { medOrgOrd, requestId, reason, note }: NoteInput,
  operatorName: string,
): Result<Order, Failure<'ORDER_NOT_FOUND' | 'ORDER_STATE_FORBIDS'>> {
  const order = store.book.present(medOrgOrd)
  if (order === undefined) return err(failure('ORDER_NOT_FOUND'))
  if (store.decisions.isKnown(requestId)) return ok(order)
  if (order.attention?.reason !== reason) {
    return err(failure('ORDER_STATE_FORBIDS', '这条待处理已经变化，请重新查看'))
  }
  return ok(
    store.book.change(medOrgOrd, (record) => {
      store.decisions.insert({
        ...{ requestId, medOrgOrd, reason, note, operatorName, decidedAtMs: clock.now() },
        ...{ outcome: 'noted', operationId: null, evidenceKind: null, evidenceNumber: null },
      })
      return {
        record: { ...record, attentionNoted: reason },
        entries: [{ kind: 'attentionNoted', actor: 'operator', operatorName, data: { attention: reason, note } }],
      }
    }),
  )
}

const SETTLED_ALREADY = failure('ORDER_STATE_FORBIDS', '这一步的结果已经查明，不需要再作判断')

function mayNotDecide(
  operation: OperationRecord | undefined,
  operationId: string,
  questionsAsked: number,
  nowMs: number,
): Failure<'ORDER_STATE_FORBIDS' | 'DECISION_TOO_EARLY'> | undefined {
  if (operation?.id !== operationId) return SETTLED_ALREADY
  const position = { operation: { state: operation.state, startedAtMs: operation.preparedAtMs }, questionsAsked, nowMs }
  const obstacle = decisionObstacle(position)
  if (obstacle === undefined) return undefined
  return obstacle === 'tooEarly' ? failure('DECISION_TOO_EARLY') : SETTLED_ALREADY
}

function afterDecision(
  record: OrderRecord,
  operation: OperationRecord,
  outcome: DecisionOutcome,
  nowMs: number,
): OrderRecord {
  if (outcome === 'didNotHappen') return record
  if (operation.kind === 'upload') return asUploaded(record, operation, nowMs)
  return operation.kind === 'revoke' ? { ...record, cashierUrl: null } : record
}
