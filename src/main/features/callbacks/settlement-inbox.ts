import type { InboundAnswer, InboundMessage } from '#main/callback-listener/callback-listener.ts'
import type { CallbackRecord, CallbackStatus } from '#main/store/callbacks.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { inSuspense } from '#shared/domain/order-proof.ts'
import type { Clock } from '#shared/domain/time.ts'
import { type Judgement, judgeSettlement, type ReadSettlement, type SettlementExpectation } from './judge-settlement.ts'

export interface InboxParts {
  readonly store: Store
  readonly clock: Clock
  readonly expected: SettlementExpectation
  /** A bug met while acting on an acknowledged message: it stays stored and is tried again at the next start. */
  readonly report: (error: unknown) => void
}

const ACCEPTED: InboundAnswer = { status: 200, body: writeInboundReply(1, '成功') }

/** What became of one message, and what it is still to do once that is durable. */
interface Filed {
  readonly answer: InboundAnswer
  readonly effect?: () => void
}

/**
 * Interface 2.2: store, commit, answer, then act (money-safety.md, rules 9–12). Code 1 is answered only after the row
 * is durable. A store that cannot write throws, which the caller answers with code 0 and HTTP 503. Messages of the same
 * moment share a commit; a message is read once, and again only by a start that finds it without effect.
 */
export class SettlementInbox {
  readonly #parts: InboxParts

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  async receive(message: InboundMessage): Promise<InboundAnswer> {
    const { store, expected } = this.#parts
    const judgement = judgeSettlement(message.body, expected)
    const { answer, effect } = await store.commits.join(() => this.#file(message, judgement))
    if (effect !== undefined) store.commits.follow(effect)
    return answer
  }

  /** Gives every acknowledged message its effect that a crash, or a store that could not write, kept from it. */
  actOnWaiting(): void {
    this.#actOn(this.#parts.store.callbacks.waiting())
  }

  /** An order has appeared: what was parked for it has its effect now. */
  actOnParked(medOrgOrd: string): void {
    this.#actOn(this.#parts.store.callbacks.waitingFor(medOrgOrd))
  }

  /** One message that cannot be acted on must not keep the others waiting. */
  #actOn(callbacks: readonly CallbackRecord[]): void {
    for (const { id, body, receivedAtMs } of callbacks) {
      try {
        const judgement = judgeSettlement(body, this.#parts.expected)
        if (judgement.kind !== 'settlement') continue
        const { settlement } = judgement
        this.#parts.store.transaction(() => this.#apply(id, settlement, receivedAtMs))
      } catch (error) {
        this.#parts.report(error)
      }
    }
  }

  #file(message: InboundMessage, judgement: Judgement): Filed {
    switch (judgement.kind) {
      case 'settlement':
        return this.#fileSettlement(message, judgement.settlement)
      case 'identityFails':
        return { answer: this.#fileIdentityFailure(message, judgement.settlement, judgement.words) }
      case 'refused': {
        const answer = refusal(judgement.words)
        this.#insert(message, undefined, 'refused', answer)
        return { answer }
      }
    }
  }

  #fileSettlement(message: InboundMessage, settlement: ReadSettlement): Filed {
    const { store } = this.#parts
    const earlier = store.callbacks.acceptedByKey(settlement.medOrgOrd, settlement.dedupeKey)
    if (earlier !== undefined) return { answer: this.#fileAgain(message, settlement, earlier) }
    const known = store.book.knows(settlement.medOrgOrd)
    const id = this.#insert(message, settlement, known ? 'accepted' : 'parked', ACCEPTED)
    if (!known) return { answer: ACCEPTED }
    return { answer: ACCEPTED, effect: () => this.#apply(id, settlement, message.receivedAtMs) }
  }

  /** The same settlement again: one effect, the same bytes. The same key with other money: a conflict, kept, alarmed. */
  #fileAgain(message: InboundMessage, settlement: ReadSettlement, earlier: CallbackRecord): InboundAnswer {
    const { store } = this.#parts
    if (earlier.moneyKey !== settlement.moneyKey) {
      const answer = refusal('金额与此前已受理的结算通知不同，请人工核对')
      this.#insert(message, settlement, 'conflict', answer)
      this.#changeIfKnown(settlement.medOrgOrd, { kind: 'settlementConflict', actor: 'centre' }, (record) => ({
        ...record,
        proof: inSuspense(record.proof, 'callbackConflict'),
      }))
      return answer
    }
    if (store.callbacks.countRepeat(earlier) === 1) {
      this.#changeIfKnown(settlement.medOrgOrd, { kind: 'settlementRepeated', actor: 'centre' }, (record) => record)
    }
    return { status: earlier.answerStatus, body: earlier.answerBody }
  }

  /** Stored, refused with the sum in words, and at the desk at once; the order keeps what was proved before. */
  #fileIdentityFailure(message: InboundMessage, settlement: ReadSettlement, words: string): InboundAnswer {
    const answer = refusal(`金额不平：${words}`)
    this.#insert(message, settlement, 'refused', answer)
    this.#changeIfKnown(
      settlement.medOrgOrd,
      { kind: 'settlementIdentityFailed', actor: 'centre', data: { words } },
      // A settlement that was taken already is not put in doubt by a later broken copy; the timeline has it.
      (record) => (record.proof.amountsFrom === 'callback' ? record : { ...record, identityFailed: words }),
    )
    return answer
  }

  /** @returns the id of the row. */
  #insert(
    message: InboundMessage,
    settlement: ReadSettlement | undefined,
    status: CallbackStatus,
    answer: InboundAnswer,
  ): number {
    const { store, clock } = this.#parts
    if (settlement !== undefined) store.wireLog.countDrift('2.2', settlement.drift, clock.now())
    return store.callbacks.insert({
      interfaceId: message.interfaceId,
      medOrgOrd: settlement?.medOrgOrd ?? null,
      payOrdId: settlement?.statement.payOrdId ?? null,
      dedupeKey: settlement?.dedupeKey ?? null,
      moneyKey: settlement?.moneyKey ?? null,
      status,
      body: message.body,
      caller: message.caller,
      receivedAtMs: message.receivedAtMs,
      answerStatus: answer.status,
      answerBody: answer.body,
    })
  }

  /**
   * Call it in one transaction: the message's effect and its mark "applied" commit together, so that it has its effect
   * exactly once.
   */
  #apply(callbackId: number, { medOrgOrd, statement, paidAt }: ReadSettlement, receivedAtMs: number): void {
    const { book, callbacks } = this.#parts.store
    if (!book.knows(medOrgOrd) || !callbacks.markApplied(medOrgOrd, callbackId)) return
    book.hear(medOrgOrd, statement, {
      entries: [{ kind: 'settlementReceived', actor: 'centre', data: { ordStas: statement.ordStas } }],
      callbackAtMs: receivedAtMs,
      callback: { id: callbackId, paidAt },
    })
  }

  #changeIfKnown(medOrgOrd: string, entry: NewTimelineEntry, edit: (record: OrderRecord) => OrderRecord): void {
    const { book } = this.#parts.store
    if (!book.knows(medOrgOrd)) return
    book.change(medOrgOrd, (record) => ({ record: edit(record), entries: [entry] }))
  }
}

function refusal(words: string): InboundAnswer {
  return { status: 200, body: writeInboundReply(0, words) }
}
