import { z } from 'zod'
import { orderSchema } from './orders.ts'
import { command, orderNumberSchema, query, requestIdSchema, tokenSchema } from './procedure.ts'

const uploadInputSchema = z
  .object({
    requestId: requestIdSchema,
    medOrgOrd: orderNumberSchema,
    ecToken: tokenSchema,
    payAuthNo: tokenSchema,
  })
  .refine((input) => (input.ecToken ?? '') !== '' || (input.payAuthNo ?? '') !== '', {
    path: ['ecToken'],
    error: 'ecToken 与 payAuthNo 不能同时为空',
  })

/** An address as it is; it is encoded where the link is written, and nowhere else. */
const optionalUrl = z
  .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1024)], { error: '应为 http 或 https 网址' })
  .optional()

export const counterProcedures = {
  /**
   * Uploads the fees of one charge (interface 1.6). Once the operation is journalled the answer is the order, whatever
   * came of it: uploaded, failed with the centre's words, or unknown. An error means that nothing was journalled.
   */
  'counter.upload': command({
    input: uploadInputSchema,
    output: orderSchema,
    errors: ['CHARGE_NOT_FOUND', 'HIS_UNREACHABLE', 'ORDER_STATE_FORBIDS', 'ORDER_BUSY', 'OUTCOME_UNKNOWN'],
    permission: 'collect',
  }),
  /** Revokes an upload that is not paid (interface 1.7). Answers the order as `counter.upload` does. */
  'counter.revoke': command({
    input: z.object({ requestId: requestIdSchema, medOrgOrd: orderNumberSchema }),
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND', 'ORDER_STATE_FORBIDS', 'ORDER_BUSY', 'OUTCOME_UNKNOWN'],
    permission: 'collect',
  }),
  /**
   * For a charge that changed after its upload: revokes (interface 1.7) and, only if that is certain, uploads what the
   * hospital has now. Answers the order as it stands after the last step that was taken.
   */
  'counter.reupload': command({
    input: uploadInputSchema,
    output: orderSchema,
    errors: [
      'CHARGE_NOT_FOUND',
      'HIS_UNREACHABLE',
      'ORDER_NOT_FOUND',
      'ORDER_STATE_FORBIDS',
      'ORDER_BUSY',
      'OUTCOME_UNKNOWN',
    ],
    permission: 'collect',
  }),
  /** A token as a scanner would deliver it for this charge. Exists in the simulated environment only. */
  'counter.simulateScan': query({
    input: z.object({ medOrgOrd: orderNumberSchema }),
    output: z.object({ ecToken: z.string() }),
    errors: ['NOT_IN_THIS_ENVIRONMENT'],
    permission: 'collect',
  }),
  /**
   * The page where the patient pays, for a link or a code on screen (interface 1.2). `openId` is not needed for the
   * Alipay mini-program. Without `notifyUrl` the centre is told to send 2.3 to this desk's own listener.
   */
  'counter.cashierLink': query({
    input: z.object({
      medOrgOrd: orderNumberSchema,
      openId: z.string({ error: '应为文本' }).trim().max(128, { error: '最多 128 个字符' }).optional(),
      returnUrl: optionalUrl,
      notifyUrl: optionalUrl,
    }),
    output: z.object({ url: z.string() }),
    errors: ['CHARGE_NOT_FOUND', 'HIS_UNREACHABLE'],
    permission: 'view',
  }),
}
