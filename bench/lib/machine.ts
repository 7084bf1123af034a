import { cpus, totalmem } from 'node:os'
import { median, timesOf } from './statistics.ts'

/** What the calibrated loop takes on the machine for which the budgets in milliseconds were written, while idle. */
const IDLE_MS = 26

/** How much slower than that machine this one is just now; never below 1, so that no budget gets tighter. */
export function slowness(): number {
  return Math.max(1, median(timesOf(7, calibratedLoop)) / IDLE_MS)
}

function calibratedLoop(): number {
  let value = 1
  for (let step = 0; step < 20_000_000; step += 1) value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0
  return value
}

/** Of the machine only what explains a figure. */
export function describeMachine(): string {
  const [cpu] = cpus()
  return `${cpus().length} × ${cpu?.model.trim() ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`
}
