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
