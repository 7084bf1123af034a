import type { CentreClient, CentreOutcome, OrderNumbers } from '#main/centre-client/centre-client.ts'
import type { CentreStatement } from '#main/store/order-evidence.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import type { QueryOrderReply } from '#shared/centre/query-order.ts'
import { toSettlementAmounts } from '#shared/centre/settlement-amounts.ts'
import type { Order } from '#shared/contract/orders.ts'
import { type Failure, failure } from '#shared/domain/error-codes.ts'
import { setlTypeSchema } from '#shared/domain/order-status.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'

/** Why a question had no answer that can be used. */
export type UnansweredFailure = Failure<'CENTRE_UNREACHABLE' | 'CENTRE_REFUSED' | 'CENTRE_UNREADABLE'>
export type AskFailure = UnansweredFailure | Failure<'ORDER_NOT_FOUND'>

/** Asks the centre what became of an order (interface 1.3) and takes in the answer. One question an order at a time. */
export class CentreAsker {
  readonly #store: Store
  readonly #centre: CentreClient
  readonly #asking = new Map<string, Promise<Result<Order, AskFailure>>>()

  constructor(store: Store, centre: CentreClient) {
    this.#store = store
    this.#centre = centre
  }

  /** @returns the order after the answer; the failure says why there was none. Either way the next question is set. */
  ask(medOrgOrd: string): Promise<Result<Order, AskFailure>> {
    const running = this.#asking.get(medOrgOrd)
    if (running !== undefined) return running
    const asking = this.#ask(medOrgOrd).finally(() => this.#asking.delete(medOrgOrd))
    this.#asking.set(medOrgOrd, asking)
    return asking
  }

  async #ask(medOrgOrd: string): Promise<Result<Order, AskFailure>> {
    const record = this.#store.book.find(medOrgOrd)
    if (record === undefined) return err(failure('ORDER_NOT_FOUND'))
    const numbers = numbersFor(record)
    const outcome = await this.#centre.queryOrder(numbers, { ...numbers, medOrgOrd })
    this.#store.wireLog.keep({ medOrgOrd, interfaceId: '1.3', ...outcome.exchange })
    if (outcome.outcome === 'succeeded') return ok(this.#hear(medOrgOrd, outcome))
    this.#store.book.change(medOrgOrd, (before) => ({ record: before, asked: true, entries: [failedEntry(outcome)] }))
    return err(askFailure(outcome))
  }

  #hear(medOrgOrd: string, outcome: Extract<CentreOutcome<QueryOrderReply>, { outcome: 'succeeded' }>): Order {
    const statement = statementOf(outcome.value)
    const startedAtMs = outcome.exchange.startedAtMs
    return this.#store.book.hear(medOrgOrd, statement, {
      asked: true,
      entries: [{ kind: 'queryAnswered', actor: 'centre', data: { ordStas: statement.ordStas } }],
      also: () => this.#store.wireLog.countDrift('1.3', outcome.drift, startedAtMs),
    })
  }
}

/** By the centre's number where it is known; every third time by ours, in case the centre has lost the one. */
function numbersFor(record: OrderRecord): OrderNumbers {
  const byOurs = record.payOrdId === null || record.queryAttempts % 3 === 2
  return byOurs ? { medOrgOrd: record.medOrgOrd } : { payOrdId: record.payOrdId ?? undefined }
}

/** The answer as evidence; what the centre did not tell is null. */
export function statementOf(reply: QueryOrderReply): CentreStatement {
  const setlType = setlTypeSchema.safeParse(reply.setlType)
  return {
    source: 'query',
    ordStas: reply.ordStas,
    setlType: setlType.success ? setlType.data : null,
    amounts: toSettlementAmounts(reply),
    payOrdId: reply.payOrdId ?? null,
    hiDocSn: reply.hiDocSn ?? null,
    hiRgstSn: reply.hiRgstSn ?? reply.mdtrtId ?? null,
  }
}

type Unsuccessful = Exclude<CentreOutcome<QueryOrderReply>, { outcome: 'succeeded' }>

function failedEntry(outcome: Unsuccessful): NewTimelineEntry {
  if (outcome.outcome === 'failed' && outcome.reason === 'refused') {
    return { kind: 'queryRefused', actor: 'centre', data: { words: outcome.words, code: outcome.code ?? '' } }
  }
  return { kind: 'queryFailed', actor: 'desk', data: { words: outcome.words } }
}

export function askFailure(outcome: Unsuccessful): UnansweredFailure {
  if (outcome.outcome === 'failed') {
    return failure(outcome.reason === 'refused' ? 'CENTRE_REFUSED' : 'CENTRE_UNREACHABLE', outcome.words)
  }
  const unreadable = outcome.reason === 'unreadable' || outcome.reason === 'foreign' || outcome.reason === 'tooLarge'
  return failure(unreadable ? 'CENTRE_UNREADABLE' : 'CENTRE_UNREACHABLE', outcome.words)
}
