import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { DeskProcess } from '../lib/desk-process.ts'

const EC_TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'
const chargesSchema = z.object({ charges: z.array(z.object({ medOrgOrd: z.string(), state: z.string() })) })

/** A cashier who uploads one charge after the other, and after a crash sends the very same command again. */
export class Uploads {
  readonly #requests = new Map<string, string>()
  #pending: string | undefined
  #working: Promise<void> = Promise.resolve()

  /** How many commands were given; each at most one upload. */
  get commands(): number {
    return this.#requests.size
  }

  begin(desk: DeskProcess): void {
    // The process dies in the middle of it: that is what the next life goes on from.
    this.#working = this.#work(desk).catch(() => undefined)
  }

  end(): Promise<void> {
    return this.#working
  }

  async #work(desk: DeskProcess): Promise<void> {
    for (let steps = 0; steps < 1_000; steps += 1) {
      const medOrgOrd = this.#pending ?? (await this.#nextCharge(desk))
      if (medOrgOrd === undefined) return
      this.#pending = medOrgOrd
      const requestId = this.#requests.get(medOrgOrd) ?? randomUUID()
      this.#requests.set(medOrgOrd, requestId)
      await desk.call('counter.upload', { requestId, medOrgOrd, ecToken: EC_TOKEN })
      this.#pending = undefined
    }
  }

  async #nextCharge(desk: DeskProcess): Promise<string | undefined> {
    const { charges } = chargesSchema.parse((await desk.call('charges.search', {})).value)
    return charges.find(({ medOrgOrd, state }) => state === 'created' && !this.#requests.has(medOrgOrd))?.medOrgOrd
  }
}
