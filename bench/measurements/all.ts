import type { Measurement } from '../lib/measurement.ts'
import { callbacks } from './callbacks.ts'
import { searchExact } from './search-exact.ts'

/** Every measurement, in the order of the table. A new one is a file beside this and a name here. */
export const MEASUREMENTS: readonly Measurement[] = [searchExact, callbacks]
