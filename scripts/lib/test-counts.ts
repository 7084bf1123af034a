import { relative } from 'node:path'
import { z } from 'zod'
import { ROOT } from './project.ts'

export interface TestCounts {
  readonly passed: number
  /** What failed, in words: where, which, and how it began to say why. Several lines each. */
  readonly failed: readonly string[]
  readonly skipped: number
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})
type FileReport = z.output<typeof reportSchema>['testResults'][number]

/** Lines of a message that are kept: enough to know what was expected, and where. */
const MESSAGE_LINES = 12

/**
 * Counts the runner's JSON report. A file that failed without a failed test (it could not be loaded, or its hooks
 * failed) is one failure; so is a runner that failed for a reason that no test tells, or that left no report.
 */
export function countTests(report: string | undefined, runnerSucceeded: boolean): TestCounts {
  if (report === undefined) return { passed: 0, failed: ['the test runner left no report'], skipped: 0 }
  const { testResults } = reportSchema.parse(JSON.parse(report))
  const statuses = testResults.flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const skipped = statuses.filter((status) => status !== 'passed' && status !== 'failed').length
  const failed = testResults.flatMap(failuresOf)
  const isSilent = !runnerSucceeded && failed.length === 0
  return { passed, failed: isSilent ? ['the test runner failed, and no test tells why'] : failed, skipped }
}

function failuresOf(file: FileReport): string[] {
  const tests = file.assertionResults.filter((test) => test.status === 'failed')
  const name = relative(ROOT, file.name)
  if (tests.length > 0)
    return tests.map((test) => failure(`${name} > ${test.fullName}`, test.failureMessages.join('\n')))
  return file.status === 'failed' ? [failure(name, file.message)] : []
}

function failure(what: string, message: string): string {
  return [what, ...message.split('\n').slice(0, MESSAGE_LINES)].join('\n  ').trim()
}

export function addCounts(left: TestCounts, right: TestCounts): TestCounts {
  return {
    passed: left.passed + right.passed,
    failed: [...left.failed, ...right.failed],
    skipped: left.skipped + right.skipped,
  }
}

/** What failed, once more where it is looked for: hours of output may stand between. Then the line that counts. */
export function closingLines(counts: TestCounts): string {
  return [...counts.failed.map((what) => `failed: ${what}`), closingLine(counts)].join('\n')
}

/** The line that whoever runs the tests looks for. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed.length} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`
}
