import { z } from 'zod'
import { BILL_TYPES } from '#shared/centre/download-bill.ts'
import { billComparisonSchema } from '#shared/contract/bills.ts'
import { BILL_FIELDS, BILL_MOVEMENTS } from '#shared/domain/bill-columns.ts'
import { storeKeySchema } from '../backup/backup-job.ts'
import { billFactsSchema } from '../bills.ts'

const rowsWantedSchema = z.object({
  /** The file to make, under a name that nobody takes for a bill's. */
  part: z.string(),
  /** The desk's database, which stays open and in use; only read. */
  database: z.string(),
  key: storeKeySchema,
  billDate: z.string(),
  billType: z.enum(BILL_TYPES),
  nowMs: z.number(),
})
export type RowsWanted = z.output<typeof rowsWantedSchema>

/** A raw file read row by row into a file of rows, and these compared. */
export const billImportJob = {
  input: rowsWantedSchema.extend({
    raw: z.string(),
    /** Header names and words of this site. */
    names: z.object({
      columns: z.record(z.enum(BILL_FIELDS), z.array(z.string()).readonly()),
      words: z.record(z.enum(BILL_MOVEMENTS), z.array(z.string()).readonly()),
    }),
  }),
  output: z.discriminatedUnion('read', [
    z.object({ read: z.literal(true), facts: billFactsSchema, comparison: billComparisonSchema }),
    z.object({
      read: z.literal(false),
      code: z.enum(['BILL_UNREADABLE', 'BILL_TOO_LARGE']),
      /** zh-CN; never with a value of the file. */
      words: z.string(),
      headers: z.array(z.string()),
    }),
  ]),
}

/** The rows of a bill that is kept, compared anew. */
export const billCompareJob = {
  input: rowsWantedSchema.extend({ rows: z.string() }),
  output: z.object({ comparison: billComparisonSchema }),
}
