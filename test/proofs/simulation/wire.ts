import type { InboundAnswer } from '#main/callback-listener/callback-listener.ts'
import type { Network } from '#main/desk/network.ts'
import type { Transport, TransportRequest, TransportResult } from '#main/http/transport.ts'
import { isJsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { distort } from '#simulator/faults.ts'
import { isAcknowledged, type VirtualCentre } from './centre.ts'
import type { LifeSketch, VirtualDesk } from './desk.ts'
import { FaultPlan, type PlannedFault } from './fault-plan.ts'
import type { VirtualHospital } from './hospital.ts'
import { inspectRequest } from './inspect-request.ts'
import { countOne, type Ledger } from './ledger.ts'
import type { CallbackFault, CallbackInterface, RequestFault, RequestInterface } from './steps.ts'
import type { VirtualTime } from './virtual-time.ts'

/** One way over the wire, in ms. */
const LATENCY_MS = 20
/** What the centre waits for the desk's answer. */
const CENTRE_WAITS_MS = 10_000

export interface WireParts {
  readonly config: Settings
  readonly time: VirtualTime
  readonly ledger: Ledger
  readonly centre: () => VirtualCentre
  readonly hospital: VirtualHospital
  readonly desk: () => VirtualDesk
}

/** Everything between desk, centre and hospital: what is on its way outlives the process that sent it. */
export class Wire {
  readonly plan = new FaultPlan()
  readonly #parts: WireParts
  readonly #interfaces: ReadonlyMap<string, RequestInterface>

  constructor(parts: WireParts) {
    this.#parts = parts
    const { paths } = parts.config.centre
    this.#interfaces = new Map([
      [paths.queryOrder, '1.3'],
      [paths.refund, '1.4'],
      [paths.uploadFees, '1.6'],
      [paths.revokeUpload, '1.7'],
      [paths.notifyClinic, '1.8'],
    ])
  }

  networkOf(life: LifeSketch): Network {
    return {
      connect: (baseUrl) => this.#connect(life, baseUrl),
      listen: async ({ handler }) => {
        life.handler = handler
        return {
          status: { state: 'listening', url: 'http://desk.sim' },
          counts: () => ({ accepted: 0, refusedCallers: 0, lastAtMs: null }),
          close: async () => {
            life.handler = undefined
          },
        }
      },
    }
  }

  /** One message of the centre. @returns undefined when no answer came back to it. */
  async tell(interfaceId: CallbackInterface, body: string, medOrgOrd: string): Promise<InboundAnswer | undefined> {
    const fault = this.plan.takeForCallback(interfaceId, medOrgOrd)
    if (fault !== undefined) this.#parts.ledger.played(`${interfaceId} ${fault.kind}`)
    if (fault?.kind === 'lose') return this.#silence()
    if (fault?.kind === 'late') await this.#wait(fault.ms)
    await this.#wait(LATENCY_MS)
    if (fault?.kind === 'killBefore') this.#parts.desk().kill()
    const sent = spoiled(body, interfaceId, fault)
    const answers = [this.#handOver(interfaceId, sent, fault)]
    if (fault?.kind === 'twice') answers.push(this.#handOver(interfaceId, sent, undefined))
    const [answer] = await Promise.all(answers)
    return answer
  }

  #connect(life: LifeSketch, baseUrl: string): Transport {
    const underWay = new Set<(result: TransportResult) => void>()
    let closed = false
    return {
      send: (request) => {
        if (closed) return Promise.resolve({ kind: 'notSent', words: '程序正在关闭' })
        return new Promise((resolve) => {
          const end = (result: TransportResult) => {
            if (underWay.delete(end)) resolve(result)
          }
          underWay.add(end)
          const answer = (result: TransportResult) => {
            if (!life.dead) end(result)
          }
          life.timers.after(request.deadlineMs, () => answer({ kind: 'maybeSent', reason: 'timeout', status: null }))
          if (baseUrl === this.#parts.config.his.http.baseUrl) this.#toHospital(life, request, answer)
          else this.#toCentre(life, request, answer)
        })
      },
      close: () => {
        closed = true
        for (const end of [...underWay]) end({ kind: 'maybeSent', reason: 'connectionLost', status: null })
      },
    }
  }

  #toHospital(life: LifeSketch, { path, body }: TransportRequest, answer: (result: TransportResult) => void): void {
    const { time, hospital } = this.#parts
    if (!hospital.isUp) {
      life.timers.after(LATENCY_MS, () => answer({ kind: 'notSent', words: '连接被拒绝' }))
      return
    }
    time.after(LATENCY_MS, () => {
      void hospital.answer(path, body).then((text) => time.after(LATENCY_MS, () => answer(whole(text, time))))
    })
  }

  #toCentre(life: LifeSketch, request: TransportRequest, answer: (result: TransportResult) => void): void {
    const { time, ledger, desk, centre } = this.#parts
    const interfaceId = this.#interfaces.get(request.path)
    if (interfaceId === undefined) {
      life.timers.after(LATENCY_MS, () => answer(whole('', time)))
      return
    }
    const medOrgOrd = orderOf(request.body, centre())
    const fault = life.dead ? undefined : this.plan.takeForRequest(interfaceId, medOrgOrd)
    if (fault !== undefined) ledger.played(`${interfaceId} ${fault.kind}`)
    if (life.dead) return
    inspectRequest({ ledger, desk: desk(), interfaceId, medOrgOrd, body: request.body })
    if (fault?.kind === 'killBeforeSend') {
      desk().kill()
      return
    }
    countOne(ledger.counts.requests, interfaceId)
    ledger.note(`request ${interfaceId} ${medOrgOrd}`)
    if (this.#isKeptBack(life, fault, answer)) return
    const lateMs = fault?.kind === 'late' ? fault.ms : 0
    time.after(LATENCY_MS + lateMs, () => {
      void this.#process(interfaceId, request.body, fault).then((text) => this.#giveBack(life, text, fault, answer))
    })
    if (fault?.kind === 'killAfterSend') desk().kill()
  }

  /** Faults before the centre has seen anything. */
  #isKeptBack(
    life: LifeSketch,
    fault: PlannedFault<RequestFault> | undefined,
    answer: (result: TransportResult) => void,
  ): boolean {
    if (fault?.kind === 'refuse') life.timers.after(LATENCY_MS, () => answer({ kind: 'notSent', words: '连接被拒绝' }))
    if (fault?.kind === 'cutBefore') life.timers.after(LATENCY_MS, () => answer(LOST))
    return fault?.kind === 'refuse' || fault?.kind === 'cutBefore' || fault?.kind === 'silentBefore'
  }

  #process(interfaceId: RequestInterface, body: string, fault: PlannedFault<RequestFault> | undefined) {
    if (fault?.kind === 'no') return Promise.resolve('{"code":9999,"message":"按剧本拒绝"}')
    return this.#parts.centre().answer(interfaceId, body, fault?.kind === 'halfRefund')
  }

  /** The answer's way back, as this fault lets it come. */
  #giveBack(
    life: LifeSketch,
    text: string,
    fault: PlannedFault<RequestFault> | undefined,
    answer: (result: TransportResult) => void,
  ): void {
    const { time, desk } = this.#parts
    if (fault?.kind === 'killAfterProcessing' && !life.dead) desk().kill()
    if (fault?.kind === 'killAfterProcessing' || fault?.kind === 'silentAfter') return
    time.after(fault?.kind === 'slow' ? fault.ms : LATENCY_MS, () => answer(resultOf(text, fault, time)))
    // The next thing that happens: the answer is taken in and committed, and the window has not heard of it.
    if (fault?.kind === 'killAfterAnswer') time.after(LATENCY_MS, () => !life.dead && desk().kill())
  }

  /** The desk's own handler, and the way back of its answer. */
  async #handOver(
    interfaceId: CallbackInterface,
    body: string,
    fault: PlannedFault<CallbackFault> | undefined,
  ): Promise<InboundAnswer | undefined> {
    const { desk, time, ledger } = this.#parts
    const life = desk().life
    if (life?.handler === undefined) return this.#silence()
    ledger.counts.callbacks += 1
    ledger.note(`callback ${interfaceId}`)
    const handling = life.handler({ interfaceId, body, caller: '127.0.0.1', receivedAtMs: time.now() })
    if (fault?.kind === 'killDuring') desk().kill()
    const answer = await handling
    if (life.dead || fault?.kind === 'cutAfter') return this.#silence()
    if (isAcknowledged(answer) && interfaceId !== '2.1') {
      ledger.counts.acknowledged += 1
      ledger.acknowledged.push({ interfaceId, body, answerBody: answer.body })
    }
    ledger.note(`callback ${interfaceId} answered ${answer.status} ${isAcknowledged(answer) ? 'yes' : 'no'}`)
    if (fault?.kind === 'killAfterAck') desk().kill()
    await this.#wait(LATENCY_MS)
    return answer
  }

  async #silence(): Promise<undefined> {
    await this.#wait(CENTRE_WAITS_MS)
    return undefined
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#parts.time.after(ms, resolve))
  }
}

