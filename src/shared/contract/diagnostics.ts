import { z } from 'zod'
import { DRIFT_KINDS } from '../centre/wire-drift.ts'
import { command, orderNumberSchema, query, requestIdSchema } from './procedure.ts'

/** One way in which the centre's messages differ from the interface document. It never blocked anything. */
export const driftRowSchema = z.object({
  /** Number in the document, e.g. 2.2. */
  interfaceId: z.string(),
  kind: z.enum(DRIFT_KINDS),
  path: z.string(),
  times: z.int(),
  firstAtMs: z.number(),
  lastAtMs: z.number(),
  /** How the value was built when it was met first (letters a, digits 9, Han 字), never the value. */
  sample: z.string().nullable(),
})
export type DriftRow = z.infer<typeof driftRowSchema>

/** One message that went over the wire about an order. */
export const wireMessageSchema = z.object({
  interfaceId: z.string(),
  /** out: we called, `body` is the centre's answer. in: the centre called, `body` is its message. */
  direction: z.enum(['out', 'in']),
  atMs: z.number(),
  /** From our call to its answer; null for a message of the centre. */
  elapsedMs: z.number().nullable(),
  /** HTTP status of the answer, theirs or ours; null when none came. */
  status: z.int().nullable(),
  /** Indented JSON with personal values and secrets masked; in words where it is no JSON; null when there was none. */
  body: z.string().nullable(),
  /** What we answered to a message of the centre; null for our own calls. */
  answer: z.string().nullable(),
})
export type WireMessage = z.infer<typeof wireMessageSchema>

export const diagnosticsProcedures = {
  'diagnostics.drift': query({
    input: z.object({}),
    output: z.object({ rows: z.array(driftRowSchema) }),
    errors: [],
    permission: 'view',
  }),
  /** Forgets what was counted, e.g. after the centre was updated. */
  'diagnostics.clearDrift': command({
    input: z.object({ requestId: requestIdSchema }),
    output: z.object({ cleared: z.int() }),
    errors: [],
    permission: 'configure',
  }),
  /** What went over the wire about an order, in the order of time; an answer that repeats the one before stands once. */
  'diagnostics.messages': query({
    input: z.object({ medOrgOrd: orderNumberSchema }),
    output: z.object({ messages: z.array(wireMessageSchema) }),
    errors: ['ORDER_NOT_FOUND'],
    permission: 'view',
  }),
}
