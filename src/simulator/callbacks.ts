import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { readCode, readObject } from '#shared/centre/wire-read.ts'
import type { Clock } from '#shared/domain/time.ts'
import type { CentreOptions } from './centre-options.ts'
import { type CentreCharge, readCharge } from './charge.ts'
import { CONTENT_KINDS, distort, type Fault, type FaultInterface, type FaultKind, type FaultScript } from './faults.ts'
import type { CallbackRecord, CentreOrder, OrderBook } from './orders.ts'
import { pause } from './pause.ts'
import { type PostOutcome, postJson } from './post-json.ts'
import { type Answer, refuse } from './refusals.ts'
import { miniProgramMessage, settlementMessage } from './replies.ts'
import type { WireLog } from './wire-log.ts'

export interface CallbackTools {
  readonly options: CentreOptions
  readonly clock: Clock
  readonly book: OrderBook
  readonly faults: FaultScript
  readonly wire: WireLog
  /** Aborted when the server closes: pauses end and open requests break. */
  readonly closing: AbortSignal
}

/** What the centre asks and tells the hospital. */
export interface Callbacks {
  /** 2.1. */
  fetchCharge(medOrgOrd: string): Promise<Answer<CentreCharge>>
  /** 2.2, up to three tries until code 1. True when the hospital acknowledged. */
  tellSettlement(payOrdId: string): Promise<boolean>
  /** 2.3, one try whatever comes back. */
  tellMiniProgram(payOrdId: string, told: boolean): Promise<void>
}

const TRIES = 3
const DEFAULT_PAUSE_MS = 1000
const DELIVERY_KINDS = [...CONTENT_KINDS, 'loseCallback', 'repeatCallback'] as const satisfies FaultKind[]
const TRY_KINDS = ['delay', 'cutBefore', 'cutAfter', 'garbage'] as const satisfies FaultKind[]

/**
 * Faults of content, loss and repetition are used up once a message; those of the connection once a try, so that a cut
 * first try is followed by the very duplicate that a real centre sends.
 */
export function createCallbacks(tools: CallbackTools): Callbacks {
  const { options, book, faults } = tools

  return {
    async fetchCharge(medOrgOrd) {
      const asked = { orgCodg: options.orgCodg, medOrgOrd }
      const script = faults.take('2.1', medOrgOrd, DELIVERY_KINDS)
      if (lost(script)) return refuse('FEE_DETAIL_UNREACHABLE')
      const call = callOf('2.1', options.callbackPaths.feeDetail, distort(asked, script), medOrgOrd, script)
      let answer = await sendOnce(tools, call)
      for (let more = repeats(script); more > 0; more -= 1) answer = await sendOnce(tools, call)
      if (!answer.ok) return refuse('FEE_DETAIL_UNREACHABLE')
      return answer.status === 200 ? readCharge(asked, answer.body) : refuse('FEE_DETAIL_REFUSED')
    },

    async tellSettlement(payOrdId) {
      const order = orderOf(book, payOrdId)
      const script = faults.take('2.2', order.medOrgOrd, DELIVERY_KINDS)
      if (lost(script)) return false
      const message = distort(settlementMessage(order, options.appId), script)
      const call = callOf('2.2', options.callbackPaths.settlement, message, order.medOrgOrd, script)
      let told = await deliver(tools, call, order, TRIES)
      for (let more = repeats(script); more > 0; more -= 1) told = await deliver(tools, call, order, TRIES)
      return told
    },

    async tellMiniProgram(payOrdId, told) {
      const order = orderOf(book, payOrdId)
      const script = faults.take('2.3', order.medOrgOrd, DELIVERY_KINDS)
      if (lost(script)) return
      const message = distort(miniProgramMessage(order, told), script)
      const target = order.miniProgram?.notifyUrl ?? options.callbackPaths.miniProgram
      const call = callOf('2.3', target, message, order.medOrgOrd, script)
      for (let times = 1 + repeats(script); times > 0; times -= 1) await deliver(tools, call, order, 1)
    },
  }
}

