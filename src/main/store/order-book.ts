import type { Order, OrderSummary } from '#shared/contract/orders.ts'
import { contradictsDecision } from '#shared/domain/decision.ts'
import { inSuspense } from '#shared/domain/order-proof.ts'
import { mayRevoke } from '#shared/domain/order-status.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { ChargeRepository } from './charges.ts'
import type { DecisionRepository } from './decisions.ts'
import { feeFingerprint } from './fee-fingerprint.ts'
import type { Folds } from './fold/folds.ts'
import { asUploaded, isEarlierAttempt, requestOf, resolutionEntry, resolvesOperation } from './operation-resolution.ts'
import type { OperationRecord, OperationRepository } from './operations.ts'
import { type Asking, derive } from './order-derivation.ts'
import { type CentreStatement, withForeignStatement, withStatement } from './order-evidence.ts'
import { type ChargeSnapshot, freshRecord, type OrderRecord } from './order-record.ts'
import type { OrderRepository } from './orders.ts'
import { present, summarise } from './present-order.ts'
import type { RefundRepository } from './refunds.ts'
import type { NewTimelineEntry, TimelineRepository } from './timeline.ts'
import type { Transactions } from './transactions.ts'

/** What one step does to an order: the record after it, and what the timeline says of it. */
export interface OrderChange extends Asking {
  readonly record: OrderRecord
  readonly entries: readonly NewTimelineEntry[]
  readonly callback?: StepCallback
}

/**
 * The stored message of the centre that a step comes from, with what a result repeats of it: nobody has to read it a
 * second time, and the rest of it need not be kept until its effect.
 */
export interface StepCallback {
  readonly id: number
  /** When the patient paid, as it is written there. */
  readonly paidAt: unknown
}

/** One step while it is being committed. */
export interface OrderStep {
  readonly before: OrderRecord
  readonly after: OrderRecord
  readonly callback: StepCallback | undefined
}

/** How a statement came, and what has to commit with it. */
export interface Hearing extends Omit<OrderChange, 'record'> {
  /** Other writes of the same transaction. */
  readonly also?: () => void
  /** When the callback came, for a statement that is one. */
  readonly callbackAtMs?: number
}

/**
 * Orders with their journal: every step is one transaction that writes the order, what is derived from it (state,
 * attention, next question) and the timeline together. Listeners hear of it after the commit, never before; inside a
 * larger transaction, after that one's.
 */
export class OrderBook {
  readonly #transactions: Transactions
  readonly #orders: OrderRepository
  readonly #operations: OperationRepository
  readonly #timeline: TimelineRepository
  readonly #refunds: RefundRepository
  readonly #charges: ChargeRepository
  readonly #decisions: DecisionRepository
  readonly #folds: Folds
  readonly #clock: Clock
  readonly #listeners = new Set<(order: Order) => void>()
  readonly #companions = new Set<(step: OrderStep) => void>()

  constructor(
    transactions: Transactions,
    tables: {
      orders: OrderRepository
      operations: OperationRepository
      timeline: TimelineRepository
      refunds: RefundRepository
      charges: ChargeRepository
      decisions: DecisionRepository
      folds: Folds
    },
    clock: Clock,
  ) {
    this.#transactions = transactions
    this.#orders = tables.orders
    this.#operations = tables.operations
    this.#timeline = tables.timeline
    this.#refunds = tables.refunds
    this.#charges = tables.charges
    this.#decisions = tables.decisions
    this.#folds = tables.folds
    this.#clock = clock
  }

