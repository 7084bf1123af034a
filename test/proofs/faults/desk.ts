import { randomUUID } from 'node:crypto'
import { type App, startApp } from '#main/app.ts'
import { type Network, sockets } from '#main/desk/network.ts'
import type { Order, TimelineKind } from '#shared/contract/orders.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { parseWireTime } from '#shared/domain/time.ts'
import type { Call, Ending } from './calls.ts'
import type { RawCentre } from './raw-centre.ts'

/** Total deadlines of a read and of a write, in ms. */
export interface Deadlines {
  readonly queryTimeoutMs: number
  readonly writeTimeoutMs: number
}

/** What came of one call, as the contract tells it. */
export interface Observed {
  readonly ending: Ending
  /** Order, operation and locks are what that ending demands; else what they are. */
  readonly wrong: string | undefined
  /** From the press of the button to its answer. */
  readonly elapsedMs: number
}

/** The real app behind the real contract, before a raw centre. Its clock stands still, so it never asks by itself. */
export interface FaultDesk {
  /** Brings an order to where the call is legal, with honest answers. @returns its number, or a person's. */
  prepare(call: Call, centre: RawCentre): Promise<string>
  press(call: Call, number: string): Promise<Observed>
  close(): Promise<void>
}

const EC_TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const NOW_MS = parseWireTime('2026-11-23 10:00:00') ?? 0
const DAY_MS = 24 * 60 * 60 * 1000
/** The deadlines of the table are short, and a busy machine may miss an honest one. */
const PREPARED_WITHIN = 10

export async function startFaultDesk(
  dataDir: string,
  centreUrl: string,
  deadlines: Deadlines,
  network: Network = sockets,
): Promise<FaultDesk> {
  const config = settingsSchema.parse({
    environment: 'test',
    centre: { baseUrl: centreUrl, ...deadlines },
    listener: { port: 0 },
  })
  const started = await startApp({ dataDir, config, network, clock: { now: () => NOW_MS }, random: () => 0 })
  if (!started.ok) throw new Error(started.error.words)
  return new RunningFaultDesk(started.value)
}

class RunningFaultDesk implements FaultDesk {
  readonly #app: App
  #used = 0

  constructor(app: App) {
    this.#app = app
  }

  async prepare(call: Call, centre: RawCentre): Promise<string> {
    for (let left = PREPARED_WITHIN; left > 0; left -= 1) {
      const number = await this.#tryToPrepare(call, centre)
      if (number !== undefined) return number
    }
    throw new Error(`could not prepare an order for a ${call} in ${PREPARED_WITHIN} tries`)
  }

