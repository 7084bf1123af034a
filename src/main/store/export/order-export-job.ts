import { z } from 'zod'
import { ORDER_STATES } from '#shared/domain/order-status.ts'
import { storeKeySchema } from '../backup/backup-job.ts'

/** The orders of a search as a CSV file: whole, or not there at all. */
export const orderExportJob = {
  input: z.object({
    /** The database, which stays open and in use. */
    source: z.string(),
    key: storeKeySchema,
    /** Made when missing; only this user may read what is in it. */
    folder: z.string(),
    fileName: z.string(),
    text: z.string(),
    states: z.array(z.enum(ORDER_STATES)).optional(),
    /** Calendar days in UTC+8, inclusive. */
    from: z.string().optional(),
    to: z.string().optional(),
    nowMs: z.number(),
    /** Names and certificate numbers in full; else as on paper that others see. */
    wholePersons: z.boolean(),
  }),
  output: z.object({ file: z.string(), rows: z.int() }),
}
export type OrderExport = z.output<typeof orderExportJob.input>
