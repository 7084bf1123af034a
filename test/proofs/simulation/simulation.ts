import { createHash } from 'node:crypto'
import type { AppOptions } from '#main/app.ts'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { parseWireTime } from '#shared/domain/time.ts'
import { VirtualCentre } from './centre.ts'
import { VirtualDesk } from './desk.ts'
import { ORDERS } from './generate.ts'
import { VirtualHospital } from './hospital.ts'
import { lookAtEnds, lookAtHospital, lookAtTruth, lookForTokens } from './last-look.ts'
import { Ledger } from './ledger.ts'
import { chance } from './random.ts'
import type { Click, Step } from './steps.ts'
import { atRest, VirtualTime } from './virtual-time.ts'
import { readOrders, Watch } from './watch.ts'
import { Wire } from './wire.ts'

/** What a negative control does differently from the product, put around its parts from outside. */
export interface Variant {
  /** Replaces parts of the product for the length of a run. @returns what puts them back. */
  readonly replace?: () => () => void
  readonly network?: (
    network: NonNullable<AppOptions['network']>,
    time: VirtualTime,
  ) => NonNullable<AppOptions['network']>
  /** Changes the database of a life that has just started. */
  readonly tamper?: (database: string) => void
}

const START_MS = parseWireTime('2026-11-23 13:00:00') ?? 0
/** After the last step: what is under way ends, a healed network, and the ladder's slow rungs. */
const SETTLE_MS = 60_000
const HEALED_MS = 12 * 60_000

const CONFIG = settingsSchema.parse({
  environment: 'test',
  centre: { baseUrl: 'http://centre.sim', writeTimeoutMs: 30_000, queryTimeoutMs: 10_000 },
  his: { source: 'http', http: { baseUrl: 'http://hospital.sim' } },
  // Backups run in a worker, in a time of their own.
  backup: { keepDays: 0 },
})

/** Plays one script from the first step to the healed end. The same script gives the same ledger, to the letter. */
export async function playScript(script: readonly Step[], variant: Variant = {}): Promise<Ledger> {
  const putBack = variant.replace?.()
  const simulation = new Simulation(variant)
  try {
    await simulation.play(script)
    return simulation.ledger
  } finally {
    await simulation.close()
    putBack?.()
  }
}

type AnyCall = { [N in ProcedureName]: { readonly name: N; readonly input: Input<N> } }[ProcedureName]

