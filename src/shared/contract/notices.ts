import { z } from 'zod'
import { OPERATION_STATES } from '../domain/order-view.ts'
import { command, query, requestIdSchema } from './procedure.ts'

/** msgType of 1.8: 1 settlement in the clinic, 2 booking confirmed. */
export const noticeTypeSchema = z.enum(['1', '2'], { error: '应为 1（诊间结算）或 2（预约成功）' })

/** channel of 1.8; empty means the national insurance app only (quirk Q12). */
export const noticeChannelSchema = z.enum(['', 'all', 'local', '11', '12', '13'], {
  error: '应为空、all、local、11、12 或 13',
})

const filled = (longest: number) =>
  z
    .string({ error: '应为文本' })
    .trim()
    .min(1, { error: '不能为空' })
    .max(longest, { error: `最多 ${longest} 个字符` })

/** One notice as history shows it: nobody needs the whole name or number again. */
export const noticeSchema = z.object({
  id: z.string(),
  state: z.enum(OPERATION_STATES),
  maskedName: z.string(),
  maskedIdNo: z.string(),
  idType: z.string(),
  msgType: noticeTypeSchema,
  channel: noticeChannelSchema,
  operatorName: z.string(),
  /** The centre's own words, or ours why it was not sent. */
  message: z.string().nullable(),
  startedAtMs: z.number(),
})
export type Notice = z.infer<typeof noticeSchema>

export const noticeProcedures = {
  /** Tells a patient of a settlement or booking (interface 1.8). Journalled before it is sent; sent once. */
  'notices.send': command({
    input: z.object({
      requestId: requestIdSchema,
      psnName: filled(64),
      idType: z.string({ error: '应为文本' }).regex(/^\d{2}$/, { error: '应为两位证件类型代码，如 01' }),
      idNo: filled(32).regex(/^[\x21-\x7e]+$/, { error: '只能是字母、数字和符号' }),
      msgType: noticeTypeSchema,
      channel: noticeChannelSchema,
    }),
    output: z.object({ sentAtMs: z.number() }),
    errors: ['CENTRE_UNREACHABLE', 'CENTRE_REFUSED', 'OUTCOME_UNKNOWN', 'ORDER_BUSY'],
    permission: 'collect',
  }),
  'notices.list': query({
    input: z.object({ limit: z.int().min(1).max(200).optional() }),
    output: z.object({ notices: z.array(noticeSchema) }),
    errors: [],
    permission: 'view',
  }),
}
