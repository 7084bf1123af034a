import type { Clock, Timers } from '#shared/domain/time.ts'

interface Due {
  readonly atMs: number
  /** Ties are run in the order in which they were set. */
  readonly serial: number
  readonly run: () => void
  readonly isTick: boolean
  called: boolean
}

/** One clock for everybody in the simulation, moved by nothing but `pass`. */
export class VirtualTime implements Clock {
  #nowMs: number
  #serial = 0
  /** The soonest last. */
  readonly #queue: Due[] = []

  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  /** @returns what calls it off. */
  after(ms: number, run: () => void): () => void {
    return this.#put(ms, run, false)
  }

  /** The next tick of a clockwork, which mostly finds nothing to do; only when it found something is it watched. */
  tick(ms: number, run: () => void): () => void {
    return this.#put(ms, run, true)
  }

  #put(ms: number, run: () => void, isTick: boolean): () => void {
    this.#serial += 1
    const due: Due = { atMs: this.#nowMs + Math.max(0, ms), serial: this.#serial, run, isTick, called: false }
    let at = this.#queue.length
    while (at > 0 && isSooner(this.#queue[at - 1], due)) at -= 1
    this.#queue.splice(at, 0, due)
    return () => {
      due.called = true
    }
  }

  /** Lets so much time pass. After each thing that happens, the machine comes to rest and `watch` looks at it. */
  async pass(ms: number, watch: () => void): Promise<void> {
    const untilMs = this.#nowMs + ms
    for (let next = this.#queue.at(-1); next !== undefined && next.atMs <= untilMs; next = this.#queue.at(-1)) {
      this.#queue.pop()
      if (next.called) continue
      this.#nowMs = next.atMs
      const before = this.#serial
      next.run()
      await atRest()
      // A tick that did something has set something going beside the next tick.
      if (!next.isTick || this.#serial > before + 1) watch()
    }
    this.#nowMs = untilMs
  }
}

function isSooner(other: Due | undefined, due: Due): boolean {
  if (other === undefined) return false
  return other.atMs < due.atMs || (other.atMs === due.atMs && other.serial < due.serial)
}

/** What keeps Node busy besides waiting: turns of the event loop that are still to come, and files on their way. */
const BUSY = /^(Immediate|FSReq|Worker|MessagePort)/
const QUIET_TURNS = 2

/** Resolves when nothing moves any more that does not wait for time to pass. */
export async function atRest(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; ) {
    await new Promise((resolve) => setImmediate(resolve))
    quiet = process.getActiveResourcesInfo().some((resource) => BUSY.test(resource)) ? 0 : quiet + 1
  }
}

/** The timers of one run of the app. They die with it. */
export class LifeTimers implements Timers {
  readonly #time: VirtualTime
  readonly #waiting = new Map<() => void, () => void>()
  #state: 'alive' | 'dead' | 'released' = 'alive'

  constructor(time: VirtualTime) {
    this.#time = time
  }

  monotonicMs(): number {
    return this.#time.now()
  }

  after(ms: number, run: () => void): () => void {
    if (this.#state === 'released') queueMicrotask(run)
    const callOff = this.#state === 'alive' ? this.#time.after(ms, () => this.#fire(run)) : () => undefined
    if (this.#state !== 'released') this.#waiting.set(run, callOff)
    return () => {
      this.#waiting.delete(run)
      callOff()
    }
  }

  every(ms: number, run: () => void): () => void {
    let callOff: (() => void) | undefined
    const again = () => {
      callOff = this.#time.tick(ms, () => {
        if (this.#state !== 'alive') return
        again()
        run()
      })
    }
    again()
    return () => callOff?.()
  }

  /** The process is gone: nothing of it happens any more. */
  die(): void {
    this.#state = 'dead'
    for (const callOff of this.#waiting.values()) callOff()
  }

  /** Ends pauses at once, so that what is left of a dead run can be cleared away. */
  release(): void {
    this.#state = 'released'
    for (const run of [...this.#waiting.keys()]) this.#fire(run)
  }

  #fire(run: () => void): void {
    this.#waiting.delete(run)
    run()
  }
}
