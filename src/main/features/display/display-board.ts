import { isDeepStrictEqual } from 'node:util'
import type { EventBus } from '#main/rpc/event-bus.ts'
import { DISPLAY_LIFE_MS, type DisplayContent, type DisplayView, IDLE_DISPLAY } from '#shared/contract/display.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Clock, Timers } from '#shared/domain/time.ts'

export interface DisplayBoardParts {
  readonly events: EventBus
  readonly clock: Clock
  readonly timers: Timers
  /** Those in force, asked at every look. */
  readonly settings: () => Settings
  readonly isLocked: () => boolean
}

/**
 * What the patient's display shows now. In memory only. A content that the counter does not say again in time is taken
 * down: a counter that was closed, has crashed or hangs must not leave a patient on show.
 */
export class DisplayBoard {
  readonly #parts: DisplayBoardParts
  #content: DisplayContent = IDLE_DISPLAY
  #stopWaiting: () => void = () => undefined

  constructor(parts: DisplayBoardParts) {
    this.#parts = parts
    parts.events.subscribe((event) => event.name === 'lock.changed' && event.payload.locked && this.show(IDLE_DISPLAY))
  }

  show(wanted: DisplayContent): void {
    const isHidden = this.#parts.isLocked() || this.#parts.settings().display.enabled === 'off'
    const content = isHidden ? IDLE_DISPLAY : wanted
    this.#stopWaiting()
    if (content.kind !== 'idle') {
      this.#stopWaiting = this.#parts.timers.after(DISPLAY_LIFE_MS, () => this.#take(IDLE_DISPLAY))
    }
    this.#take(content)
  }

  /** Under new settings: who the desk is may have changed, and the counter says anew what it shows. */
  begin(): void {
    this.#stopWaiting()
    this.#content = IDLE_DISPLAY
    this.#publish()
  }

  view(): DisplayView {
    const { centre, desk, environment, appearance } = this.#parts.settings()
    return {
      content: this.#content,
      orgName: centre.orgName,
      deskName: desk.name,
      environment,
      theme: appearance.theme,
      nowMs: this.#parts.clock.now(),
    }
  }

  close(): void {
    this.#stopWaiting()
  }

  #take(content: DisplayContent): void {
    if (isDeepStrictEqual(content, this.#content)) return
    this.#content = content
    this.#publish()
  }

  #publish(): void {
    this.#parts.events.publish({ name: 'display.changed', payload: this.view() })
  }
}
