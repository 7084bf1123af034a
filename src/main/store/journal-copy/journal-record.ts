import { z } from 'zod'
import { REFUND_CHANNELS } from '#shared/contract/refunds.ts'
import { fenSchema } from '#shared/domain/money.ts'
import { OPERATION_KINDS, OPERATION_STATES } from '#shared/domain/order-view.ts'
import { REFUND_TYPES } from '#shared/domain/refund-step.ts'

/** One state of an operation, with all that brings it and its order back where the database is lost. Never its token. */
const operationSchema = z.object({
  kind: z.literal('operation'),
  operation: z.object({
    id: z.string(),
    medOrgOrd: z.string(),
    kind: z.enum(OPERATION_KINDS),
    state: z.enum(OPERATION_STATES),
    requestId: z.string(),
    requestJson: z.string(),
    operatorName: z.string(),
    message: z.string().nullable(),
    preparedAtMs: z.number(),
    endedAtMs: z.number().nullable(),
  }),
  order: z.object({
    payOrdId: z.string().nullable(),
    charge: z.object({
      patientName: z.string(),
      idNo: z.string(),
      deptName: z.string(),
      drName: z.string(),
      visitTime: z.string(),
      chargeFen: fenSchema,
      chargeOutsideFen: fenSchema,
    }),
  }),
  refund: z
    .object({
      operationId: z.string(),
      medOrgOrd: z.string(),
      appRefdSn: z.string(),
      refdType: z.enum(REFUND_TYPES),
      refChannel: z.enum(REFUND_CHANNELS),
      reason: z.string(),
    })
    .nullable(),
})

/** One acknowledged message of the centre. */
const callbackSchema = z.object({
  kind: z.literal('callback'),
  callback: z.object({
    interfaceId: z.string(),
    medOrgOrd: z.string().nullable(),
    payOrdId: z.string().nullable(),
    dedupeKey: z.string(),
    moneyKey: z.string().nullable(),
    body: z.string(),
    caller: z.string(),
    receivedAtMs: z.number(),
    answerStatus: z.number(),
    answerBody: z.string(),
  }),
})

export const journalRecordSchema = z.discriminatedUnion('kind', [operationSchema, callbackSchema])
export type JournalRecord = z.output<typeof journalRecordSchema>
export type OperationEntry = Extract<JournalRecord, { kind: 'operation' }>
export type CallbackEntry = Extract<JournalRecord, { kind: 'callback' }>
