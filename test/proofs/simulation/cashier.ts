import { createHash } from 'node:crypto'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import type { VirtualCentre } from './centre.ts'
import type { VirtualDesk } from './desk.ts'
import { findOut } from './find-out.ts'
import type { Ledger } from './ledger.ts'
import type { Click, Step } from './steps.ts'
import type { VirtualTime } from './virtual-time.ts'

/** One call through the contract, as a window makes it. */
type AnyCall = { [N in ProcedureName]: { readonly name: N; readonly input: Input<N> } }[ProcedureName]

/** Whom a step is about. */
export interface Patient {
  readonly medOrgOrd: string
  readonly idNo: string
}

/** How long a window waits for an answer that the dead process owes it. */
const GIVEN_UP_AFTER_MS = 35_000

/** The people at the desk's windows, who click twice, click again, and repeat what was never answered. */
export class Cashier {
  readonly #desk: VirtualDesk
  readonly #centre: VirtualCentre
  readonly #time: VirtualTime
  readonly #ledger: Ledger
  /** Commands that the window never heard of, because the process ended. */
  #lost: AnyCall[] = []
  #commands = 0

  constructor(parts: { desk: VirtualDesk; centre: VirtualCentre; time: VirtualTime; ledger: Ledger }) {
    this.#desk = parts.desk
    this.#centre = parts.centre
    this.#time = parts.time
    this.#ledger = parts.ledger
  }

  click(step: Extract<Step, { clicks: Click }>, patient: Patient): void {
    const first = this.#commandOf(step, patient)
    this.#call(first)
    if (step.clicks === 'twice') this.#call(this.#commandOf(step, patient))
    if (step.clicks === 'again') this.#time.after(1_000, () => this.#call(first))
  }

  refresh(medOrgOrd: string): void {
    this.#call({ name: 'orders.refresh', input: { medOrgOrd } })
  }

  /** Sends again, with the same numbers, what was never answered. */
  repeatLost(): void {
    for (const call of this.#lost.splice(0)) this.#call(call)
  }

  /** Ends an unknown outcome by what the centre says on the telephone. */
  decide(medOrgOrd: string, wrong: boolean): void {
    const { life } = this.#desk
    const found = life === undefined ? undefined : findOut(life.reader, medOrgOrd, this.#centre, this.#ledger)
    if (found === undefined) return
    // What went back is looked up in the centre's book: nobody gives back twice on hearsay.
    const happened = wrong && found.kind !== 'refund' ? !found.happened : found.happened
    const outcome = happened ? 'happened' : 'didNotHappen'
    const evidence = { evidenceKind: 'telephone', note: '电话询问了中心' } as const
    const requestId = this.#nextId()
    const { operationId } = found
    this.#call({ name: 'orders.decide', input: { requestId, medOrgOrd, operationId, outcome, ...evidence } })
  }

  #call(call: AnyCall): void {
    const { life } = this.#desk
    if (life === undefined) {
      this.#hear(call, undefined)
      return
    }
    let answered = false
    void this.#desk.call(call.name, call.input).then((answer) => {
      answered = true
      if (!life.dead) this.#hear(call, answer)
    })
    // A call whose process is killed never answers.
    this.#time.after(GIVEN_UP_AFTER_MS, () => {
      if (!answered && life.dead) this.#hear(call, undefined)
    })
  }

  #hear(call: AnyCall, answer: Answer<ProcedureName> | undefined): void {
    const words = answer === undefined ? 'lost' : answer.ok ? 'ok' : answer.error.code
    this.#ledger.note(`answer ${call.name} ${words}`)
    if (words === 'INTERNAL') this.#ledger.violate('no bug is met', call.name)
    if (answer === undefined && 'requestId' in call.input) this.#lost.push(call)
  }

  #commandOf(step: Extract<Step, { clicks: Click }>, { medOrgOrd, idNo }: Patient): AnyCall {
    const requestId = this.#nextId()
    switch (step.do) {
      case 'upload':
        return { name: 'counter.upload', input: { requestId, medOrgOrd, ecToken: this.#scan() } }
      case 'reupload':
        return { name: 'counter.reupload', input: { requestId, medOrgOrd, ecToken: this.#scan() } }
      case 'revoke':
        return { name: 'counter.revoke', input: { requestId, medOrgOrd } }
      case 'refund': {
        const scan = step.channel === 'offline' ? { ecToken: this.#scan() } : {}
        const { type: refdType, channel: refChannel } = step
        const input = { requestId, medOrgOrd, refdType, refChannel, reason: '患者要求', ...scan }
        return { name: 'refunds.start', input }
      }
      case 'notice':
        return { name: 'notices.send', input: { requestId, idNo, ...NOTICE } }
    }
  }

  /** Counted, so that a repeat of the run has the same. */
  #nextId(): string {
    this.#commands += 1
    return `00000000-0000-4000-8000-${String(this.#commands).padStart(12, '0')}`
  }

  /** A fresh token of the published form; none of them may ever stand in a file. */
  #scan(): string {
    const digest = createHash('sha256').update(`token ${this.#commands}`).digest('hex')
    const token = `990101ec${digest.slice(0, 30)}`
    this.#ledger.tokens.push(token)
    return token
  }
}

const NOTICE = { psnName: '虚构甲', idType: '01', msgType: '1', channel: '' } as const
