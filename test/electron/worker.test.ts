import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { openDb } from '#main/store/open.ts'
import { createJobRunner } from '#main/worker/job-runner.ts'
import { buildIfStale } from '#scripts/lib/build.ts'
import { ROOT } from '#scripts/lib/project.ts'
import { tempDir } from '#test/support/temp-dir.ts'

beforeAll(async () => {
  if (!(await buildIfStale())) throw new Error('the build failed')
})

it('the worker of the built desktop app does the same work', async () => {
  const dir = tempDir()
  const source = join(dir, 'cashier.db')
  const db = openDb({ path: source })
  if (!db.ok) throw new Error(db.error.words)
  db.value.close()
  const jobs = createJobRunner(pathToFileURL(join(ROOT, 'out', 'main', 'worker.js')))
  const made = await jobs.run('backup', { source, folder: join(dir, 'backups'), fileName: 'cashier-test-1.db' })
  expect(made).toMatchObject({ ok: true, value: { facts: { orders: 0 } } })
})
