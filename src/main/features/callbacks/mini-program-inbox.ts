import type { InboundAnswer, InboundMessage } from '#main/callback-listener/callback-listener.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { type MiniProgramResult, readMiniProgramResult } from '#shared/centre/mini-program-result.ts'
import { toSettlementAmounts } from '#shared/centre/settlement-amounts.ts'
import type { WireDrift } from '#shared/centre/wire-drift.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import { checkIdentity, identityInWords } from '#shared/domain/settlement.ts'
import { messageKey } from './judge-settlement.ts'

/** Where the centre has said more than "it is paid". */
const PAID: ReadonlySet<OrderState> = new Set(['settled', 'refunding', 'partlyRefunded', 'refunded'])

/**
 * Interface 2.3: sent once only, so it is kept whatever it says, and the same message again has no effect. It proves
 * nothing by itself: an order that is not settled here is asked about at once, and the answer to 1.3 decides.
 */
export function receiveMiniProgramResult(store: Store, message: InboundMessage): Promise<InboundAnswer> {
  const read = readMiniProgramResult(message.body)
  return store.commits.join(() => {
    if (read.ok) return file(store, message, read.value, read.drift)
    const answer = { status: 200, body: writeInboundReply(0, describeProblems(read.problems)) }
    keep(store, message, undefined, answer)
    return answer
  })
}

function file(
  store: Store,
  message: InboundMessage,
  result: MiniProgramResult,
  drift: readonly WireDrift[],
): InboundAnswer {
  const earlier = store.callbacks.acceptedByKey(result.medOrgOrd, keyOf(result))
  if (earlier !== undefined) {
    store.callbacks.countRepeat(earlier)
    return { status: earlier.answerStatus, body: earlier.answerBody }
  }
  const answer = { status: 200, body: writeInboundReply(1, '成功') }
  keep(store, message, result, answer)
  store.wireLog.countDrift('2.3', drift, message.receivedAtMs)
  if (store.book.find(result.medOrgOrd) === undefined) return answer
  store.book.change(result.medOrgOrd, (record) => ({
    record: askedAtOnce(record, message.receivedAtMs),
    entries: [entryOf(result, record)],
  }))
  return answer
}

function keep(
  store: Store,
  message: InboundMessage,
  result: MiniProgramResult | undefined,
  answer: InboundAnswer,
): void {
  store.callbacks.insert({
    interfaceId: message.interfaceId,
    medOrgOrd: result?.medOrgOrd ?? null,
    payOrdId: result?.payOrdId ?? null,
    dedupeKey: result === undefined ? null : keyOf(result),
    moneyKey: null,
    status: result === undefined ? 'refused' : 'applied',
    body: message.body,
    caller: message.caller,
    receivedAtMs: message.receivedAtMs,
    answerStatus: answer.status,
    answerBody: answer.body,
  })
}

/** Everything that it says: other money is another message, and is kept beside the first. */
function keyOf(result: MiniProgramResult): string {
  const { medOrgOrd, payOrdId, notifyHisStatus, chrgTime } = result
  const amounts = [result.feeSumamt, result.fundPay, result.psnAcctPay, result.ownPayAmt].map(String)
  return messageKey('2.3', medOrgOrd, payOrdId, notifyHisStatus, String(chrgTime.atMs), ...amounts)
}

function askedAtOnce(record: OrderRecord, nowMs: number): OrderRecord {
  return PAID.has(record.state) ? record : { ...record, nextQueryAtMs: nowMs }
}

/** Its table names neither the amount outside the catalogue nor prepaid money: what is known here stands in for them. */
function entryOf(result: MiniProgramResult, { proof, charge }: OrderRecord): NewTimelineEntry {
  const amounts = {
    ...toSettlementAmounts(result),
    outOfCatalogueFen: proof.amounts.outOfCatalogueFen ?? charge.chargeOutsideFen,
    prepaidFen: proof.amounts.prepaidFen,
  }
  // Q16: the published example itself does not add up. A warning, never a refusal.
  const holds = checkIdentity(amounts)?.holds === true
  const data: Record<string, string> = { notifyHisStatus: result.notifyHisStatus.slice(0, 16) }
  if (!holds) data.identityWarning = identityInWords(amounts)
  return { kind: 'miniProgramReceived', actor: 'centre', data }
}
