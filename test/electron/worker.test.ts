import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, it } from 'vitest'
import { Checkpointer } from '#main/store/checkpoint/checkpointer.ts'
import { openDb } from '#main/store/open.ts'
import { createJobRunner } from '#main/worker/job-runner.ts'
import { buildIfStale } from '#scripts/lib/build.ts'
import { ROOT } from '#scripts/lib/project.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { billBytes, billFile } from '#test/support/bill-files.ts'
import { eventually } from '#test/support/eventually.ts'
import { tempDir } from '#test/support/temp-dir.ts'

beforeAll(async () => {
  if (!(await buildIfStale())) throw new Error('the build failed')
})

it('the built worker does the same work', async () => {
  const dir = tempDir()
  const source = join(dir, 'cashier.db')
  const db = openDb({ path: source })
  if (!db.ok) throw new Error(db.error.words)
  db.value.close()
  const jobs = createJobRunner(pathToFileURL(join(ROOT, 'out', 'main', 'worker.js')))
  const made = await jobs.run('backup', { source, folder: join(dir, 'backups'), fileName: 'cashier-test-1.db' })
  expect(made).toMatchObject({ ok: true, value: { facts: { orders: 0 } } })
  const raw = billFile(
    billBytes([
      ['订单号', '金额'],
      ['MZ1', '1.00'],
    ]),
  )
  const read = await jobs.run('billImport', {
    ...{ raw, part: join(dir, 'bill.part'), database: source, billDate: '2026-11-23', billType: 'ALL', nowMs: 1 },
    names: settingsSchema.parse({ environment: 'simulated' }).bills,
  })
  expect(read).toMatchObject({ ok: true, value: { read: true, comparison: { notHere: 1 } } })
})

it('the built thread makes checkpoints', async () => {
  const database = { path: join(tempDir(), 'cashier.db') }
  const opened = openDb(database)
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  const problems: unknown[] = []
  const file = pathToFileURL(join(ROOT, 'out', 'main', 'checkpoint.js'))
  const checkpointer = new Checkpointer({ db, database, file, report: (error) => problems.push(error) })
  for (let count = 0; count < 400; count += 1) {
    db.prepare(`INSERT INTO charge VALUES (?, '990101', ?, 1)`).run(`A${count}`, 'x'.repeat(30_000))
    checkpointer.committed()
  }
  await eventually(() => expect(db.pragma('wal_checkpoint(NOOP)')).not.toMatchObject([{ checkpointed: 0 }]))
  checkpointer.close()
  db.close()
  expect(problems).toEqual([])
})
