import { ended, spawnNode } from './project.ts'
import type { TestCounts } from './test-counts.ts'

/** A program that ends with figures and a verdict. Its long form is `npm run test:NAME -- arguments`; the bench's, `npm run bench`. */
interface Proof {
  readonly name: string
  readonly file: string
  /** What makes its short form, which `npm test` runs. */
  readonly short: readonly string[]
}

export const PROOFS: readonly Proof[] = [
  { name: 'faults', file: 'test/proofs/faults/main.ts', short: [] },
  { name: 'crash', file: 'test/proofs/crash/main.ts', short: ['--acks', '100', '--kills', '4'] },
  { name: 'powercut', file: 'test/proofs/powercut/main.ts', short: ['--cuts', '2'] },
  { name: 'simulation', file: 'test/proofs/simulation/main.ts', short: ['--seeds', '6'] },
  { name: 'scanner', file: 'test/proofs/scanner/main.ts', short: ['--scans', '1000', '--real', '8', '--ime', '4'] },
  { name: 'bench', file: 'bench/main.ts', short: ['--short'] },
]

/** The exit code of a proof that says in words why it cannot run on this machine. */
const EXIT_SKIPPED = 77

/** Runs every proof in its short form, one after the other; each counts as one test. */
export async function runProofs(proofs: readonly Proof[] = PROOFS): Promise<TestCounts> {
  const counts = { passed: 0, failed: [] as string[], skipped: 0 }
  for (const { name, file, short } of proofs) {
    console.log(`\ntest:${name} ${short.join(' ')}`)
    const { code } = await ended(spawnNode(file, short, { stdio: ['ignore', 'inherit', 'inherit'] }))
    if (code === 0) counts.passed += 1
    else if (code === EXIT_SKIPPED) counts.skipped += 1
    else counts.failed.push(`test:${name} (exit code ${code ?? 'none'})`)
  }
  return counts
}
