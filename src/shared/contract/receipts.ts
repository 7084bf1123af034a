import { z } from 'zod'
import { RECEIPT_KINDS } from '../domain/receipt.ts'
import { command, orderNumberSchema, requestIdSchema } from './procedure.ts'

export const receiptKindSchema = z.enum(RECEIPT_KINDS, { error: '应为 settlement 或 refund' })

export const receiptProcedures = {
  /**
   * Counts one print of a receipt and writes it into the order's timeline, before anything is on paper. `copyNo` is 1
   * for the first; every later one is marked as a copy. Only what is proved may be printed.
   */
  'receipts.print': command({
    input: z.object({ requestId: requestIdSchema, medOrgOrd: orderNumberSchema, kind: receiptKindSchema }),
    output: z.object({ copyNo: z.int(), atMs: z.number() }),
    errors: ['ORDER_NOT_FOUND', 'ORDER_STATE_FORBIDS'],
    permission: 'collect',
  }),
  /**
   * Puts the receipt that the window shows on paper, or into a PDF beside the database. `window` is answered where the
   * host cannot print by itself (a browser): the window then prints.
   */
  'receipts.toPrinter': command({
    input: z.object({
      requestId: requestIdSchema,
      medOrgOrd: orderNumberSchema,
      to: z.enum(['printer', 'pdf'], { error: '应为 printer 或 pdf' }),
    }),
    output: z.object({ by: z.enum(['printer', 'pdf', 'window']), file: z.string().nullable() }),
    errors: ['PRINT_FAILED'],
    permission: 'collect',
  }),
}
