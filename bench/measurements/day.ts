import { setTimeout as pause } from 'node:timers/promises'
import { playDay } from '../day/play-day.ts'
import type { Figure, Measurement } from '../lib/measurement.ts'
import { residentMb } from './start.ts'

const SAMPLE_EVERY_MS = 250
/** Where nothing is left to be done, V8 gives back what it holds only in part; below this, growth is none. */
const NOISE_MB = 5

/** Memory over an hour's work at the desk, played as fast as the desk goes. */
export const day: Measurement = {
  name: 'day',
  what: "the main process's memory over an hour of payments, searches, a bill, an export and a backup",
  async run({ folder, storeOf, short, say }) {
    await using played = await playDay({ folder, store: storeOf(), payments: short ? 150 : 1_500 })
    const { pid } = played.desk.child.process
    if (residentMb(pid) === undefined) return { skipped: 'this system does not tell the memory of another process' }
    const stop = new AbortController()
    const watching = watch(() => residentMb(pid) ?? 0, stop.signal)
    const { settled, seconds, halfAtMs } = await played.work()
    stop.abort()
    const samples = await watching
    const { slope, noise } = lineThrough(samples.filter(({ atMs }) => atMs >= halfAtMs))
    const hourMs = samples.at(-1)?.atMs ?? 0
    const growthMb = (slope * (hourMs - halfAtMs)) | 0
    say(`${settled} payments settled in ${seconds} s; most ${mb(Math.max(...samples.map(({ value }) => value)))} MB;`)
    say(`second half: ${growthMb} MB along the line, samples lie ${mb(noise)} MB from it`)
    return [figure('memory of the main process after the hour', samples.at(-1)?.value ?? 0, 200), growth(growthMb)]
  },
}

function figure(what: string, measured: number, atMost: number): Figure {
  return { what, measured, unit: 'MB', budget: { of: 'value', atMost } }
}

function growth(measured: number): Figure {
  return figure('its growth over the second half of the hour (noise: 5 MB)', measured, NOISE_MB)
}

interface Sample {
  readonly atMs: number
  readonly value: number
}

async function watch(look: () => number, signal: AbortSignal): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const startedAt = performance.now()
  while (!signal.aborted) {
    samples.push({ atMs: performance.now() - startedAt, value: look() })
    await pause(SAMPLE_EVERY_MS)
  }
  return samples
}

/** By least squares. `noise` is how far the samples lie from the line, as standard deviation. */
function lineThrough(samples: readonly Sample[]): { slope: number; noise: number } {
  const mean = (pick: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length
  const [at, value] = [mean(({ atMs }) => atMs), mean((sample) => sample.value)]
  const across = mean((sample) => (sample.atMs - at) * (sample.value - value))
  const slope = across / mean((sample) => (sample.atMs - at) ** 2)
  return { slope, noise: Math.sqrt(mean((sample) => (sample.value - value - slope * (sample.atMs - at)) ** 2)) }
}

function mb(value: number): string {
  return value.toFixed(1)
}
