import { z } from 'zod'
import { refundTypeSchema } from '../domain/refund-step.ts'
import { orderSchema } from './orders.ts'
import { command, orderNumberSchema, requestIdSchema, tokenSchema } from './procedure.ts'

export const REFUND_CHANNELS = ['online', 'offline'] as const
export const refundChannelSchema = z.enum(REFUND_CHANNELS, { error: '应为 online 或 offline' })
export type RefundChannel = z.infer<typeof refundChannelSchema>

export const refundProcedures = {
  /**
   * Gives back a settled order or one leg of it (interface 1.4). Only what is legal now (`order.may.refund`) is taken.
   * Once the operation is journalled the answer is the order, whatever came of it.
   */
  'refunds.start': command({
    input: z
      .object({
        requestId: requestIdSchema,
        medOrgOrd: orderNumberSchema,
        refdType: refundTypeSchema,
        refChannel: refundChannelSchema,
        ecToken: tokenSchema,
        reason: z
          .string({ error: '应为文本' })
          .trim()
          .min(1, { error: '请写明退款原因' })
          .max(200, { error: '最多 200 个字符' }),
      })
      .refine((input) => input.refChannel === 'online' || (input.ecToken ?? '') !== '', {
        path: ['ecToken'],
        error: 'refChannel 为 offline 时必填，请扫患者的医保电子凭证',
      }),
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND', 'ORDER_STATE_FORBIDS', 'ORDER_BUSY', 'OUTCOME_UNKNOWN'],
    permission: 'refund',
  }),
}
