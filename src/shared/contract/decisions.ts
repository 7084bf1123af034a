import { z } from 'zod'
import { DECISION_OBSTACLES, DECISION_OUTCOMES, EVIDENCE_KINDS, needsEvidenceNumber } from '../domain/decision.ts'
import { ATTENTION_REASONS, NOTABLE_REASONS } from '../domain/order-view.ts'
import { orderNumberSchema, requestIdSchema } from './procedure.ts'

/** What a person decided about an operation (`operationId`), or found behind an alarm (`reason`). Kept for ever. */
export const decisionSchema = z.object({
  operationId: z.string().nullable(),
  reason: z.enum(ATTENTION_REASONS).nullable(),
  outcome: z.enum([...DECISION_OUTCOMES, 'noted']),
  evidenceKind: z.enum(EVIDENCE_KINDS).nullable(),
  evidenceNumber: z.string().nullable(),
  note: z.string(),
  operatorName: z.string(),
  decidedAtMs: z.number(),
})
export type Decision = z.infer<typeof decisionSchema>

/** Whether a person may decide now; `null` when he may. */
export const decisionObstacleSchema = z.enum(DECISION_OBSTACLES).nullable()

const noteSchema = z
  .string({ error: '应为文本' })
  .trim()
  .min(5, { error: '请写明查证的经过，至少 5 个字' })
  .max(200, { error: '最多 200 个字符' })

const evidenceNumberSchema = z
  .string({ error: '应为文本' })
  .trim()
  .max(64, { error: '最多 64 个字符' })
  .regex(/^[\x21-\x7e]*$/, { error: '只能是字母、数字和符号' })
  .optional()

export const decideInputSchema = z
  .object({
    requestId: requestIdSchema,
    medOrgOrd: orderNumberSchema,
    /** The operation that was looked at: if it is not the open one any more, nothing is decided. */
    operationId: z.string().min(1).max(64),
    outcome: z.enum(DECISION_OUTCOMES, { error: '应为 happened 或 didNotHappen' }),
    evidenceKind: z.enum(EVIDENCE_KINDS, { error: '请选择依据' }),
    evidenceNumber: evidenceNumberSchema,
    note: noteSchema,
  })
  .refine((input) => !needsEvidenceNumber(input.evidenceKind, false) || (input.evidenceNumber ?? '') !== '', {
    path: ['evidenceNumber'],
    error: '请填写依据的号码',
  })

export const noteInputSchema = z.object({
  requestId: requestIdSchema,
  medOrgOrd: orderNumberSchema,
  /** The alarm that was looked at: another one is not ended by this note. */
  reason: z.enum(NOTABLE_REASONS, { error: '这种待处理不能只写处理结果' }),
  note: noteSchema,
})
