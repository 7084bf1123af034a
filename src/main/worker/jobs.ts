import type { z } from 'zod'
import { backupJob } from '#main/store/backup/backup-job.ts'
import { billCompareJob, billImportJob } from '#main/store/bill-rows/bill-jobs.ts'
import { orderExportJob } from '#main/store/export/order-export-job.ts'

/** Everything that runs in a worker. How each is carried out stands in `../worker.ts`, which the main thread never loads. */
export const JOBS = {
  backup: backupJob,
  billCompare: billCompareJob,
  billImport: billImportJob,
  orderExport: orderExportJob,
} as const

export type Jobs = typeof JOBS
export type JobName = keyof Jobs
export type JobInput<N extends JobName> = z.input<Jobs[N]['input']>
export type JobOutput<N extends JobName> = z.output<Jobs[N]['output']>