  /** @returns undefined when a busy machine missed a deadline on the way. */
  async #tryToPrepare(call: Call, centre: RawCentre): Promise<string | undefined> {
    this.#used += 1
    if (call === 'notice') return `9901011990010${String(this.#used).padStart(5, '0')}`
    // The simulated hospital has the same charge every day: each case takes another day of the past.
    const day = new Date(NOW_MS - this.#used * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
    const medOrgOrd = `MZ${day}000101`
    if (call === 'upload') return medOrgOrd
    if (!isIn('uploaded', await this.#send('upload', medOrgOrd))) return undefined
    if (call !== 'refund') return medOrgOrd
    centre.pay(medOrgOrd)
    return isIn('settled', await this.#send('query', medOrgOrd)) ? medOrgOrd : undefined
  }

  async press(call: Call, number: string): Promise<Observed> {
    const startedAtMs = performance.now()
    const answer = await this.#send(call, number)
    const elapsedMs = performance.now() - startedAtMs
    if (call === 'notice') return { elapsedMs, ...(await this.#readNotice(answer, number)) }
    const order = await this.#order(number)
    return { elapsedMs, ...(call === 'query' ? readQuery(answer, order) : await this.#readWrite(call, order)) }
  }

  close(): Promise<void> {
    return this.#app.close()
  }

  /** The order must stand where the ending says, and after an unknown one nothing more may be sent. */
  async #readWrite(call: 'upload' | 'revoke' | 'refund', order: Order): Promise<Omit<Observed, 'elapsedMs'>> {
    const ending = endingOf(call, order.timeline.at(-1)?.kind, order.timeline.at(-2)?.kind)
    const stands = `${order.state}/${order.operation?.state}`
    const demanded = DEMANDED[call][ending]
    if (stands !== demanded) return { ending, wrong: `stands ${stands}, should ${demanded}` }
    if (ending !== 'unknown') return { ending, wrong: undefined }
    const again = await this.#send(call, order.medOrgOrd)
    const code = again.ok ? 'ok' : again.error.code
    return { ending, wrong: code === 'OUTCOME_UNKNOWN' ? undefined : `pressed again: ${code}` }
  }

  async #readNotice(answer: Answer<ProcedureName>, idNo: string): Promise<Omit<Observed, 'elapsedMs'>> {
    const code = answer.ok ? 'ok' : answer.error.code
    const ending = NOTICE_ENDINGS[code]
    if (ending === undefined) return { ending: 'unknown', wrong: `answered ${code}` }
    const { notices } = expectOk(await this.#call('notices.list', { limit: 200 }))
    const state = notices.find(({ maskedIdNo }) => maskedIdNo.endsWith(idNo.slice(-4)))?.state
    const demanded = ending === 'notSent' || ending === 'refused' ? 'failed' : ending
    return { ending, wrong: state === demanded ? undefined : `the notice is ${state}, should be ${demanded}` }
  }

  async #order(medOrgOrd: string): Promise<Order> {
    return expectOk(await this.#call('orders.get', { medOrgOrd }))
  }

  #send(call: Call, number: string): Promise<Answer<ProcedureName>> {
    const requestId = randomUUID()
    const medOrgOrd = number
    switch (call) {
      case 'query':
        return this.#call('orders.refresh', { medOrgOrd })
      case 'upload':
        return this.#call('counter.upload', { requestId, medOrgOrd, ecToken: EC_TOKEN })
      case 'revoke':
        return this.#call('counter.revoke', { requestId, medOrgOrd })
      case 'refund':
        return this.#call('refunds.start', { requestId, medOrgOrd, ...REFUND })
      case 'notice':
        return this.#call('notices.send', { requestId, idNo: number, ...NOTICE })
    }
  }

  #call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>> {
    return this.#app.dispatcher.call(name, input, this.#app.operator()) as Promise<Answer<N>>
  }
}

const REFUND = { refdType: 'ALL', refChannel: 'online', reason: '患者要求' } as const
const NOTICE = { psnName: '虚构甲', idType: '01', msgType: '1', channel: '' } as const

/** Order and operation after each ending. */
const DEMANDED: Readonly<Record<'upload' | 'revoke' | 'refund', Readonly<Record<Ending, string>>>> = {
  upload: {
    succeeded: 'uploaded/succeeded',
    refused: 'failed/failed',
    notSent: 'failed/failed',
    unknown: 'unknown/unknown',
  },
  revoke: {
    succeeded: 'revoked/succeeded',
    refused: 'uploaded/failed',
    notSent: 'uploaded/failed',
    unknown: 'unknown/unknown',
  },
  refund: {
    succeeded: 'refunded/succeeded',
    refused: 'settled/failed',
    notSent: 'settled/failed',
    unknown: 'refunding/unknown',
  },
}

const NOTICE_ENDINGS: Readonly<Record<string, Ending>> = {
  ok: 'succeeded',
  CENTRE_REFUSED: 'refused',
  CENTRE_UNREACHABLE: 'notSent',
  OUTCOME_UNKNOWN: 'unknown',
}

/** The timeline's own word for the ending; a change of state may stand behind it. */
function endingOf(call: string, ...kinds: readonly (TimelineKind | undefined)[]): Ending {
  const words = { Succeeded: 'succeeded', Refused: 'refused', NotSent: 'notSent', Unknown: 'unknown' } as const
  for (const [word, ending] of Object.entries(words)) {
    if (kinds.some((kind) => kind === `${call}${word}`)) return ending
  }
  throw new Error(`${call} ended in ${kinds.join(', ')}`)
}

/** A question changes nothing but by an answer. */
function readQuery(answer: Answer<ProcedureName>, order: Order): Omit<Observed, 'elapsedMs'> {
  const code = answer.ok ? 'ok' : answer.error.code
  const ending = code === 'ok' ? 'succeeded' : code === 'CENTRE_REFUSED' ? 'refused' : 'unknown'
  const demanded = ending === 'succeeded' ? 'paying' : 'uploaded'
  return { ending, wrong: order.state === demanded ? undefined : `the order is ${order.state}, should be ${demanded}` }
}

function isIn(state: string, answer: Answer<ProcedureName>): boolean {
  return answer.ok && 'state' in answer.value && answer.value.state === state
}

function expectOk<T>(answer: { ok: true; value: T } | { ok: false; error: { code: string; message: string } }): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
  return answer.value
}