interface Call {
  readonly interfaceId: Extract<FaultInterface, '2.1' | '2.2' | '2.3'>
  /** A path below the hospital's base URL, or a whole URL. */
  readonly target: string
  readonly body: string
  readonly medOrgOrd: string
  readonly faults: readonly Fault[]
}

function callOf(
  interfaceId: Call['interfaceId'],
  target: string,
  message: JsonObject,
  medOrgOrd: string,
  faults: readonly Fault[],
): Call {
  return { interfaceId, target, body: stringifyJson(message), medOrgOrd, faults }
}

/** Tries until code 1; every answer is kept with the order. */
async function deliver(tools: CallbackTools, call: Call, order: CentreOrder, tries: number): Promise<boolean> {
  for (let left = tries; left > 0 && !tools.closing.aborted; left -= 1) {
    const answer = recordOf(call, tools.clock.now(), await sendOnce(tools, call))
    const { callbacks } = orderOf(tools.book, order.payOrdId)
    tools.book.change(order.payOrdId, { callbacks: [...callbacks, answer] })
    if (answer.status === 200 && answer.code === '1') return true
    if (left > 1) await pause(tools.options.callbackPauseMs ?? DEFAULT_PAUSE_MS, tools.closing)
  }
  return false
}

async function sendOnce(tools: CallbackTools, call: Call): Promise<PostOutcome> {
  const script = tools.faults.take(call.interfaceId, call.medOrgOrd, TRY_KINDS)
  const has = (kind: FaultKind) => script.some((fault) => fault.kind === kind)
  for (const fault of script) if (fault.kind === 'delay') await pause(fault.ms ?? 1000, tools.closing)

  const url = urlOf(tools.options, call.target)
  const body = has('garbage') ? '{"code":1,"data":' : call.body
  const seq = tools.wire.start({
    atMs: tools.clock.now(),
    direction: 'out',
    interfaceId: call.interfaceId,
    target: url ?? call.target,
    requestBody: body,
    faults: [...call.faults, ...script].map((fault) => fault.kind),
  })
  if (url === undefined) return { ok: false, reason: '还不知道医院的回调地址' }
  if (has('cutBefore')) return { ok: false, reason: '连接在发送前断开' }
  const answer = await postJson(url, body, { signal: tools.closing, cutAfterSending: has('cutAfter') })
  if (answer.ok) tools.wire.finish(seq, answer.status, answer.body)
  return answer
}

function urlOf(options: CentreOptions, target: string): string | undefined {
  if (/^https?:\/\//.test(target)) return target
  const base = options.callbackBase()
  return base === '' ? undefined : `${base.replace(/\/+$/, '')}${target}`
}

function recordOf(call: Call, sentAtMs: number, answer: PostOutcome): CallbackRecord {
  const interfaceId = call.interfaceId === '2.3' ? '2.3' : '2.2'
  if (!answer.ok) return { interfaceId, sentAtMs, status: null, code: null, message: answer.reason }
  const read = readObject(answer.body)
  const code = read.ok ? (readCode(read.value.code) ?? null) : null
  const message = read.ok && typeof read.value.message === 'string' ? read.value.message : ''
  return { interfaceId, sentAtMs, status: answer.status, code, message }
}

function orderOf(book: OrderBook, payOrdId: string): CentreOrder {
  const order = book.byPayOrdId(payOrdId)
  if (order === undefined) throw new Error('an order vanished from the book')
  return order
}

function lost(script: readonly Fault[]): boolean {
  return script.some((fault) => fault.kind === 'loseCallback')
}

function repeats(script: readonly Fault[]): number {
  return script
    .filter((fault) => fault.kind === 'repeatCallback')
    .reduce((sum, fault) => sum + Number(fault.value ?? '1'), 0)
}
