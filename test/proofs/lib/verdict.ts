/** One line of a proof's result: what was measured, what came out, and whether that is as promised. */
export interface Finding {
  readonly what: string
  readonly figure: string | number
  readonly holds: boolean
}

/** Exit codes that `scripts/lib/proofs.ts` counts. */
const EXIT = { passed: 0, failed: 1, skipped: 77 } as const

/** Prints the findings and the verdict, and ends the process with it. A proof without findings has proved nothing. */
export function conclude(proof: string, findings: readonly Finding[]): never {
  for (const { what, figure, holds } of findings) console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${what}: ${figure}`)
  const passed = findings.length > 0 && findings.every(({ holds }) => holds)
  console.log(`${proof}: ${passed ? 'PASSED' : 'FAILED'}`)
  process.exit(passed ? EXIT.passed : EXIT.failed)
}

/** Ends the process where this machine lacks what the proof needs, and says so. */
export function skip(proof: string, why: string): never {
  console.log(`${proof}: SKIPPED, ${why}`)
  process.exit(EXIT.skipped)
}
