import type { InboundAnswer, InboundMessage } from '#main/callback-listener/callback-listener.ts'
import type { HisAnswer, HisCharge } from '#main/his/his-source.ts'
import type { DisclosureOutcome } from '#main/store/disclosures.ts'
import { feeFingerprint } from '#main/store/fee-fingerprint.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import type { Store } from '#main/store/store.ts'
import type { NewTimelineEntry } from '#main/store/timeline.ts'
import { feeDetailSchema, readFeeDetailRequest, writeFeeDetailReply } from '#shared/centre/fee-detail.ts'
import { readFeeListRequest, writeFeeListReply } from '#shared/centre/fee-list.ts'
import { writeInboundReply } from '#shared/centre/inbound-reply.ts'
import { isJsonObject, parseJson } from '#shared/centre/json.ts'
import { findDrift, joinDrift, type WireDrift } from '#shared/centre/wire-drift.ts'
import { describeProblems } from '#shared/centre/wire-read.ts'
import type { Failure } from '#shared/domain/error-codes.ts'
import { addFen, ZERO_FEN } from '#shared/domain/money.ts'
import { isOpenOperation } from '#shared/domain/order-view.ts'
import type { Result } from '#shared/domain/result.ts'
import { type DisclosureGuard, hashId } from './disclosure-guard.ts'

export interface FeeParts {
  readonly store: Store
  readonly guard: DisclosureGuard
  readonly orgCodg: string
  readonly fetchCharge: (
    medOrgOrd: string,
  ) => Promise<Result<HisCharge, Failure<'CHARGE_NOT_FOUND' | 'HIS_UNREACHABLE'>>>
  readonly pendingCharges: (idNo: string) => Promise<HisAnswer<readonly HisCharge[]>>
}

/** What is answered, and what the record says of it. */
interface Told {
  readonly outcome: DisclosureOutcome
  readonly body: string
  readonly medOrgOrd?: string
  readonly idNo?: string
  /** How the question, or what the hospital gave as its answer, differs from the document. */
  readonly drift?: readonly WireDrift[]
  /** Written in the commit of the record, before the answer goes out. */
  readonly also?: () => void
}

const OTHER_ORG = 'orgCodg：不是本机构的代码'
const TOO_MANY = '一分钟内查询的人数过多，请稍后再试'

/** 2.1: the charge as the hospital gave it, digit for digit. While an upload is open: exactly what the cashier saw. */
export async function answerFeeDetail(parts: FeeParts, message: InboundMessage): Promise<InboundAnswer> {
  return tell(parts, message, await feeDetail(parts, message))
}

/** 2.4: the pending charges of one person. */
export async function answerFeeList(parts: FeeParts, message: InboundMessage): Promise<InboundAnswer> {
  return tell(parts, message, await feeList(parts, message))
}

/** Recorded and committed before anything goes out. */
function tell({ guard, store }: FeeParts, message: InboundMessage, told: Told): Promise<InboundAnswer> {
  const { caller, interfaceId, receivedAtMs } = message
  const { outcome, body, medOrgOrd = null, idNo, drift = [] } = told
  return store.commits.join(() => {
    guard.record({ caller, interfaceId, medOrgOrd, idHash: idNo === undefined ? null : hashId(idNo), outcome })
    store.wireLog.countDrift(interfaceId, drift, receivedAtMs)
    told.also?.()
    return { status: 200, body }
  })
}

async function feeDetail(parts: FeeParts, { body, caller }: InboundMessage): Promise<Told> {
  const read = readFeeDetailRequest(body)
  if (!read.ok) return refusal('refused', describeProblems(read.problems))
  const { medOrgOrd, orgCodg } = read.value
  if (orgCodg !== parts.orgCodg) return { ...refusal('refused', OTHER_ORG), medOrgOrd, drift: read.drift }
  const told = isUploading(parts.store, medOrgOrd)
    ? uploadingDetail(parts, medOrgOrd)
    : await askedDetail(parts, caller, medOrgOrd)
  return { ...told, drift: joinDrift(read.drift, told.drift ?? []) }
}

