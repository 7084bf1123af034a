import type { billImportJob } from '#main/store/bill-rows/bill-jobs.ts'
import { buildRows, type FillStep } from '#main/store/bill-rows/build-rows.ts'
import { RowWriter } from '#main/store/bill-rows/write-rows.ts'
import type { Db } from '#main/store/open.ts'
import type { JobRun } from '#main/worker/job.ts'
import { ok } from '#shared/domain/result.ts'
import { type BillReading, readBill } from './read-bill.ts'

/** Reads a raw bill into a file of rows and compares them: in a worker, because a bill may have a million. */
export const importBill: JobRun<typeof billImportJob> = async ({ raw, names, ...wanted }, context) => {
  const built = await buildRows(wanted, context, (db, step) =>
    fill(db, raw, step, { names, billType: wanted.billType }),
  )
  if (!built.ok) return built
  const { filled: read, comparison } = built.value
  if (!read.ok) {
    const { code, words, headers } = read.error
    return ok({ read: false, code, words, headers: [...headers] })
  }
  const columns = read.value.columns.map(({ header, field }) => ({ header, field }))
  return ok({ read: true, facts: { ...read.value, columns, notes: [...read.value.notes] }, comparison })
}

async function fill(db: Db, raw: string, step: FillStep, reading: Pick<BillReading, 'names' | 'billType'>) {
  const rows = new RowWriter(db)
  const read = await readBill(raw, {
    ...reading,
    take: (lines, part) => {
      for (const read of lines) {
        if (read.kind === 'row') rows.add(read.line, read.row)
        else rows.addUnreadable(read.line, read.raw, read.reason)
      }
      step(part)
    },
  })
  rows.end()
  return read
}
