import type { OperationEvent } from '#shared/domain/operation-state.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import type { CallbackRepository } from '../callbacks.ts'
import { whereReadable } from '../fold/fold-block.ts'
import type { OperationRecord, OperationRepository } from '../operations.ts'
import type { OrderBook } from '../order-book.ts'
import type { RefundRepository } from '../refunds.ts'
import type { CallbackEntry, JournalRecord, OperationEntry } from './journal-record.ts'

/** What came back out of the journal's copy. */
export interface Replayed {
  readonly operations: number
  readonly callbacks: number
}

interface ReplayStore {
  readonly book: OrderBook
  readonly operations: OperationRepository
  readonly refunds: RefundRepository
  readonly callbacks: CallbackRepository
  transaction<T>(run: () => T): T
}

/**
 * Brings back what the copy knows and the database does not: it was lost, is an older backup, or did not get to its last
 * commit. Operations come back as sent, which the start turns into unknown and asks about (money-safety.md, rule 3);
 * acknowledged callbacks as accepted, or parked where their order is not known. Where the database is whole, nothing. An
 * order whose block cannot be read keeps no desk from starting: nothing comes back beside it.
 */
export function replayJournal(store: ReplayStore, records: readonly JournalRecord[]): Replayed {
  return store.transaction(() => {
    const operations = [...byOrder(records)].reduce(
      (count, entries) => count + whereReadable(() => replayOrder(store, entries), 0),
      0,
    )
    const callbacks = records.filter(
      (record) => record.kind === 'callback' && whereReadable(() => replayCallback(store, record), false),
    ).length
    return { operations, callbacks }
  })
}

/** The last word about each operation, by order, in the order in which the operations began. */
function byOrder(records: readonly JournalRecord[]): Iterable<readonly OperationEntry[]> {
  const last = new Map<string, OperationEntry>()
  for (const record of records) if (record.kind === 'operation') last.set(record.operation.id, record)
  const orders = Map.groupBy(last.values(), ({ operation }) => operation.medOrgOrd)
  return orders.values()
}

function replayOrder(store: ReplayStore, entries: readonly OperationEntry[]): number {
  for (const { operation } of entries) catchUp(store, operation)
  const missing = entries.filter((entry) => isMissing(store, entry))
  const [first] = missing
  if (first === undefined) return 0
  const { medOrgOrd } = first.operation
  if (store.book.find(medOrgOrd) === undefined) store.book.open(medOrgOrd, first.order.charge)
  // An order is open for one operation at a time: whatever was begun before another had ended by then.
  for (const { operation } of entries) end(store, operation)
  for (const entry of missing) insert(store, entry, entry === missing.at(-1) ? 'sent' : endedState(entry.operation))
  return missing.length
}

/** One that never left this machine, or was refused, did nothing: there is nothing to ask about. */
function isMissing(store: ReplayStore, { operation: { medOrgOrd, id, state } }: OperationEntry): boolean {
  return state !== 'prepared' && state !== 'failed' && store.operations.find(medOrgOrd, id) === undefined
}

/** The backup is from before it was sent: what is prepared there may have reached the centre since. */
function catchUp(store: ReplayStore, { medOrgOrd, id, state, preparedAtMs }: OperationRecord): void {
  if (state !== 'prepared' && store.operations.find(medOrgOrd, id)?.state === 'prepared')
    store.operations.move(id, 'send', preparedAtMs)
}

function end(store: ReplayStore, operation: OperationRecord): void {
  const { medOrgOrd, id, message, preparedAtMs, endedAtMs } = operation
  const known = store.operations.find(medOrgOrd, id)
  if (known === undefined || !isOpenOperation(known.state)) return
  for (const event of stepsToEnd(known, operation)) store.operations.move(id, event, endedAtMs ?? preparedAtMs, message)
}

/** How what the database holds open comes to the end that the copy knows. */
function stepsToEnd(known: OperationRecord, last: OperationRecord): readonly OperationEvent[] {
  if (known.state === 'prepared') return ['abandon']
  const end = endedState(last)
  if (known.state === 'unknown') return [end === 'failed' ? 'decideDidNotHappen' : 'prove']
  if (end === 'resolved') return ['lose', 'prove']
  return [end === 'failed' ? 'fail' : 'succeed']
}

function endedState({ state }: OperationRecord): 'succeeded' | 'failed' | 'resolved' {
  return state === 'succeeded' || state === 'failed' ? state : 'resolved'
}

function insert(store: ReplayStore, { operation, refund }: OperationEntry, state: OperationRecord['state']): void {
  store.operations.insert({ ...operation, state, endedAtMs: state === 'sent' ? null : operation.endedAtMs })
  if (refund !== null) store.refunds.insert(refund)
}

/** @returns whether it was not there. */
function replayCallback(store: ReplayStore, { callback }: CallbackEntry): boolean {
  if (store.callbacks.acceptedByKey(callback.medOrgOrd, callback.dedupeKey) !== undefined) return false
  store.callbacks.insert({ ...callback, status: statusOf(store, callback) })
  return true
}

/** Only 2.2 has an effect of its own; 2.3 is kept, and the centre is asked anyway. */
function statusOf({ book }: ReplayStore, { interfaceId, medOrgOrd }: CallbackEntry['callback']) {
  if (interfaceId !== '2.2') return 'applied'
  return medOrgOrd !== null && book.find(medOrgOrd) !== undefined ? 'accepted' : 'parked'
}
