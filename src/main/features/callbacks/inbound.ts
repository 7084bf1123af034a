import type { InboundAnswer, InboundHandler, InboundMessage } from '#main/callback-listener/callback-listener.ts'
import type { HisAnswer, HisCharge } from '#main/his/his-source.ts'
import { describeSqliteError } from '#main/store/open.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import { readFeeDetailRequest, writeFeeDetailReply } from '#shared/centre/fee-detail.ts'
import { readFeeListRequest, writeFeeListReply } from '#shared/centre/fee-list.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { readMiniProgramResult } from '#shared/centre/mini-program-result.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import { addFen, ZERO_FEN } from '#shared/domain/money.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import type { Result } from '#shared/domain/result.ts'
import type { SettlementInbox } from './settlement-inbox.ts'

export interface InboundParts {
  readonly store: Store
  readonly inbox: SettlementInbox
  readonly orgCodg: string
  readonly fetchCharge: (
    medOrgOrd: string,
  ) => Promise<Result<HisCharge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>>
  readonly pendingCharges: (idNo: string) => Promise<HisAnswer<readonly HisCharge[]>>
}

/**
 * What the centre asks and tells (2.1–2.4), one handler for the listener. A request for another institution, an unknown
 * order and a malformed body get code 0 with the reason and no patient data.
 */
export function inboundHandler(parts: InboundParts): InboundHandler {
  return async (message) => {
    try {
      return await answer(parts, message)
    } catch (error) {
      const problem = describeSqliteError(error)
      if (problem === undefined) throw error
      // Not stored, so not acknowledged: the centre will try again (rule 9).
      return { status: 503, body: writeInboundReply(0, '医院端暂时无法保存，请稍后重发') }
    }
  }
}

async function answer(parts: InboundParts, message: InboundMessage): Promise<InboundAnswer> {
  switch (message.interfaceId) {
    case '2.1':
      return answerFeeDetail(parts, message)
    case '2.2':
      return parts.inbox.receive(message)
    case '2.3':
      return keepMiniProgramResult(parts, message)
    case '2.4':
      return answerFeeList(parts, message)
  }
}

/** 2.1: the charge as the hospital gave it, digit for digit. While an upload is open: exactly what the cashier saw. */
async function answerFeeDetail(parts: InboundParts, message: InboundMessage): Promise<InboundAnswer> {
  const read = readFeeDetailRequest(message.body)
  if (!read.ok) return refuse(describeProblems(read.problems))
  const { medOrgOrd, orgCodg } = read.value
  if (orgCodg !== parts.orgCodg) return refuse('orgCodg：不是本机构的代码')
  const detailJson = await feeDetailJson(parts, medOrgOrd)
  if (detailJson === undefined) {
    note(parts.store, medOrgOrd, { kind: 'feeDetailRefused', actor: 'centre' })
    return refuse('没有这笔待缴费')
  }
  note(parts.store, medOrgOrd, { kind: 'feeDetailServed', actor: 'centre' })
  return { status: 200, body: writeFeeDetailReply(detailJson) }
}

async function feeDetailJson({ store, fetchCharge }: InboundParts, medOrgOrd: string): Promise<string | undefined> {
  const operation = store.book.latestOperation(medOrgOrd)
  if (operation !== undefined && isOpenOperation(operation.state)) return store.charges.find(medOrgOrd)?.detailJson
  const charge = await fetchCharge(medOrgOrd)
  return charge.ok ? charge.value.detailJson : undefined
}

/** 2.3: sent once only, so it is kept whatever it says; its identity is not checked (quirk Q16). */
function keepMiniProgramResult({ store }: InboundParts, message: InboundMessage): InboundAnswer {
  const read = readMiniProgramResult(message.body)
  const result = read.ok ? read.value : undefined
  const reply = read.ok ? { status: 200, body: writeInboundReply(1, '成功') } : refuse(describeProblems(read.problems))
  store.transaction(() =>
    store.callbacks.insert({
      interfaceId: message.interfaceId,
      medOrgOrd: result?.medOrgOrd ?? null,
      payOrdId: result?.payOrdId ?? null,
      dedupeKey: null,
      moneyKey: null,
      status: read.ok ? 'applied' : 'refused',
      body: message.body,
      caller: message.caller,
      receivedAtMs: message.receivedAtMs,
      answerStatus: reply.status,
      answerBody: reply.body,
    }),
  )
  return reply
}

/** 2.4: the pending charges of one person. */
async function answerFeeList(parts: InboundParts, message: InboundMessage): Promise<InboundAnswer> {
  const read = readFeeListRequest(message.body)
  if (!read.ok) return refuse(describeProblems(read.problems))
  if (read.value.orgCodg !== parts.orgCodg) return refuse('orgCodg：不是本机构的代码')
  const charges = await parts.pendingCharges(read.value.idNo)
  if (!charges.ok) return refuse('医院信息系统暂时无法查询')
  const list = charges.value.map(({ detail }) => ({
    medOrgOrd: detail.medOrgOrd,
    medfeeSumamt: addFen(detail.medfeeSumamt, detail.outOfMIFee ?? ZERO_FEN),
    deptName: detail.deptName,
    drName: detail.drName ?? '',
    visitTime: detail.begntime?.text ?? '',
  }))
  return { status: 200, body: writeFeeListReply(list) }
}

function note(store: Store, medOrgOrd: string, entry: NewTimelineEntry): void {
  if (store.book.find(medOrgOrd) === undefined) return
  store.book.change(medOrgOrd, (record) => ({ record, entries: [entry] }))
}

function refuse(words: string): InboundAnswer {
  return { status: 200, body: writeInboundReply(0, words) }
}
