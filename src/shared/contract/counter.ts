import { z } from 'zod'
import { orderSchema } from './orders.ts'
import { command, orderNumberSchema, query, requestIdSchema, tokenSchema } from './procedure.ts'

const uploadInputSchema = z
  .object({
    requestId: requestIdSchema,
    medOrgOrd: orderNumberSchema,
    ecToken: tokenSchema,
    payAuthNo: tokenSchema,
    /** Confirmed by the operator after PATIENT_MISMATCH: the e-voucher is somebody else's. */
    otherPersonConfirmed: z.boolean({ error: '应为 true 或 false' }).optional(),
  })
  .refine((input) => (input.ecToken ?? '') !== '' || (input.payAuthNo ?? '') !== '', {
    path: ['ecToken'],
    error: 'ecToken 与 payAuthNo 不能同时为空',
  })

const scannedCodeSchema = z
  .string({ error: '应为文本' })
  .regex(/^[\x21-\x7e]{8,128}$/, { error: '应为 8 到 128 个字母、数字和符号' })

/** Whose e-voucher it is, masked, and whether that is whom the charge is about; null where the decoding did not tell. */
export const voucherPersonSchema = z.object({
  maskedName: z.string().nullable(),
  maskedIdNo: z.string().nullable(),
  insuOrg: z.string().nullable(),
  nameMatches: z.boolean().nullable(),
  idNoMatches: z.boolean().nullable(),
  /** Name or number belong to somebody else: `counter.upload` then wants a confirmation. */
  isMismatch: z.boolean(),
  chargeMaskedName: z.string(),
})
export type VoucherPersonShown = z.infer<typeof voucherPersonSchema>

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
    errors: [
      'CHARGE_NOT_FOUND',
      'HIS_UNREACHABLE',
      'PATIENT_MISMATCH',
      'ORDER_STATE_FORBIDS',
      'ORDER_BUSY',
      'OUTCOME_UNKNOWN',
    ],
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
      'PATIENT_MISMATCH',
      'ORDER_NOT_FOUND',
      'ORDER_STATE_FORBIDS',
      'ORDER_BUSY',
      'OUTCOME_UNKNOWN',
    ],
    permission: 'collect',
  }),
  /**
   * The token of a scanned code, by the decoder of the settings, and whether the e-voucher is the person's whom the
   * charge is about. A query, so that neither code nor token is kept with the answered commands.
   */
  'counter.decodeScan': query({
    input: z.object({ medOrgOrd: orderNumberSchema, code: scannedCodeSchema }),
    output: z.object({ ecToken: z.string(), person: voucherPersonSchema.nullable() }),
    errors: ['CHARGE_NOT_FOUND', 'HIS_UNREACHABLE', 'DECODER_FAILED', 'TOKEN_REJECTED'],
    permission: 'collect',
  }),
  /** What a scanner would deliver for this charge: a token, or a code to decode. In the simulated environment only. */
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
