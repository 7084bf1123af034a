import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse'
import { CsvSplitter } from '#main/features/bills/csv-records.ts'
import { billImport, writeBillFile } from '../lib/bill-file.ts'
import type { Measurement } from '../lib/measurement.ts'
import { median } from '../lib/statistics.ts'
import { copyStore } from '../lib/store-copy.ts'

const MB = 2 ** 20
/** Of both in turn; the median counts. */
const ROUNDS = 3

/** A bill read, kept row by row and matched against the orders, beside the splitting of its text alone. */
export const bill: Measurement = {
  name: 'bill',
  what: 'a bill read, kept and matched against all orders',
  longOnly: 'what a few thousand lines take is the start of their worker',
  async run({ plan, folder, storeOf }) {
    const database = join(folder, 'cashier.db')
    const store = copyStore(storeOf(), database)
    const path = join(folder, 'bill.csv')
    const lines = writeBillFile(store, path, plan.orders)
    const splitAlone = await timeOf(() => split(path))
    const importOnce = billImport(store, database, path)
    const libraries: number[] = []
    const imports: number[] = []
    const grown: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      libraries.push(await timeOf(() => parseAlone(path)))
      grown.push(await growthOf(async () => void imports.push(await timeOf(importOnce))))
    }
    store.close()
    const measured = median(imports)
    return [
      {
        what: `bill of ${lines} lines read, kept and matched`,
        measured,
        unit: 'ms',
        reference: { what: 'csv-parse, rows counted alone', value: median(libraries) },
        budget: { of: 'ratio', atMost: 2 },
      },
      {
        what: 'the same, beside our own splitter',
        measured,
        unit: 'ms',
        reference: { what: 'its lines split into cells alone', value: splitAlone },
        budget: { of: 'ratio' },
      },
      {
        what: 'memory that it takes on top, with its worker',
        measured: Math.max(...grown) / MB,
        unit: 'MB',
        budget: { of: 'value', atMost: 100 },
      },
    ]
  },
}

/** By a library that many use. */
async function parseAlone(path: string): Promise<number> {
  let rows = 0
  for await (const _row of createReadStream(path).pipe(parse({ relax_column_count: true }))) rows += 1
  return rows
}

async function split(path: string): Promise<void> {
  const splitter = new CsvSplitter(',')
  for await (const text of createReadStream(path, { encoding: 'utf8' })) splitter.push(String(text))
  splitter.end()
}

/** By how many bytes the process was larger while it worked. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  await work()
  clearInterval(watch)
  return most - before
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
