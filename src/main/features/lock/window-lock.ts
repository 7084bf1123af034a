import type { Handlers } from '#main/rpc/dispatcher.ts'
import type { EventBus } from '#main/rpc/event-bus.ts'
import type { WindowLock as LockState } from '#shared/contract/lock.ts'
import { failure } from '#shared/domain/error-codes.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import type { Clock } from '#shared/domain/time.ts'
import { isPin } from './pin-hash.ts'

const TRIES = 5
const PAUSE_MS = 30_000

export interface WindowLockParts {
  readonly clock: Clock
  readonly events: EventBus
  /** Hash of the PIN in force; empty where there is none. Asked anew each time, because settings change. */
  readonly pinHash: () => string
}

/** Whether the window is locked. With a PIN it is locked from the start, so that a restart opens nothing. */
export class WindowLock {
  readonly #parts: WindowLockParts
  #locked: boolean
  #wrong = 0
  #pausedUntilMs = 0

  constructor(parts: WindowLockParts) {
    this.#parts = parts
    this.#locked = this.#needsPin()
  }

  get isLocked(): boolean {
    return this.#locked
  }

  handlers(): Pick<Handlers, 'window.lockState' | 'window.lock' | 'window.unlock'> {
    return {
      'window.lockState': () => ok(this.#state()),
      'window.lock': () => this.#change(true),
      'window.unlock': ({ pin = '' }) => this.#unlock(pin),
    }
  }

  async #unlock(pin: string) {
    if (this.#locked && this.#needsPin()) {
      const tried = await this.#try(pin)
      if (!tried.ok) return tried
    }
    return this.#change(false)
  }

  /** Five wrong ones, then half a minute in which none is looked at: guessing four digits takes a working day. */
  async #try(pin: string): Promise<Result<void, ReturnType<typeof pinWrong>>> {
    const waitMs = this.#pausedUntilMs - this.#parts.clock.now()
    if (waitMs > 0) return err(pinWrong(`请 ${Math.ceil(waitMs / 1000)} 秒后再试`))
    if (await isPin(pin, this.#parts.pinHash())) {
      this.#wrong = 0
      return ok(undefined)
    }
    this.#wrong += 1
    if (this.#wrong % TRIES !== 0) return err(pinWrong('解锁码不对'))
    this.#pausedUntilMs = this.#parts.clock.now() + PAUSE_MS
    return err(pinWrong(`连错 ${TRIES} 次，请 ${PAUSE_MS / 1000} 秒后再试`))
  }

  #change(locked: boolean): { readonly ok: true; readonly value: LockState } {
    if (locked !== this.#locked) {
      this.#locked = locked
      this.#parts.events.publish({ name: 'lock.changed', payload: this.#state() })
    }
    return ok(this.#state())
  }

  #state(): LockState {
    return { locked: this.#locked, needsPin: this.#needsPin() }
  }

  #needsPin(): boolean {
    return this.#parts.pinHash() !== ''
  }
}

function pinWrong(words: string) {
  return failure('PIN_WRONG', words)
}
