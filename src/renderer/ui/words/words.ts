import type { KeyAction } from '../../lib/keymap.ts'

/** Every word for people stands in this folder, one file a concept. A missing entry does not compile. */

/** Short name · what to tell the patient, at most 12 characters · what the cashier does · what it means for IT. */
export interface Words {
  readonly name: string
  readonly patient: string
  readonly cashier: string
  readonly it: string
}

export const words = (name: string, patient: string, cashier: string, it: string): Words => ({
  name,
  patient,
  cashier,
  it,
})

/** Colour family. Green only where a durable row proves that all money is in. */
export type Tone = 'neutral' | 'progress' | 'good' | 'warning' | 'bad'

/** What the cashier presses next, and the key that does it; `null` where nothing is pressed. */
export interface NextStep {
  readonly key: KeyAction | null
  readonly words: string
}

/** Both lines of a screen in one of its states. */
export interface SaidAndNext {
  /** At most 12 characters; absent where no patient stands there. */
  readonly patient?: string
  readonly next: NextStep
}
