import { z } from 'zod'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const reportSchema = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

/**
 * Counts the runner's JSON report. A file that failed without a failed test (it could not be loaded, or its hooks
 * failed) is one failure; so is a runner that failed for a reason that no test tells, or that left no report.
 */
export function countTests(report: string | undefined, runnerSucceeded: boolean): TestCounts {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const { testResults } = reportSchema.parse(JSON.parse(report))
  const all = testResults.flatMap((file) => file.assertionResults.map((test) => test.status))
  const counted = (wanted: string) => all.filter((status) => status === wanted).length
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const passed = counted('passed')
  const failed = counted('failed') + brokenFiles
  const silentFailure = !runnerSucceeded && failed === 0 ? 1 : 0
  return { passed, failed: failed + silentFailure, skipped: all.length - passed - counted('failed') }
}

export function addCounts(left: TestCounts, right: TestCounts): TestCounts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
  }
}

/** The line that whoever runs the tests looks for. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}
