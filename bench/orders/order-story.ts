import { messageKey } from '#main/features/callbacks/judge-settlement.ts'
import { resultKey, writeResultBody } from '#main/features/outbox/result-body.ts'
import type { CallbackRecord } from '#main/store/callbacks.ts'
import type { ChargeRecord } from '#main/store/charges.ts'
import type { OperationRequest } from '#main/store/operation-resolution.ts'
import type { OperationRecord } from '#main/store/operations.ts'
import type { ChargeSnapshot, OrderRecord } from '#main/store/order-record.ts'
import type { NewResult } from '#main/store/outbox.ts'
import type { NewRefund } from '#main/store/refunds.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import type { ExchangeRecord } from '#main/store/wire-log.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { isJsonObject, type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { paidAtOf } from '#shared/centre/settlement-result.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import { applyEvidence, FRESH_PROOF, inSuspense, type OrderProof, uploadedProof } from '#shared/domain/order-proof.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import { attentionReason } from '#shared/domain/order-view.ts'
import { formatCompactTime } from '#shared/domain/time.ts'
import { chargeToSplit } from '#simulator/charge.ts'
import type { CentreOrder } from '#simulator/orders.ts'
import { queryReply, settlementMessage, uploadReply } from '#simulator/replies.ts'
import { splitCharge } from '#simulator/settle.ts'
import type { FilledCharge } from './charges.ts'
import type { Random } from './random.ts'

export const APP_ID = 'SIMULATED0APP0ID0000000000000001'
const ORG_NAME = '模拟医院'
const CASHIER = 'https://centre.example/pmc/cashier?payToken='
const OPERATORS = ['值班收费员', '收费员乙', '收费员丙'] as const

/** Everything that one order leaves in the store, table by table. */
export interface OrderStory {
  readonly record: OrderRecord
  readonly charge: ChargeRecord
  readonly operations: readonly OperationRecord[]
  readonly refunds: readonly NewRefund[]
  readonly timeline: readonly { readonly atMs: number; readonly entry: NewTimelineEntry }[]
  readonly exchanges: readonly ExchangeRecord[]
  readonly callbacks: readonly Omit<CallbackRecord, 'id'>[]
  /** Proved by the last of the callbacks. */
  readonly result: Omit<NewResult, 'callbackId'> | undefined
}

/** How orders end, and how many of a thousand. The rest is settled. */
const ENDINGS = { revoked: 40, refunded: 30, failed: 20, refused: 8, halfRefunded: 1, suspense: 1 } as const
type Ending = keyof typeof ENDINGS | 'settled'

function pickEnding(random: Random): Ending {
  let left = random.below(1000)
  for (const [ending, share] of Object.entries(ENDINGS) as [Ending, number][]) {
    if (left < share) return ending
    left -= share
  }
  return 'settled'
}

/**
 * The life of one order as the application itself writes it: the very messages of the simulated centre, the proof joined
 * by the product's own rules. The serial counts the orders and makes the centre's number.
 */
export function tellStory(random: Random, filled: FilledCharge, outset: Outset): OrderStory {
  const teller = new Teller(random, filled, outset)
  return teller.tell(pickEnding(random))
}

export interface Outset {
  readonly serial: number
  readonly createdAtMs: number
}

class Teller {
  readonly #random: Random
  readonly #filled: FilledCharge
  readonly #serial: number
  readonly #createdAtMs: number
  readonly #operatorName: string
  readonly #operations: OperationRecord[] = []
  readonly #refunds: NewRefund[] = []
  readonly #timeline: { atMs: number; entry: NewTimelineEntry }[] = []
  readonly #exchanges: ExchangeRecord[] = []
  readonly #callbacks: Omit<CallbackRecord, 'id'>[] = []
  readonly #order: CentreOrder
  #proof: OrderProof = FRESH_PROOF
  #state: OrderState = 'created'
  #nowMs: number
  #uploaded = false
  #asked = false
  #settled = false
  #settlement: JsonObject | undefined

