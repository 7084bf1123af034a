import type { AppEvent } from '#shared/contract/events.ts'

type Listener = (event: AppEvent) => void

/** Events from features to every window that listens. A listener that throws stops nobody else. */
export class EventBus {
  readonly #listeners = new Set<Listener>()

  publish(event: AppEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event)
      } catch {
        // A window that went away mid-event must not keep the others from hearing it.
        this.#listeners.delete(listener)
      }
    }
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
