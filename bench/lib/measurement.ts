import type { DataPlan } from '../orders/generate.ts'

/** One figure with the bound that it must keep. */
export interface Figure {
  readonly what: string
  readonly measured: number
  /** As printed behind the number: `ms`, `µs`, `/s`, `B`, `MB`, `frames/s` … */
  readonly unit: string
  /** The same work at its bare minimum, measured in the same run, in the same unit. */
  readonly reference?: { readonly what: string; readonly value: number }
  readonly budget: Budget
}

/**
 * What must hold. `ratio` bounds measured ÷ reference, which is the same on every machine. A `time` in ms, or how often
 * in a second, depends on the machine, so in the short form it is stretched by how slow this one is just now. `value` is taken as it is.
 * Without a bound the figure is only shown.
 */
export interface Budget {
  readonly of: 'ratio' | 'time' | 'value'
  readonly atMost?: number
  readonly atLeast?: number
}

/** What a measurement is given. */
export interface BenchContext {
  readonly plan: DataPlan
  /** The short form: fewer repetitions, and times are allowed for a busy machine. */
  readonly short: boolean
  /** A folder of this measurement's own, removed afterwards. */
  readonly folder: string
  /** The path of a generated database that nobody writes to; made when it is not there yet. */
  storeOf(orders?: number): string
  /** Says what takes long. */
  say(words: string): void
}

/** One file of `bench/measurements` exports one. */
export interface Measurement {
  /** For `--only`. */
  readonly name: string
  readonly what: string
  /** Why the short form, with few orders on a machine that others use too, leaves it out. */
  readonly longOnly?: string
  /** A measurement that cannot be made on this machine says why instead. */
  run(context: BenchContext): Promise<readonly Figure[] | { readonly skipped: string }>
}
