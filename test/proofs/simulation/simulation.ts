import type { AppOptions } from '#main/app.ts'
import { tempFolder } from '#scripts/lib/temp-folder.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { parseWireTime } from '#shared/domain/time.ts'
import { Cashier, type Patient } from './cashier.ts'
import { VirtualCentre } from './centre.ts'
import { VirtualDesk } from './desk.ts'
import { ORDERS } from './generate.ts'
import { VirtualHospital } from './hospital.ts'
import { lookAtEnds, lookAtHospital, lookAtTruth, lookForTokens } from './last-look.ts'
import { countOne, Ledger } from './ledger.ts'
import { chance } from './random.ts'
import type { Step } from './steps.ts'
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

class Simulation {
  readonly #time = new VirtualTime(START_MS)
  readonly ledger = new Ledger(() => this.#time.now())
  readonly #folder = tempFolder()
  readonly #hospital = new VirtualHospital(CONFIG, this.#time)
  readonly #wire: Wire
  readonly #centre: VirtualCentre
  readonly #desk: VirtualDesk
  readonly #watch: Watch
  readonly #cashier: Cashier
  #patients: readonly Patient[] = []

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
    this.#cashier = new Cashier({ desk: this.#desk, centre: this.#centre, time: this.#time, ledger })
    this.#watch = new Watch({ ledger, desk: () => this.#desk, centre: () => this.#centre })
  }

  async play(script: readonly Step[]): Promise<void> {
    this.#patients = await this.#hospital.charges(ORDERS)
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
    const orders = readOrders(ended.reader)
    for (const { state } of orders) countOne(this.ledger.counts.ends, state)
    this.ledger.note(JSON.stringify(orders))
  }

  /** Three times: the desk asks by the centre's number, and every third time by the hospital's. */
  async #askAboutAll(): Promise<void> {
    for (let times = 0; times < 3; times += 1) {
      for (const { medOrgOrd } of this.#patients) this.#cashier.refresh(medOrgOrd)
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
        return this.#cashier.click(step, this.#patient(step.order))
      case 'refresh':
        return this.#cashier.refresh(this.#number(step.order))
      case 'decide':
        return this.#cashier.decide(this.#number(step.order), step.wrong)
      case 'patient':
        // Not awaited: a payment of his own asks the desk for the charge first, which takes its time.
        return void this.#centre.patient(this.#number(step.order), step.act).catch((error: unknown) => {
          this.ledger.violate('no bug is met', String(error))
        })
      case 'requestFault': {
        const { medOrgOrd, idNo } = this.#patient(step.order)
        return this.#wire.plan.onRequest(step.on, step.on === '1.8' ? idNo : medOrgOrd, step)
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
        return this.#cashier.repeatLost()
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
    return this.#patient(order).medOrgOrd
  }

  #patient(order: number): Patient {
    const patient = this.#patients[order % this.#patients.length]
    if (patient === undefined) throw new Error('the hospital has no patients')
    return patient
  }
}
