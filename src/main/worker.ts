import { parentPort, workerData } from 'node:worker_threads'
import type { z } from 'zod'
import { importBill } from '#main/features/bills/import-bill.ts'
import { makeBackup } from '#main/store/backup/make-backup.ts'
import { compareBill } from '#main/store/bill-rows/compare-bill.ts'
import { exportOrders } from '#main/store/export/export-orders.ts'
import { type JobContext, type JobRun, type WorkerMessage, workOrderSchema } from './worker/job.ts'
import { JOBS, type JobName, type Jobs } from './worker/jobs.ts'

/**
 * Entry of a worker thread: one job, then it ends. It has its own connection to the database, never the main thread's;
 * a key comes with the input and lives in memory only. What is thrown here is a bug and reaches the main thread as one.
 */
const RUNS: { readonly [N in JobName]: JobRun<Jobs[N]> } = {
  backup: makeBackup,
  billCompare: compareBill,
  billImport: importBill,
  orderExport: exportOrders,
}

await main()

async function main(): Promise<void> {
  const { job, input, flags } = workOrderSchema.parse(workerData)
  if (!isJobName(job)) throw new Error(`no such job: ${job}`)
  const ended = await run(job, input, {
    progress: (done, total) => say({ kind: 'progress', done, total }),
    isCancelled: () => Atomics.load(flags, 0) === 1,
  })
  say(ended.ok ? { kind: 'done', value: ended.value } : { kind: 'failed', ...ended.error })
}

function run<N extends JobName>(name: N, input: unknown, context: JobContext) {
  // One table gave both the schema and the run, so the pair fits; TypeScript cannot follow that through a name.
  return RUNS[name](JOBS[name].input.parse(input) as z.output<Jobs[N]['input']>, context)
}

function say(message: WorkerMessage): void {
  parentPort?.postMessage(message)
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name)
}