class Simulation {
  readonly #time = new VirtualTime(START_MS)
  readonly ledger = new Ledger(() => this.#time.now())
  readonly #folder = tempFolder()
  readonly #hospital = new VirtualHospital(CONFIG, this.#time)
  readonly #wire: Wire
  readonly #centre: VirtualCentre
  readonly #desk: VirtualDesk
  readonly #watch: Watch
  #charges: Awaited<ReturnType<VirtualHospital['charges']>> = []
  /** Commands that the window never heard of, because the process ended. */
  #lost: AnyCall[] = []
  #commands = 0

  constructor({ network, tamper }: Variant) {
    const { ledger } = this
    const parts = { config: CONFIG, time: this.#time, ledger, hospital: this.#hospital }
    this.#wire = new Wire({ ...parts, centre: () => this.#centre, desk: () => this.#desk })
    this.#centre = new VirtualCentre({
      options: {
        ...CONFIG.centre,
        port: 0,
        callbackBase: () => '',
        callbackPaths: CONFIG.listener.paths,
        payAfterMs: null,
      },
      time: this.#time,
      ledger,
      tell: (...message) => this.#wire.tell(...message),
    })
    this.#desk = new VirtualDesk({
      ...parts,
      folder: this.#folder.path,
      random: chance(1).next,
      networkOf: (life) => {
        const honest = this.#wire.networkOf(life)
        return network?.(honest, this.#time) ?? honest
      },
      tamper,
    })
    this.#watch = new Watch({ ledger, desk: () => this.#desk, centre: () => this.#centre })
  }

  async play(script: readonly Step[]): Promise<void> {
    this.#charges = await this.#hospital.charges(ORDERS)
    await this.#desk.start()
    for (const step of script) {
      await this.#pass(step.afterMs)
      this.ledger.note(`step ${JSON.stringify(step)}`)
      await this.#take(step)
      await atRest()
      this.#watch.look()
    }
    await this.#end()
  }

  async close(): Promise<void> {
    await this.#desk.close()
    this.#folder[Symbol.dispose]()
  }

  /** Everything heals, everything is asked, and everything that was acknowledged comes once more. */
  async #end(): Promise<void> {
    await this.#pass(SETTLE_MS)
    this.#wire.plan.clear()
    this.#centre.tellTruth()
    this.#hospital.isUp = true
    if (this.#desk.life === undefined) await this.#desk.start()
    await this.#pass(HEALED_MS)
    const ended = this.#desk.life
    if (ended === undefined) throw new Error('the desk did not come back')
    lookAtEnds(this.ledger, ended)
    await this.#askAboutAll()
    lookAtTruth(this.ledger, ended, this.#centre)
    lookAtHospital(this.ledger, ended, this.#hospital)
    await this.#replay()
    lookForTokens(this.ledger, ended.folder)
    this.ledger.note(JSON.stringify(readOrders(ended.reader)))
  }

  /** Three times: the desk asks by the centre's number, and every third time by the hospital's. */
  async #askAboutAll(): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      for (const { medOrgOrd } of this.#charges) this.#call({ name: 'orders.refresh', input: { medOrgOrd } })
      await this.#pass(SETTLE_MS / 3)
    }
  }

  #pass(ms: number): Promise<void> {
    return this.#time.pass(ms, () => this.#watch.look())
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'upload':
      case 'reupload':
      case 'revoke':
      case 'refund':
      case 'notice':
        return this.#click(step.clicks, () => this.#commandOf(step))
      case 'refresh':
        return this.#call({ name: 'orders.refresh', input: { medOrgOrd: this.#number(step.order) } })
      case 'patient':
        // Not awaited: a payment of his own asks the desk for the charge first, which takes its time.
        return void this.#centre.patient(this.#number(step.order), step.act).catch((error: unknown) => {
          this.ledger.violate('no bug is met', String(error))
        })
      case 'requestFault': {
        const about = step.on === '1.8' ? (this.#charges[step.order]?.idNo ?? '') : this.#number(step.order)
        return this.#wire.plan.onRequest(step.on, about, step)
      }
      case 'callbackFault':
        return this.#wire.plan.onCallback(step.on, this.#number(step.order), step)
      case 'tell':
        this.#centre.tellAgain(this.#number(step.order), step.how)
        return
      case 'says':
        return this.#centre.says(this.#number(step.order), step.code, step.ms)
      case 'hospital':
        this.#hospital.isUp = step.up
        return
      case 'kill':
        return this.#desk.kill()
      case 'restart':
        return this.#restart()
      case 'repeatLost':
        for (const call of this.#lost.splice(0)) this.#call(call)
        return
      case 'replay':
        return this.#replay()
    }
  }

  /** A program that closes waits for what it has under way; time must go on for that. */
  async #restart(): Promise<void> {
    const restarted = this.#desk.restart()
    let done = false
    void restarted.finally(() => {
      done = true
    })
    for (let waited = 0; !done && waited < 60; waited += 1) await this.#pass(1_000)
    if (!done) this.ledger.violate('the desk closes', 'the desk did not close within a minute')
    await restarted
  }

  #click(clicks: Click, command: () => AnyCall): void {
    const first = command()
    this.#call(first)
    if (clicks === 'twice') this.#call(command())
    if (clicks === 'again') this.#time.after(1_000, () => this.#call(first))
  }

  #call(call: AnyCall): void {
    const said = (answer: Answer<ProcedureName> | undefined) => {
      const words = answer === undefined ? 'lost' : answer.ok ? 'ok' : answer.error.code
      this.ledger.note(`answer ${call.name} ${words}`)
      if (answer?.ok === false && answer.error.code === 'INTERNAL') this.ledger.violate('no bug is met', call.name)
      if (answer === undefined && 'requestId' in call.input) this.#lost.push(call)
    }
    if (this.#desk.life === undefined) {
      said(undefined)
      return
    }
    // A call whose process is killed never answers; the window gives it up when it hears of the end.
    let answered = false
    const life = this.#desk.life
    void this.#desk.call(call.name, call.input).then((answer) => {
      answered = true
      if (!life.dead) said(answer)
    })
    this.#time.after(CALL_GIVEN_UP_MS, () => {
      if (!answered && life.dead) said(undefined)
    })
  }

  #commandOf(step: Extract<Step, { clicks: Click }>): AnyCall {
    const medOrgOrd = this.#number(step.order)
    const requestId = this.#nextId()
    switch (step.do) {
      case 'upload':
        return { name: 'counter.upload', input: { requestId, medOrgOrd, ecToken: this.#token() } }
      case 'reupload':
        return { name: 'counter.reupload', input: { requestId, medOrgOrd, ecToken: this.#token() } }
      case 'revoke':
        return { name: 'counter.revoke', input: { requestId, medOrgOrd } }
      case 'refund': {
        const scan = step.channel === 'offline' ? { ecToken: this.#token() } : {}
        const { type: refdType, channel: refChannel } = step
        return {
          name: 'refunds.start',
          input: { requestId, medOrgOrd, refdType, refChannel, reason: '患者要求', ...scan },
        }
      }
      case 'notice': {
        const idNo = this.#charges[step.order]?.idNo ?? ''
        return {
          name: 'notices.send',
          input: { requestId, psnName: '虚构甲', idType: '01', idNo, msgType: '1', channel: '' },
        }
      }
    }
  }

  /** Everything that was acknowledged comes again: the same bytes are answered, and no order moves. */
  async #replay(): Promise<void> {
    const { life } = this.#desk
    if (life?.handler === undefined) return
    const before = JSON.stringify(readOrders(life.reader))
    for (const { interfaceId, body, answerBody } of [...this.ledger.acknowledged]) {
      const answer = await life.handler({ interfaceId, body, caller: '127.0.0.1', receivedAtMs: this.#time.now() })
      await atRest()
      if (answer.body !== answerBody) this.ledger.violate('replay changes nothing', 'a repeat was answered otherwise')
    }
    const after = JSON.stringify(readOrders(life.reader))
    if (after !== before) this.ledger.violate('replay changes nothing', `${before} became ${after}`)
  }

  #number(order: number): string {
    return this.#charges[order % this.#charges.length]?.medOrgOrd ?? ''
  }

  /** Counted, so that a repeat of the run has the same. */
  #nextId(): string {
    this.#commands += 1
    return `00000000-0000-4000-8000-${String(this.#commands).padStart(12, '0')}`
  }

  #token(): string {
    const digest = createHash('sha256').update(`token ${this.#commands}`).digest('hex')
    const token = `990101ec${digest.slice(0, 30)}`
    this.ledger.tokens.push(token)
    return token
  }
}

/** How long a window waits for an answer that the dead process owes it. */
const CALL_GIVEN_UP_MS = 35_000
