import { z } from 'zod'
import { query } from './procedure.ts'

/**
 * The lock of the window. It hides what the window shows and stops every command; what is under way with the centre
 * goes on. It lives in the main process, so that a window drawn anew is as locked as before.
 */
export const windowLockSchema = z.object({
  locked: z.boolean(),
  /** False: any confirming key unlocks. */
  needsPin: z.boolean(),
})
export type WindowLock = z.infer<typeof windowLockSchema>

/** A new PIN as a person types it: digits, which every keyboard has where it can be found blind. */
export const PIN_PATTERN = /^\d{4,8}$/

/**
 * They change the window, not money, and may be repeated: queries. A command's input leaves a hash in the store, which
 * would give a PIN of few digits away.
 */
export const lockProcedures = {
  'window.lockState': query({ input: z.object({}), output: windowLockSchema, errors: [], permission: 'view' }),
  'window.lock': query({ input: z.object({}), output: windowLockSchema, errors: [], permission: 'view' }),
  'window.unlock': query({
    input: z.object({ pin: z.string({ error: '应为文本' }).max(16, { error: '最多 16 个字符' }).optional() }),
    output: windowLockSchema,
    errors: ['PIN_WRONG'],
    permission: 'view',
  }),
}
