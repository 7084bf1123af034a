import { expect, it } from 'vitest'
import { closingLine, countTests } from '#scripts/lib/test-counts.ts'

function report(...files: readonly (readonly [string, ...string[]])[]): string {
  return JSON.stringify({
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one, title: 'x' })),
    })),
  })
}

it.each<[string, string | undefined, boolean, string]>([
  ['all passed', report(['passed', 'passed', 'passed'], ['passed', 'passed']), true, '3 passed, 0 failed'],
  ['skipped tests', report(['passed', 'passed', 'skipped', 'todo']), true, '1 passed, 0 failed, 2 skipped'],
  ['a failed test', report(['failed', 'passed', 'failed']), false, '1 passed, 1 failed'],
  ['a file that could not be loaded', report(['passed', 'passed'], ['failed']), false, '1 passed, 1 failed'],
  ['hooks that failed', report(['failed', 'skipped', 'passed']), false, '1 passed, 1 failed, 1 skipped'],
  ['a runner that failed with all tests passed', report(['passed', 'passed']), false, '1 passed, 1 failed'],
  ['no test', report(), false, '0 passed, 1 failed'],
  ['no report', undefined, false, '0 passed, 1 failed'],
])('%s is counted', (_what, text, succeeded, line) => {
  expect(closingLine(countTests(text, succeeded))).toBe(line)
})
