import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '#scripts/lib/project.ts'
import { addCounts, closingLine, closingLines, countTests } from '#scripts/lib/test-counts.ts'

function report(...files: readonly (readonly [string, ...string[]])[]): string {
  return JSON.stringify({
    testResults: files.map(([status, ...tests]) => ({
      name: join(ROOT, 'test/x.test.ts'),
      status,
      message: status === 'failed' && !tests.includes('failed') ? 'cannot be loaded' : '',
      assertionResults: tests.map((one) => ({
        status: one,
        fullName: `x is ${one}`,
        failureMessages: one === 'failed' ? ['expected 1 to be 2\n    at x.test.ts:3'] : [],
      })),
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

it('names what failed last of all, and how it said why', () => {
  const tests = countTests(report(['failed', 'passed', 'failed'], ['failed']), false)
  const proofs = { passed: 1, failed: ['test:crash (exit code 1)'], skipped: 0 }
  expect(closingLines(addCounts(tests, proofs)).split('\n')).toEqual([
    'failed: test/x.test.ts > x is failed',
    '  expected 1 to be 2',
    '      at x.test.ts:3',
    'failed: test/x.test.ts',
    '  cannot be loaded',
    'failed: test:crash (exit code 1)',
    '2 passed, 3 failed',
  ])
})
