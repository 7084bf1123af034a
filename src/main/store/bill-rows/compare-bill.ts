import type { JobRun } from '#main/worker/job.ts'
import { ok } from '#shared/domain/result.ts'
import { attach } from '../open.ts'
import type { billCompareJob } from './bill-jobs.ts'
import { buildRows } from './build-rows.ts'

/** Takes the rows over as they are into a new file, and compares them with the orders as these are now. */
export const compareBill: JobRun<typeof billCompareJob> = async ({ rows, ...wanted }, context) => {
  const built = await buildRows(wanted, context, (db, step) => {
    const key = wanted.key === undefined ? undefined : Buffer.from(wanted.key)
    attach(db, 'before', { path: rows, key })
    db.exec('INSERT INTO main.bill_row SELECT * FROM before.bill_row')
    db.exec('DETACH before')
    step(1)
  })
  return built.ok ? ok({ comparison: built.value.comparison }) : built
}
