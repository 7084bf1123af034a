import { MAX_REPLY_BYTES, type MaybeSentReason, type TransportResult } from '#main/http/transport.ts'
import { JsonNumber, type JsonObject } from '#shared/centre/json.ts'
import { describeProblems, type ReplyRead, readObject } from '#shared/centre/wire-read.ts'
import type { CentreOutcome, Exchange, OrderNumbers, UnknownReason } from './centre-client.ts'

interface Reading<T> {
  readonly read: (bodyText: string) => ReplyRead<T>
  readonly about: OrderNumbers
}

/** Longest text of the centre that is shown; the whole of it stays in the raw body. */
const LONGEST_WORDS = 500

const LOST_WORDS: Readonly<Record<MaybeSentReason, string>> = {
  timeout: '在限定时间内没有等到中心的完整答复',
  connectionLost: '请求发出后连接中断，没有等到中心的完整答复',
  unreadable: '中心的答复不是正确的 HTTP 报文',
  tooLarge: `中心的答复超过 ${MAX_REPLY_BYTES / 1024 / 1024} MB，没有读完`,
}

/** The three outcomes of money-safety.md, rule 2. Whatever does not prove success or failure is unknown. Pure. */
export function readOutcome<T>(result: TransportResult, reading: Reading<T>, exchange: Exchange): CentreOutcome<T> {
  if (result.kind === 'notSent') {
    return { outcome: 'failed', reason: 'notSent', code: null, words: result.words, exchange }
  }
  if (result.kind === 'maybeSent') return unknown(result.reason, LOST_WORDS[result.reason], exchange)
  return readAnswer(result, reading, exchange)
}

function readAnswer<T>(
  answer: Extract<TransportResult, { kind: 'answer' }>,
  reading: Reading<T>,
  exchange: Exchange,
): CentreOutcome<T> {
  const { status, bodyText } = answer
  const byStatus = () => unknown('httpStatus', `中心答复 HTTP ${status}`, exchange)
  const done = status >= 200 && status <= 299
  if (!done && !mayRefuse(status)) return byStatus()
  if (bodyText === null) return done ? unknown('unreadable', '中心的答复不是 UTF-8 文本', exchange) : byStatus()

  const reply = reading.read(bodyText)
  if (reply.outcome === 'unreadable') {
    return done ? unknown('unreadable', `中心的答复读不懂：${describeProblems(reply.problems)}`, exchange) : byStatus()
  }
  if (namesAnotherOrder(bodyText, reading.about)) {
    return unknown('foreign', '中心答复的是另一个订单', exchange)
  }
  if (reply.outcome === 'refused') return refused(reply, exchange)
  return done ? { outcome: 'succeeded', value: reply.value, drift: reply.drift, exchange } : byStatus()
}

/** A refusal may come with 4xx; but 408 is a gateway's time-out and says nothing of what stands behind it. */
function mayRefuse(status: number): boolean {
  return status >= 400 && status <= 499 && status !== 408
}

function refused(reply: { readonly code: string; readonly message: string }, exchange: Exchange): CentreOutcome<never> {
  const words = reply.message.trim().slice(0, LONGEST_WORDS)
  return {
    outcome: 'failed',
    reason: 'refused',
    code: reply.code,
    words: words === '' ? `中心没有受理，没有说明原因（代码 ${reply.code}）` : words,
    exchange,
  }
}

function unknown(reason: UnknownReason, words: string, exchange: Exchange): CentreOutcome<never> {
  return { outcome: 'unknown', reason, words, exchange }
}

/** A refusal about another order proves as little as a success about it; a number that is not told proves nothing. */
function namesAnotherOrder(bodyText: string, about: OrderNumbers): boolean {
  const body = readObject(bodyText)
  if (!body.ok) return false
  const data = body.value.data
  const places = [body.value, typeof data === 'object' && data !== null ? (data as JsonObject) : {}]
  return (['medOrgOrd', 'payOrdId'] as const).some((name) => {
    const asked = about[name]?.trim()
    return asked !== undefined && asked !== '' && places.some((place) => differs(place[name], asked))
  })
}

function differs(told: unknown, asked: string): boolean {
  const text = told instanceof JsonNumber ? told.text : told
  return typeof text === 'string' && text.trim() !== '' && text.trim() !== asked
}