/** What this desk is uploading itself: never limited, and its fingerprint is kept with the order. */
function uploadingDetail({ store }: FeeParts, medOrgOrd: string): Told {
  const kept = store.charges.find(medOrgOrd)
  if (kept === undefined) return notFound(store, medOrgOrd)
  return served(store, medOrgOrd, kept.detailJson, (record) => ({
    ...record,
    feeFingerprint: feeFingerprint(kept.detailJson),
  }))
}

async function askedDetail({ store, guard, fetchCharge }: FeeParts, caller: string, medOrgOrd: string): Promise<Told> {
  const charge = await fetchCharge(medOrgOrd)
  if (!charge.ok) return notFound(store, medOrgOrd)
  if (!guard.admits(caller, charge.value.detail.idNo)) return { ...refusal('limited', TOO_MANY), medOrgOrd }
  // An order that waits for its patient keeps the fingerprint of what was uploaded.
  return served(store, medOrgOrd, charge.value.detailJson, (record) => record)
}

function served(store: Store, medOrgOrd: string, detailJson: string, edit: (record: OrderRecord) => OrderRecord): Told {
  return {
    outcome: 'served',
    body: writeFeeDetailReply(detailJson),
    medOrgOrd,
    drift: chargeDrift(detailJson),
    also: () => note(store, medOrgOrd, 'feeDetailServed', edit),
  }
}

/** What the hospital gave is handed on as it is; how it differs from the document is counted beside. */
function chargeDrift(detailJson: string): readonly WireDrift[] {
  const data = parseJson(detailJson)?.value
  return isJsonObject(data) ? findDrift(feeDetailSchema, data, 'data') : []
}

function notFound(store: Store, medOrgOrd: string): Told {
  return {
    ...refusal('notFound', '没有这笔待缴费'),
    medOrgOrd,
    also: () => note(store, medOrgOrd, 'feeDetailRefused', (record) => record),
  }
}

async function feeList(parts: FeeParts, { body, caller }: InboundMessage): Promise<Told> {
  const read = readFeeListRequest(body)
  if (!read.ok) return refusal('refused', describeProblems(read.problems))
  const { drift } = read
  const { idNo, orgCodg } = read.value
  if (orgCodg !== parts.orgCodg) return { ...refusal('refused', OTHER_ORG), idNo, drift }
  if (!parts.guard.admits(caller, idNo)) return { ...refusal('limited', TOO_MANY), idNo, drift }
  const charges = await parts.pendingCharges(idNo)
  if (!charges.ok) return { ...refusal('unavailable', '医院信息系统暂时无法查询'), idNo, drift }
  return { outcome: 'served', body: writeFeeListReply(charges.value.map(listed)), idNo, drift }
}

function listed({ detail }: HisCharge) {
  return {
    medOrgOrd: detail.medOrgOrd,
    medfeeSumamt: addFen(detail.medfeeSumamt, detail.outOfMIFee ?? ZERO_FEN),
    deptName: detail.deptName,
    drName: detail.drName ?? '',
    visitTime: detail.begntime?.text ?? '',
  }
}

function isUploading(store: Store, medOrgOrd: string): boolean {
  const operation = store.book.latestOperation(medOrgOrd)
  return operation !== undefined && isOpenOperation(operation.state)
}

/** The centre may ask for a charge that has no order here, from its mini-program. */
function note(
  { book }: Store,
  medOrgOrd: string,
  kind: NewTimelineEntry['kind'],
  edit: (record: OrderRecord) => OrderRecord,
): void {
  if (book.find(medOrgOrd) === undefined) return
  book.change(medOrgOrd, (record) => ({ record: edit(record), entries: [{ kind, actor: 'centre' }] }))
}

function refusal(outcome: DisclosureOutcome, words: string): Told {
  return { outcome, body: writeInboundReply(0, words) }
}
