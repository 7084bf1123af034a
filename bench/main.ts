import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from '#scripts/lib/build.ts'
import { describeMachine, slowness } from './lib/machine.ts'
import type { BenchContext, Measurement } from './lib/measurement.ts'
import { type BenchOptions, readBenchOptions, USAGE } from './lib/options.ts'
import { judge, type Row, writeTable } from './lib/table.ts'
import { MEASUREMENTS } from './measurements/all.ts'
import { prepareStore } from './orders/prepare.ts'

/** In the short form other programs run beside it: a budget in milliseconds is given this much room. */
const SHORT_ROOM = 2
const LATEST = join(import.meta.dirname, 'latest.json')

const options = readBenchOptions(process.argv.slice(2))
if (options.list) {
  for (const { name, what } of MEASUREMENTS) console.log(`${name}: ${what}`)
  process.exit(0)
}
// What is measured is the product as it is built.
if (!(await buildIfStale())) process.exit(1)
const rows = await runAll(chosen(options.only), options)
console.log(`\n${describeMachine()}, ${options.orders} orders\n\n${writeTable(rows)}`)
save(rows, options)
const failed = rows.filter((row) => !row.passed).length
console.log(
  `\nbench: ${failed === 0 && rows.length > 0 ? 'PASSED' : 'FAILED'} (${rows.length - failed} of ${rows.length})`,
)
process.exit(failed === 0 && rows.length > 0 ? 0 : 1)

function chosen(only: readonly string[]): readonly Measurement[] {
  const unknown = only.filter((name) => !MEASUREMENTS.some((measurement) => measurement.name === name))
  if (unknown.length > 0) throw new RangeError(`no such measurement: ${unknown.join(', ')}\n${USAGE}`)
  return only.length === 0 ? MEASUREMENTS : MEASUREMENTS.filter(({ name }) => only.includes(name))
}

async function runAll(measurements: readonly Measurement[], run: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const measurement of measurements) {
    console.log(`${measurement.name}: ${measurement.what}`)
    rows.push(...(await runOne(measurement, run)))
  }
  return rows
}

async function runOne(
  { name, longOnly, run }: Measurement,
  { orders, seed, short, cache }: BenchOptions,
): Promise<Row[]> {
  if (short && longOnly !== undefined) {
    console.log(`  only in the long form: ${longOnly}`)
    return []
  }
  const folder = mkdtempSync(join(tmpdir(), 'medins-cashier-bench-'))
  const say = (words: string) => console.log(`  ${words}`)
  const context: BenchContext = {
    plan: { orders, seed },
    short,
    folder,
    storeOf: (count = orders) => prepareStore({ orders: count, seed }, cache, say),
    say,
  }
  try {
    const outcome = await run(context)
    if ('skipped' in outcome) {
      say(`skipped: ${outcome.skipped}`)
      return []
    }
    const stretch = short ? SHORT_ROOM * slowness() : 1
    return outcome.map((figure) => judge(name, figure, stretch))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A run of some measurements replaces only their rows, so that a long bench can be made in pieces. */
function save(rows: readonly Row[], { orders, seed, short }: BenchOptions): void {
  if (short) return
  const kept = readLatest(orders, seed).filter((row) => !rows.some(({ name }) => name === row.name))
  const place = ({ name }: Row) => MEASUREMENTS.findIndex((measurement) => measurement.name === name)
  const all = [...kept, ...rows].sort((left, right) => place(left) - place(right))
  writeFileSync(LATEST, `${JSON.stringify({ machine: describeMachine(), orders, seed, rows: all }, null, 2)}\n`)
}

/** Of another store the rows say nothing. */
function readLatest(orders: number, seed: number): readonly Row[] {
  if (!existsSync(LATEST)) return []
  const latest = JSON.parse(readFileSync(LATEST, 'utf8')) as { orders: number; seed: number; rows: Row[] }
  return latest.orders === orders && latest.seed === seed ? latest.rows : []
}
