import type { Health, HealthItem, HealthState } from '#shared/contract/session.ts'
import type { Clock } from '#shared/domain/time.ts'

const PARTS = ['centre', 'listener', 'his', 'store'] as const
export type HealthPart = (typeof PARTS)[number]

interface HealthParts {
  readonly clock: Clock
  readonly attentionCount: () => number
  /** What the listener has seen; asked whenever health is told. */
  readonly callbacks: () => Health['callbacks']
  readonly publish: (health: Health) => void
}

/** The state of what this desk depends on, as last seen. Hears from those who use each part; asks nobody itself. */
export class HealthBoard {
  readonly #clock: Clock
  readonly #attentionCount: () => number
  readonly #callbacks: () => Health['callbacks']
  readonly #items: Record<HealthPart, HealthItem>
  readonly #publish: (health: Health) => void

  constructor({ clock, attentionCount, callbacks, publish }: HealthParts) {
    this.#clock = clock
    this.#attentionCount = attentionCount
    this.#callbacks = callbacks
    this.#publish = publish
    const idle: HealthItem = { state: 'idle', words: '尚未检查', sinceMs: clock.now() }
    this.#items = { centre: idle, listener: idle, his: idle, store: idle }
  }

  set(part: HealthPart, state: HealthState, words: string): void {
    const before = this.#items[part]
    if (before.state === state && before.words === words) return
    const sinceMs = before.state === state ? before.sinceMs : this.#clock.now()
    this.#items[part] = { state, words, sinceMs }
    this.#publish(this.read())
  }

  /** Somebody may have added or settled an attention entry. */
  attentionMayHaveChanged(): void {
    this.#publish(this.read())
  }

  read(): Health {
    return { ...this.#items, attentionCount: this.#attentionCount(), callbacks: this.#callbacks() }
  }
}
