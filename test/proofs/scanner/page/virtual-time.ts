/** Time that passes only when told: ten thousand scans then take seconds, and each gap is exactly what the scan has. */
export class VirtualTime {
  nowMs = 1_000_000
  readonly #timers = new Map<number, { readonly atMs: number; readonly run: () => void }>()
  #lastId = 0

  setTimer(run: () => void, ms: number): number {
    this.#lastId += 1
    this.#timers.set(this.#lastId, { atMs: this.nowMs + Math.max(0, ms), run })
    return this.#lastId
  }

  clearTimer(id: number): void {
    this.#timers.delete(id)
  }

  /** Lets time pass; what is due runs at its moment, in order. */
  pass(ms: number): void {
    const untilMs = this.nowMs + ms
    for (let due = this.#nextBefore(untilMs); due !== undefined; due = this.#nextBefore(untilMs)) {
      const [id, { atMs, run }] = due
      this.#timers.delete(id)
      this.nowMs = Math.max(this.nowMs, atMs)
      run()
    }
    this.nowMs = untilMs
  }

  #nextBefore(untilMs: number) {
    let first: [number, { readonly atMs: number; readonly run: () => void }] | undefined
    for (const timer of this.#timers) {
      if (timer[1].atMs <= untilMs && (first === undefined || timer[1].atMs < first[1].atMs)) first = timer
    }
    return first
  }
}
