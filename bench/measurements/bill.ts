import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { CsvSplitter } from '#main/features/bills/csv-records.ts'
import { billImport, writeBillFile } from '../lib/bill-file.ts'
import type { Measurement } from '../lib/measurement.ts'
import { copyStore } from '../lib/store-copy.ts'

const MB = 2 ** 20
/** The work of a line is the same for each, and a million of them take minutes. */
const MOST_LINES = 200_000

/** A bill read, kept row by row and matched against the orders, beside the splitting of its text alone. */
export const bill: Measurement = {
  name: 'bill',
  what: 'a bill read, kept and matched against all orders',
  async run({ plan, folder, storeOf }) {
    const store = copyStore(storeOf(), join(folder, 'cashier.db'))
    const path = join(folder, 'bill.csv')
    const lines = writeBillFile(store, path, Math.min(plan.orders, MOST_LINES))
    const bare = await timeOf(() => splitAlone(path))
    const before = process.memoryUsage().rss
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 50)
    const measured = await timeOf(billImport(store, folder, path))
    clearInterval(watch)
    store.close()
    return [
      {
        what: `bill of ${lines} lines read, kept and matched`,
        measured,
        unit: 'ms',
        reference: { what: 'its lines split into cells alone', value: bare },
        budget: { of: 'ratio', atMost: 2 },
      },
      {
        what: 'memory that it takes on top',
        measured: (most - before) / MB,
        unit: 'MB',
        budget: { of: 'value', atMost: 100 },
      },
    ]
  },
}

async function splitAlone(path: string): Promise<void> {
  const splitter = new CsvSplitter(',')
  for await (const text of createReadStream(path, { encoding: 'utf8' })) splitter.push(String(text))
  splitter.end()
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
