import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '#scripts/lib/project.ts'
import { conclude, type Finding } from '../lib/verdict.ts'
import { type Control, controls } from './controls.ts'
import { generateScript } from './generate.ts'
import type { Ledger } from './ledger.ts'
import { shrink } from './shrink.ts'
import { playScript } from './simulation.ts'
import { type Step, scriptSchema } from './steps.ts'

/**
 * `npm run test:simulation -- --seeds 200`: seeded days at the window (money-safety.md, rule 15). The real main process
 * and a real database on disk meet a centre, a hospital, patients and cashiers in virtual time, with faults and kills
 * at every point of a message's way; the promises are checked after every step. `--seed N`: one day, with its trace.
 * `--from N`: begins there. `--script FILE`: the steps of a file. `--control WORDS`: with that promise broken.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    script: { type: 'string' },
    control: { type: 'string' },
  },
})

/** Seeds after which a control must have been caught. */
const CAUGHT_WITHIN = 40
/** Every so many seeds one is played twice: the trace must be the same to the letter. */
const REPEAT_EVERY = 10

if (values.script !== undefined) await playOne(readScript(values.script))
else if (values.seed !== undefined) await playOne(generateScript(Number(values.seed)))
else await playMany(Number(values.from), Number(values.seeds))

/** One script with everything that happened, then the verdict. */
async function playOne(script: readonly Step[]): Promise<void> {
  const variant = controls().find(({ name }) => values.control !== undefined && name.includes(values.control))?.variant
  const ledger = await playScript(script, variant)
  for (const line of ledger.trace) console.log(line)
  conclude('test:simulation', [violationsOf([ledger])])
}

async function playMany(from: number, seeds: number): Promise<void> {
  const ledgers: Ledger[] = []
  let steps = 0
  let differing = 0
  for (let seed = from; seed < from + seeds; seed += 1) {
    const script = generateScript(seed)
    const ledger = await playScript(script)
    steps += script.length
    ledgers.push(ledger)
    if (ledger.violations.length > 0) await explain(seed, script, ledger)
    if (seed % REPEAT_EVERY === 1 && (await playScript(script)).traceHash() !== ledger.traceHash()) differing += 1
  }
  const caught: Finding[] = []
  for (const control of controls()) caught.push(await tryControl(control))
  printCounts(ledgers, steps)
  conclude('test:simulation', [
    { what: 'seeds', figure: seeds, holds: seeds > 0 },
    { what: 'seeds whose repeat took another course', figure: differing, holds: differing === 0 },
    violationsOf(ledgers),
    ...caught,
  ])
}

function violationsOf(ledgers: readonly Ledger[]): Finding {
  const violations = ledgers.flatMap((ledger) => ledger.violations)
  return { what: 'violations', figure: violations.length, holds: violations.length === 0 }
}

/** Says what failed, cuts the script short, and keeps it. */
async function explain(seed: number, script: readonly Step[], { violations }: Ledger): Promise<void> {
  for (const { rule, words } of violations) console.log(`  seed ${seed}: ${rule}: ${words}`)
  const rules = new Set(violations.map(({ rule }) => rule))
  const short = await shrink(script, async (steps) => {
    return (await playScript(steps)).violations.some(({ rule }) => rules.has(rule))
  })
  const file = join('test-results', `simulation-seed-${seed}.json`)
  mkdirSync(join(ROOT, 'test-results'), { recursive: true })
  writeFileSync(join(ROOT, file), JSON.stringify(short, null, 2))
  console.log(`  the shortest script that fails has ${short.length} of ${script.length} steps:`)
  for (const step of short) console.log(`    ${JSON.stringify(step)}`)
  console.log(`  again: npm run test:simulation -- --seed ${seed}   short: npm run test:simulation -- --script ${file}`)
}

async function tryControl({ name, breaks, variant }: Control): Promise<Finding> {
  for (let seed = 1; seed <= CAUGHT_WITHIN; seed += 1) {
    const { violations } = await playScript(generateScript(seed), variant)
    const first = violations.find(({ rule }) => breaks.includes(rule))
    if (first !== undefined) {
      return { what: `control, ${name}: caught`, figure: `seed ${seed}, "${first.rule}"`, holds: true }
    }
  }
  return { what: `control, ${name}: caught`, figure: `not within ${CAUGHT_WITHIN} seeds`, holds: false }
}

function printCounts(ledgers: readonly Ledger[], steps: number): void {
  const sum = (of: (counts: Ledger['counts']) => number) => ledgers.reduce((total, { counts }) => total + of(counts), 0)
  const kinds = (of: (counts: Ledger['counts']) => ReadonlyMap<string, number>) => {
    const all = new Map<string, number>()
    for (const { counts } of ledgers)
      for (const [kind, times] of of(counts)) all.set(kind, (all.get(kind) ?? 0) + times)
    const sorted = [...all].sort(([left], [right]) => (left < right ? -1 : 1))
    return sorted.map(([kind, times]) => `${kind} ${times}`).join(' · ')
  }
  console.log(`  steps ${steps}, looks ${sum(({ looks }) => looks)}, kills ${sum(({ kills }) => kills)}`)
  console.log(`  requests ${kinds(({ requests }) => requests)}`)
  console.log(
    `  callbacks ${sum(({ callbacks }) => callbacks)}, acknowledged ${sum(({ acknowledged }) => acknowledged)}`,
  )
  console.log(`  faults ${kinds(({ faults }) => faults)}`)
  console.log(`  orders at the end ${kinds(({ ends }) => ends)}`)
}

function readScript(file: string): readonly Step[] {
  return scriptSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}
