import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { provideBrowser } from './find-browser.ts'
import { buildIfStale } from './lib/build.ts'
import { ended, endTogether, ROOT, spawnNode } from './lib/project.ts'
import { runProofs } from './lib/proofs.ts'
import { addCounts, closingLines, countTests, type TestCounts } from './lib/test-counts.ts'

/**
 * `npm test`: a browser, a build, every test, and the proofs in their short form. Further arguments go to vitest, which
 * then runs alone. The last line counts all of them.
 */
const REPORT = 'test-results/vitest.json'

const counts = await runAll()
console.log(closingLines(counts))
process.exit(counts.failed.length === 0 ? 0 : 1)

async function runAll(): Promise<TestCounts> {
  try {
    const browser = await provideBrowser()
    if (!(await buildIfStale())) return nothingRan('the build')
    const tests = await runVitest(browser)
    return process.argv.length > 2 ? tests : addCounts(tests, await runProofs())
  } catch (error) {
    return nothingRan(error instanceof Error ? error.message : String(error))
  }
}

async function runVitest(browser: string): Promise<TestCounts> {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true })
  rmSync(join(ROOT, REPORT), { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`]
  const child = spawnNode('node_modules/vitest/vitest.mjs', ['run', ...reporters, ...process.argv.slice(2)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CHROME_PATH: browser },
  })
  endTogether(child)
  const { code } = await ended(child)
  return countTests(readReport(), code === 0)
}

function nothingRan(why: string): TestCounts {
  return { passed: 0, failed: [why], skipped: 0 }
}

function readReport(): string | undefined {
  try {
    return readFileSync(join(ROOT, REPORT), 'utf8')
  } catch {
    // The runner ended before it wrote one; that is counted as a failure.
    return undefined
  }
}
