import { z } from 'zod'
import { command, query, requestIdSchema } from './procedure.ts'

export const TASK_KINDS = ['orderExport', 'retention', 'archive', 'billImport', 'billCompare', 'backup'] as const

/** One piece of long work of the desk: what it is, how far it is, how it ended. Lives in memory; work that must outlive a
 * restart takes itself up again. */
export const taskSchema = z.object({
  id: z.string(),
  kind: z.enum(TASK_KINDS),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Both in the unit of the work: orders, rows. `total` is null while nobody knows. */
  done: z.number(),
  total: z.number().nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** zh-CN: what came of it, or why it failed; null while it runs, and where the screen that waits for it says it. */
  words: z.string().nullable(),
})
export type Task = z.infer<typeof taskSchema>
export type TaskKind = Task['kind']

export const taskProcedures = {
  /** What runs, and what ended last, oldest first. */
  'tasks.list': query({
    input: z.object({}),
    output: z.object({ tasks: z.array(taskSchema) }),
    errors: [],
    permission: 'view',
  }),
  /** Asks a task to stop; that it has is told by `task.changed`. False when it does not run any more. */
  'tasks.cancel': command({
    input: z.object({ requestId: requestIdSchema, taskId: z.string().max(64) }),
    output: z.object({ asked: z.boolean() }),
    errors: [],
    permission: 'view',
  }),
}