  onChange(listener: (order: Order) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** `companion` runs inside the transaction of every step: what it writes commits with the order, or not at all. */
  withEachStep(companion: (step: OrderStep) => void): () => void {
    this.#companions.add(companion)
    return () => this.#companions.delete(companion)
  }

  find(medOrgOrd: string): OrderRecord | undefined {
    return this.#orders.find(medOrgOrd)
  }

  knows(medOrgOrd: string): boolean {
    return this.#orders.has(medOrgOrd)
  }

  present(medOrgOrd: string): Order | undefined {
    const record = this.#orders.find(medOrgOrd)
    return record === undefined ? undefined : this.#present(record, this.#operations.latest(medOrgOrd))
  }

  summarise(record: OrderRecord): OrderSummary {
    return summarise(record, this.#operations.outline(record.medOrgOrd))
  }

  /** The operation that was begun last; open or finished. */
  latestOperation(medOrgOrd: string): OperationRecord | undefined {
    return this.#operations.latest(medOrgOrd)
  }

  /** Makes sure that the order exists; what the charge says now replaces what it said, as long as nothing is proved. */
  open(medOrgOrd: string, charge: ChargeSnapshot, operatorName?: string): OrderRecord {
    return this.#transactions.run(() => {
      const existing = this.#orders.find(medOrgOrd)
      if (existing !== undefined) {
        if (existing.proof.state !== 'created') return existing
        const renewed = { ...existing, charge }
        this.#orders.save(renewed)
        return renewed
      }
      const record = freshRecord(medOrgOrd, charge, this.#clock.now())
      this.#create(record, {
        kind: 'orderCreated',
        actor: 'operator',
        ...(operatorName === undefined ? {} : { operatorName }),
      })
      return record
    })
  }

  /** An order that this desk did not know, from what others say of it; what the centre says is heard next. */
  rebuild(medOrgOrd: string, charge: ChargeSnapshot, entry: NewTimelineEntry, settledAtMs: number | null): void {
    const nowMs = this.#clock.now()
    const record = { ...freshRecord(medOrgOrd, charge, nowMs), rebuiltAtMs: nowMs, settledAtMs }
    this.#transactions.run(() => this.#create(record, entry))
  }

  #create(record: OrderRecord, entry: NewTimelineEntry): void {
    this.#orders.save(record)
    this.#timeline.add(record.medOrgOrd, record.createdAtMs, entry)
  }

  /**
   * Runs one step. `work` may write to other tables; all of it commits or nothing does. A folded order is rows again.
   * @throws when there is no such order: callers look first.
   */
  change(medOrgOrd: string, work: (record: OrderRecord) => OrderChange): Order {
    const order = this.#transactions.run(() => {
      this.#folds.unfold(medOrgOrd)
      const before = this.#orders.find(medOrgOrd)
      if (before === undefined) throw new Error('changed an order that does not exist')
      const change = work(before)
      const record = change.entries.some(({ kind }) => ALARMING.has(kind))
        ? { ...change.record, attentionNoted: null }
        : change.record
      const operation = this.#operations.latestUnfolded(medOrgOrd)
      const after = derive(before, record, change, operation, this.#clock.now())
      this.#orders.update(before, after)
      for (const entry of [...change.entries, ...stateEntries(before, after)]) {
        this.#timeline.add(medOrgOrd, after.updatedAtMs, entry)
      }
      for (const companion of this.#companions) companion({ before, after, callback: change.callback })
      return this.#present(after, operation)
    })
    this.#transactions.afterCommit(() => {
      for (const listener of this.#listeners) listener(order)
    })
    return order
  }

  /**
   * Takes in what the centre said, by answer or callback: joins the evidence and ends an operation whose outcome it
   * proves. A statement about an earlier attempt of this order changes nothing.
   */
  hear(medOrgOrd: string, statement: CentreStatement, { also, callbackAtMs, ...rest }: Hearing): Order {
    return this.change(medOrgOrd, (record) => {
      also?.()
      const operation = this.#operations.latestUnfolded(medOrgOrd)
      if (operation?.state === 'unknown' && isEarlierAttempt(operation, statement)) {
        return { record: withForeignStatement(record, statement), ...rest }
      }
      const heard = withNote(withStatement(record, statement), callbackAtMs)
      if (operation === undefined) return { record: heard, ...rest }
      if (this.#contradictsDecision(operation, record, statement)) {
        const proof = inSuspense(heard.proof, 'decisionContradicted')
        return { ...rest, record: { ...heard, proof }, entries: [...rest.entries, CONTRADICTED] }
      }
      if (!resolvesOperation(operation, heard)) return { record: heard, ...rest }
      const nowMs = this.#clock.now()
      this.#operations.move(operation.id, 'prove', nowMs)
      return {
        ...rest,
        record: operation.kind === 'upload' ? asUploaded(heard, operation, nowMs) : heard,
        entries: [...rest.entries, resolutionEntry(operation)],
      }
    })
  }

  /** Whether a person decided on this operation, and the centre now says what cannot be if he was right. */
  #contradictsDecision(operation: OperationRecord, { proof }: OrderRecord, statement: CentreStatement): boolean {
    const outcome = this.#decisions.ofOperation(operation.id)?.outcome
    if (outcome === undefined || outcome === 'noted' || isEarlierAttempt(operation, statement)) return false
    return contradictsDecision(
      { kind: operation.kind, outcome, refdType: requestOf(operation).refdType },
      proof,
      statement,
    )
  }

  #present(record: OrderRecord, operation: OperationRecord | undefined): Order {
    const { medOrgOrd } = record
    const beside = {
      operation,
      timeline: this.#timeline.of(medOrgOrd),
      refunds: this.#refunds.of(medOrgOrd),
      decisions: this.#decisions.of(medOrgOrd),
      feeChanged: this.feeChanged(record),
    }
    return present(record, beside, this.#clock.now())
  }

  /** Whether the hospital's charge, as last heard, is another than the one that the open upload was made of. */
  feeChanged({ medOrgOrd, state, feeFingerprint: uploaded }: OrderRecord): boolean {
    if (uploaded === null || !mayRevoke(state)) return false
    const charge = this.#charges.find(medOrgOrd)
    return charge !== undefined && feeFingerprint(charge.detailJson) !== uploaded
  }
}

/** A new contradiction is a new alarm, whatever a person noted of the one before. */
const ALARMING: ReadonlySet<NewTimelineEntry['kind']> = new Set([
  'settlementConflict',
  'settlementIdentityFailed',
  'decisionContradicted',
])

const CONTRADICTED: NewTimelineEntry = { kind: 'decisionContradicted', actor: 'centre' }

function withNote(record: OrderRecord, callbackAtMs: number | undefined): OrderRecord {
  return callbackAtMs === undefined ? record : { ...record, callbackAtMs: record.callbackAtMs ?? callbackAtMs }
}

function stateEntries(before: OrderRecord, after: OrderRecord): readonly NewTimelineEntry[] {
  if (before.state === after.state) return []
  const suspense = after.proof.suspense
  if (after.state === 'suspense' && suspense !== null) {
    return [{ kind: 'enteredSuspense', actor: 'desk', data: { from: before.state, reason: suspense } }]
  }
  return [{ kind: 'stateChanged', actor: 'desk', data: { from: before.state, to: after.state } }]
}
