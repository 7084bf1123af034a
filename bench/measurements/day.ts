import { setTimeout as pause } from 'node:timers/promises'
import { playDay } from '../day/play-day.ts'
import type { Figure, Measurement } from '../lib/measurement.ts'
import { residentMb } from './start.ts'

/**
 * An hour's work in two minutes makes garbage faster than V8 cares to collect; a desk has time for it between patients.
 * So memory is read where the desk has had nothing to do for so long, in ms.
 */
const REST_MS = 12_000
const PAYMENTS = 1_500
/** Where nothing is left to be done, V8 gives back what it holds only in part; below this, growth is none. */
const NOISE_MB = 5

/** Memory over an hour's work at the desk, played as fast as the desk goes. */
export const day: Measurement = {
  name: 'day',
  longOnly: 'takes minutes',
  what: "the main process's memory over an hour of payments, searches, a bill, an export and a backup",
  async run({ folder, storeOf, say }) {
    await using played = await playDay({ folder, store: storeOf(), payments: PAYMENTS })
    const { pid } = played.desk.child.process
    if (residentMb(pid) === undefined) return { skipped: 'this system does not tell the memory of another process' }
    const rested: number[] = []
    const { settled, seconds } = await played.work(async () => {
      await pause(REST_MS)
      rested.push(residentMb(pid) ?? 0)
    })
    say(`${settled} payments settled in ${seconds} s; at the rests ${rested.map(mb).join(' ')} MB`)
    const growthMb = growthOf(rested.slice(Math.floor(rested.length / 2)))
    return [figure('memory of the main process after the hour', rested.at(-1) ?? 0, 200), growth(growthMb)]
  },
}

function figure(what: string, measured: number, atMost: number): Figure {
  return { what, measured, unit: 'MB', budget: { of: 'value', atMost } }
}

function growth(measured: number): Figure {
  return figure('its growth over the second half of the hour (noise: 5 MB)', measured, NOISE_MB)
}

/** From the first to the last along the line of least squares. */
function growthOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2
  const across = values.reduce((sum, value, at) => sum + (at - middle) * value, 0)
  const spread = values.reduce((sum, _value, at) => sum + (at - middle) ** 2, 0)
  return spread === 0 ? 0 : (across / spread) * (values.length - 1)
}

function mb(value: number): string {
  return value.toFixed(1)
}
