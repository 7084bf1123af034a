import { createHash } from 'node:crypto'
import type { VoucherPerson } from '#main/decoder/voucher-decoder.ts'
import type { Clock } from '#shared/domain/time.ts'

/** A desk serves one patient at a time; more than these at once is no desk. */
const MOST = 16
/** The window drops a token when its life is over; the main process remembers whose it is a little longer than that. */
const GRACE_MS = 60_000

interface Held {
  readonly person: VoucherPerson
  readonly untilMs: number
}

/** Whose token is whose: what the decoding told, in memory only, gone after use and when the token's life is over. */
export class ScanMemory {
  readonly #held = new Map<string, Held>()
  readonly #clock: Clock
  readonly #lifeMs: number

  constructor(clock: Clock, tokenLifeMs: number) {
    this.#clock = clock
    this.#lifeMs = tokenLifeMs + GRACE_MS
  }

  remember(ecToken: string, person: VoucherPerson): void {
    this.#dropOld()
    const [oldest] = this.#held.keys()
    if (this.#held.size >= MOST && oldest !== undefined) this.#held.delete(oldest)
    this.#held.set(keyOf(ecToken), { person, untilMs: this.#clock.now() + this.#lifeMs })
    // Nobody may ask again for a long time: what is over goes by itself.
    setTimeout(() => this.#dropOld(), this.#lifeMs + 1).unref()
  }

  personOf(ecToken: string | undefined): VoucherPerson | undefined {
    this.#dropOld()
    return ecToken === undefined ? undefined : this.#held.get(keyOf(ecToken))?.person
  }

  forget(ecToken: string | undefined): void {
    if (ecToken !== undefined) this.#held.delete(keyOf(ecToken))
  }

  #dropOld(): void {
    const nowMs = this.#clock.now()
    for (const [key, { untilMs }] of this.#held) if (nowMs >= untilMs) this.#held.delete(key)
  }
}

/** The token itself is not kept. */
function keyOf(ecToken: string): string {
  return createHash('sha256').update(ecToken).digest('base64')
}
