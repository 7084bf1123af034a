import { z } from 'zod'

/** What a backup holds, as found by opening it. */
export const backupFactsSchema = z.object({
  schemaVersion: z.int(),
  orders: z.int(),
  operations: z.int(),
  callbacks: z.int(),
})
export type BackupFacts = z.infer<typeof backupFactsSchema>

/** The database's key, passed in memory. */
export const storeKeySchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional()

/** Progress is counted in these: the first half is the copy, which whoever waits can watch grow, the other its check. */
export const BACKUP_STEPS = 100

/** One backup of one database: made, opened and checked, and only then given its name. */
export const backupJob = {
  input: z.object({
    /** The database, which stays open and in use. */
    source: z.string(),
    key: storeKeySchema,
    folder: z.string(),
    /** In the folder; ends in `.db`. */
    fileName: z.string(),
  }),
  output: z.object({ file: z.string(), bytes: z.number(), facts: backupFactsSchema }),
}
export type BackupMade = z.infer<typeof backupJob.output>