  constructor(random: Random, filled: FilledCharge, { serial, createdAtMs }: Outset) {
    this.#random = random
    this.#filled = filled
    this.#serial = serial
    this.#createdAtMs = createdAtMs
    this.#nowMs = createdAtMs
    this.#operatorName = random.pick(OPERATORS)
    this.#order = centreOrder(filled, serial, createdAtMs + 400)
  }

  get #medOrgOrd(): string {
    return this.#filled.charge.medOrgOrd
  }

  tell(ending: Ending): OrderStory {
    this.#say({ kind: 'orderCreated', actor: 'operator', operatorName: this.#operatorName })
    this.#upload(ending === 'refused')
    if (ending === 'refused') return this.#story()
    if (ending === 'revoked') {
      this.#wait(60_000)
      this.#operate('revoke', 'revokeSent', 'revokeSucceeded')
      this.#prove('12')
      return this.#story()
    }
    this.#pay(ending === 'failed' ? '15' : '6')
    if (ending === 'refunded' || ending === 'halfRefunded') this.#refund(ending === 'refunded' ? '7' : '8')
    if (ending === 'suspense') this.#contradict()
    return this.#story()
  }

  #upload(refused: boolean): void {
    const operation = this.#operate('upload', 'uploadSent', refused ? 'uploadRefused' : undefined)
    if (refused) {
      this.#enter('failed')
      return
    }
    this.#wait(180)
    this.#say({ kind: 'feeDetailServed', actor: 'centre' })
    this.#wait(250)
    this.#uploaded = true
    this.#keep('1.6', () => uploadReply(this.#order, `${CASHIER}${this.#order.payToken}`))
    this.#say({ kind: 'uploadSucceeded', actor: 'centre' })
    this.#end(operation)
    this.#proof = uploadedProof(this.#proof)
    this.#enter('uploaded')
  }

  /** Asked while the patient pays, then told by callback, as on a good day. */
  #pay(ordStas: '6' | '15'): void {
    for (let question = this.#random.below(3); question > 0; question -= 1) {
      this.#wait(30_000)
      this.#ask('2')
    }
    this.#wait(12_000)
    if (ordStas === '15') this.#ask('15')
    else this.#settle()
  }

  #settle(): void {
    this.#settled = true
    this.#receiveSettlement()
    this.#say({ kind: 'settlementReceived', actor: 'centre', data: { ordStas: '6' } })
    this.#prove('6')
    this.#wait(900)
    this.#say({ kind: 'resultWritten', actor: 'desk', data: { seq: '1' } })
    this.#wait(4_000)
    this.#say({ kind: 'receiptPrinted', actor: 'operator', operatorName: this.#operatorName })
  }

  #receiveSettlement(): void {
    const settled = { ...this.#order, ordStas: '6', changedAtMs: this.#nowMs, settledAtMs: this.#nowMs }
    const message = settlementMessage(settled, APP_ID)
    this.#settlement = isJsonObject(message.data) ? message.data : {}
    const { amounts, setlType } = this.#order.split
    this.#callbacks.push({
      interfaceId: '2.2',
      medOrgOrd: this.#medOrgOrd,
      payOrdId: this.#order.payOrdId,
      dedupeKey: messageKey('2.2', this.#medOrgOrd, this.#order.payOrdId, this.#order.setlId, '6'),
      moneyKey: messageKey(...Object.values(amounts).map(String), setlType),
      status: 'applied',
      body: stringifyJson(message),
      caller: '10.9.0.21',
      receivedAtMs: this.#nowMs,
      answerStatus: 200,
      answerBody: writeInboundReply(1, '成功'),
    })
  }

  #ask(ordStas: string): void {
    this.#asked = true
    this.#keep('1.3', () => queryReply({ ...this.#order, ordStas, changedAtMs: this.#nowMs }, ORG_NAME))
    this.#say({ kind: 'queryAnswered', actor: 'centre', data: { ordStas } })
    this.#prove(ordStas)
  }

  #refund(ordStas: '7' | '8'): void {
    this.#wait(3_600_000)
    const operation = this.#operate('refund', 'refundSent', 'refundSucceeded')
    this.#refunds.push({
      operationId: operation.id,
      medOrgOrd: this.#medOrgOrd,
      appRefdSn: `TF${formatCompactTime(this.#nowMs)}${String(this.#serial).padStart(7, '0')}`,
      refdType: ordStas === '7' ? 'ALL' : 'HI',
      refChannel: 'online',
      reason: '患者要求退费',
    })
    this.#prove(ordStas)
  }

  #contradict(): void {
    this.#proof = inSuspense(this.#proof, 'amountsDiffer')
    const from = this.#state
    this.#state = 'suspense'
    this.#say({ kind: 'enteredSuspense', actor: 'desk', data: { from, reason: 'amountsDiffer' } })
  }

  #operate(kind: OperationRecord['kind'], sent: NewTimelineEntry['kind'], ended?: NewTimelineEntry['kind']) {
    const request: OperationRequest = { medOrgOrd: this.#medOrgOrd, previousPayOrdId: null, payWithinMs: 300_000 }
    const refused = ended === 'uploadRefused'
    const operation: OperationRecord = {
      id: uuid(this.#random),
      medOrgOrd: this.#medOrgOrd,
      kind,
      state: refused ? 'failed' : 'succeeded',
      requestId: uuid(this.#random),
      requestJson: JSON.stringify(request),
      operatorName: this.#operatorName,
      message: refused ? '费用明细不符合接口要求' : null,
      preparedAtMs: this.#nowMs,
      endedAtMs: this.#nowMs + 430,
    }
    this.#operations.push(operation)
    this.#say({ kind: sent, actor: 'operator', operatorName: this.#operatorName, data: {} })
    if (ended !== undefined) {
      this.#wait(430)
      this.#say({ kind: ended, actor: 'centre', ...(refused ? { data: { words: '费用明细不符合接口要求' } } : {}) })
    }
    return operation
  }

  #end(operation: OperationRecord): void {
    this.#operations[this.#operations.indexOf(operation)] = { ...operation, endedAtMs: this.#nowMs }
  }

  #prove(ordStas: string): void {
    const { amounts, setlType } = this.#order.split
    const source = ordStas === '6' ? 'callback' : 'query'
    this.#proof = applyEvidence(this.#proof, { source, ordStas, setlType, amounts })
    this.#enter(this.#proof.state)
  }

  #enter(to: OrderState): void {
    if (this.#state === to) return
    this.#say({ kind: 'stateChanged', actor: 'desk', data: { from: this.#state, to } })
    this.#state = to
  }

  #say(entry: NewTimelineEntry): void {
    this.#timeline.push({ atMs: this.#nowMs, entry })
  }

  #keep(interfaceId: string, reply: () => JsonObject): void {
    this.#exchanges.push({
      medOrgOrd: this.#medOrgOrd,
      interfaceId,
      startedAtMs: this.#nowMs - 250,
      elapsedMs: 120 + this.#random.below(260),
      status: 200,
      replyBody: stringifyJson(reply()),
    })
  }

  #wait(ms: number): void {
    this.#nowMs += Math.floor(ms * (0.6 + this.#random.next() * 0.8))
  }

  #story(): OrderStory {
    const record = this.#record()
    return {
      record,
      charge: {
        medOrgOrd: this.#medOrgOrd,
        idNo: record.charge.idNo,
        detailJson: this.#filled.detailJson,
        fetchedAtMs: this.#createdAtMs,
      },
      operations: this.#operations,
      refunds: this.#refunds,
      timeline: this.#timeline,
      exchanges: this.#exchanges,
      callbacks: this.#callbacks,
      result: this.#settlement === undefined ? undefined : this.#result(record, this.#settlement),
    }
  }

  #record(): OrderRecord {
    const uploaded = this.#uploaded
    const uploadedAtMs = uploaded ? this.#createdAtMs + 430 : null
    const settled = this.#settled
    const signs = {
      outcomeUnknown: this.#operations.at(-1)?.state === 'unknown',
      ...{ identityFailed: false, listedStatus: true, overdue: false, callbackSilent: false },
    }
    const reason = attentionReason(this.#proof, this.#state, signs) ?? null
    return {
      medOrgOrd: this.#medOrgOrd,
      payOrdId: uploaded ? this.#order.payOrdId : null,
      state: this.#state,
      proof: this.#proof,
      identityFailed: null,
      attentionReason: reason,
      attentionSinceMs: reason === null ? null : this.#nowMs,
      attentionNoted: null,
      charge: snapshotOf(this.#filled),
      cashierUrl: uploaded ? `${CASHIER}${this.#order.payToken}` : null,
      uploadedAtMs,
      payUntilMs: uploadedAtMs === null ? null : uploadedAtMs + 300_000,
      hiDocSn: settled ? this.#order.setlId : null,
      hiRgstSn: settled ? this.#order.mdtrtId : null,
      settledAtMs: settled ? this.#nowMs : null,
      callbackAtMs: settled ? this.#nowMs : null,
      lastQueryAtMs: this.#asked ? this.#nowMs : null,
      nextQueryAtMs: null,
      queryAttempts: 0,
      createdAtMs: this.#createdAtMs,
      updatedAtMs: this.#nowMs,
      feeFingerprint: uploaded ? messageKey(this.#medOrgOrd) : null,
      rebuiltAtMs: null,
    }
  }

  #result(record: OrderRecord, evidence: JsonObject): OrderStory['result'] {
    const resultId = timedUuid(this.#random, this.#nowMs)
    const facts = { resultId, resultType: 'settlement', record, appId: APP_ID, refunds: [] } as const
    return {
      resultId,
      medOrgOrd: this.#medOrgOrd,
      resultType: 'settlement',
      contentKey: resultKey('settlement', record),
      body: writeResultBody({ ...facts, orgCodg: this.#filled.charge.orgCodg, paidAt: paidAtOf(evidence) }),
    }
  }
}

/** What the desk keeps of a charge with the order. */
export function snapshotOf({ charge, visitTime }: FilledCharge): ChargeSnapshot {
  return {
    patientName: charge.userName,
    idNo: charge.idNo,
    deptName: charge.deptName,
    drName: charge.drName ?? '',
    visitTime,
    chargeFen: charge.medfeeSumamt,
    chargeOutsideFen: charge.outOfMIFee ?? ZERO_FEN,
  }
}

/** The order as the simulated centre would have made it, with its numbers in the forms seen in the wild. */
export function centreOrder({ charge }: FilledCharge, serial: number, uploadedAtMs: number): CentreOrder {
  const tail = `990100${formatCompactTime(uploadedAtMs)}${String(serial).padStart(7, '0')}`
  return {
    payOrdId: `ORD${tail}`,
    payToken: `AUTH${tail}`,
    medOrgOrd: charge.medOrgOrd,
    setlId: `990100G8${tail.slice(-12)}`,
    mdtrtId: `990100G9${tail.slice(-12)}`,
    charge,
    miniProgram: null,
    uploadedAtMs,
    ordStas: '1',
    changedAtMs: uploadedAtMs,
    settledAtMs: null,
    split: splitCharge(chargeToSplit(charge)),
    refunds: [],
    callbacks: [],
  }
}

/** In the form of a uuid of version 7, as results have it. */
function timedUuid(random: Random, atMs: number): string {
  const time = atMs.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${uuid(random).slice(15)}`
}

/** In the form of a random uuid, from the seed. */
function uuid(random: Random): string {
  const hex = Array.from({ length: 4 }, () => random.below(0x1_0000_0000).toString(16).padStart(8, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
