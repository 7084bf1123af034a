export const CLOSING_WORDS = '程序正在关闭'

interface Stoppable<R> {
  run(): Promise<R>
  stop(): void
}

/** What is under way on the network, so that closing ends all of it and lets nothing new begin. */
export class UnderWay<R> {
  readonly #all = new Set<Stoppable<R>>()
  readonly #refused: R
  #closed = false

  /** @param refused is answered to whatever comes after the end. */
  constructor(refused: R) {
    this.#refused = refused
  }

  async run(begin: () => Stoppable<R>): Promise<R> {
    if (this.#closed) return this.#refused
    const one = begin()
    this.#all.add(one)
    try {
      return await one.run()
    } finally {
      this.#all.delete(one)
    }
  }

  close(): void {
    this.#closed = true
    for (const one of this.#all) one.stop()
  }
}