const LOST: TransportResult = { kind: 'maybeSent', reason: 'connectionLost', status: null }

/** What the desk's side of the wire makes of the answer. */
function resultOf(text: string, fault: PlannedFault<RequestFault> | undefined, time: VirtualTime): TransportResult {
  switch (fault?.kind) {
    case 'cutAfter':
    case 'halfRefund':
      return LOST
    case 'garbage':
      return whole('{"code":1,"data":', time)
    case 'badGateway':
      return { ...whole('', time), status: 502 }
    case 'foreign':
      return whole(aboutAnother(text), time)
    default:
      return whole(text, time)
  }
}

function whole(bodyText: string, time: VirtualTime): Extract<TransportResult, { kind: 'answer' }> {
  return { kind: 'answer', status: 200, bodyText, dateAtMs: time.now() }
}

/** The hospital's number of the order that a request is about; the person's for a notice. */
function orderOf(body: string, centre: VirtualCentre): string {
  const value = parseJson(body)?.value
  if (!isJsonObject(value)) return ''
  const { medOrgOrd, payOrdId, idNo } = value
  if (typeof medOrgOrd === 'string') return medOrgOrd
  if (typeof payOrdId === 'string') return centre.orderOfPayOrdId(payOrdId)?.medOrgOrd ?? ''
  return typeof idNo === 'string' ? idNo : ''
}

function aboutAnother(text: string): string {
  const value = parseJson(text)?.value
  if (!isJsonObject(value)) return text
  return stringifyJson({ ...value, data: { ...(isJsonObject(value.data) ? value.data : {}), medOrgOrd: 'MZ-ANOTHER' } })
}

const SPOILS = { badIdentity: 'badIdentity', otherMoney: 'otherMoney', foreign: 'otherOrder' } as const

function spoiled(body: string, interfaceId: CallbackInterface, fault: PlannedFault<CallbackFault> | undefined): string {
  const kind = fault?.kind
  if (kind !== 'badIdentity' && kind !== 'otherMoney' && kind !== 'foreign') return body
  const value = parseJson(body)?.value
  return isJsonObject(value) ? stringifyJson(distort(value, [{ interface: interfaceId, kind: SPOILS[kind] }])) : body
}
