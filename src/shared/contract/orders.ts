import { z } from 'zod'
import { fenSchema } from '../domain/money.ts'
import { SUSPENSE_REASONS } from '../domain/order-proof.ts'
import { legsSchema, ORDER_STATES, orderStateSchema, setlTypeSchema } from '../domain/order-status.ts'
import { ATTENTION_REASONS, OPERATION_KINDS, OPERATION_STATES } from '../domain/order-view.ts'
import { REFUND_OBSTACLES, refundTypeSchema } from '../domain/refund-step.ts'
import { searchMarkSchema } from '../domain/search-marks.ts'
import { settlementAmountsSchema } from '../domain/settlement.ts'
import { decideInputSchema, decisionObstacleSchema, decisionSchema, noteInputSchema } from './decisions.ts'
import { outlineInputFields, outlineSchema } from './outline.ts'
import { command, orderNumberSchema, query, requestIdSchema } from './procedure.ts'
import { taskSchema } from './tasks.ts'

/**
 * What happened to an order, one word an event; the words for people are in the renderer. `data` holds short facts
 * (codes, milliseconds, fen as digits), never a token and nothing personal.
 */
export const TIMELINE_KINDS = [
  'orderCreated',
  'uploadSent',
  'uploadSucceeded',
  'uploadRefused',
  'uploadNotSent',
  'uploadUnknown',
  'uploadResolved',
  'revokeSent',
  'revokeSucceeded',
  'revokeRefused',
  'revokeNotSent',
  'revokeUnknown',
  'revokeResolved',
  'refundSent',
  'refundSucceeded',
  'refundRefused',
  'refundNotSent',
  'refundUnknown',
  'refundResolved',
  'feeDetailServed',
  'feeDetailRefused',
  'settlementReceived',
  'settlementRepeated',
  'settlementConflict',
  'settlementIdentityFailed',
  'miniProgramReceived',
  'outcomeDecided',
  'decisionContradicted',
  'attentionNoted',
  'orderRebuilt',
  'queryAnswered',
  'queryRefused',
  'queryFailed',
  'stateChanged',
  'feeChanged',
  'receiptPrinted',
  'resultWritten',
  'resultDelayed',
  'enteredSuspense',
  'resumedAfterRestart',
] as const
export type TimelineKind = (typeof TIMELINE_KINDS)[number]

export const timelineEntrySchema = z.object({
  id: z.int(),
  atMs: z.number(),
  kind: z.enum(TIMELINE_KINDS),
  /** Who did it: an operator of this desk, the desk's own clockwork, the payment centre. */
  actor: z.enum(['operator', 'desk', 'centre']),
  operatorName: z.string().nullable(),
  data: z.record(z.string(), z.string()),
})
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

export const attentionSchema = z.object({
  reason: z.enum(ATTENTION_REASONS),
  sinceMs: z.number(),
  /** More exact words where there are any, e.g. the identity as a sum. */
  detail: z.string().nullable(),
})
export type Attention = z.infer<typeof attentionSchema>

export const operationSchema = z.object({
  id: z.string(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(OPERATION_STATES),
  startedAtMs: z.number(),
  /** The centre's own words, or ours why nothing was sent. */
  message: z.string().nullable(),
})
export type OrderOperation = z.infer<typeof operationSchema>

/** An order in a list. Numbers as null where the centre has not named them. */
export const orderSummarySchema = z.object({
  medOrgOrd: orderNumberSchema,
  payOrdId: z.string().nullable(),
  /** The centre's status code that proves `state`, or the last one heard when it proves nothing. */
  ordStas: z.string().nullable(),
  state: orderStateSchema,
  legs: legsSchema,
  setlType: setlTypeSchema.nullable(),
  amounts: settlementAmountsSchema,
  /** The hospital's charge: inside plus outside the catalogue. */
  totalFen: fenSchema,
  patientName: z.string(),
  maskedIdNo: z.string(),
  deptName: z.string(),
  attention: attentionSchema.optional(),
  operation: operationSchema.optional(),
  /** When the desk will ask the centre next; null while nothing is left to ask. */
  nextQueryAtMs: z.number().nullable(),
  /** Questions put to the centre since the order came into this state, answered or not. */
  questionsAsked: z.int(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
})
export type OrderSummary = z.infer<typeof orderSummarySchema>

/** One refund of this order as it was asked for, and what came back; amounts positive (quirk Q9), null until told. */
export const refundSchema = z.object({
  appRefdSn: z.string(),
  refdType: refundTypeSchema,
  refChannel: z.enum(['online', 'offline']),
  reason: z.string(),
  startedAtMs: z.number(),
  state: z.enum(OPERATION_STATES),
  message: z.string().nullable(),
  totalFen: fenSchema.nullable(),
  cashFen: fenSchema.nullable(),
  fundFen: fenSchema.nullable(),
  accountFen: fenSchema.nullable(),
  cashChannel: z.string().nullable(),
})
export type Refund = z.infer<typeof refundSchema>

export const orderSchema = orderSummarySchema.extend({
  drName: z.string(),
  visitTime: z.string(),
  /** Page where the patient pays (interface 1.6); null before upload and where the centre gave none. */
  cashierUrl: z.string().nullable(),
  uploadedAtMs: z.number().nullable(),
  /** Until when the desk expects the patient to pay; after it nothing is proved, the desk only says so. */
  payUntilMs: z.number().nullable(),
  /** Insurance transaction number (setl_id) and registration number (mdtrt_id). */
  hiDocSn: z.string().nullable(),
  hiRgstSn: z.string().nullable(),
  settledAtMs: z.number().nullable(),
  suspenseReason: z.enum(SUSPENSE_REASONS).nullable(),
  /** Whether `amounts` come from a settlement (and from which message) or are only the charge and a forecast. */
  amountsFrom: z.enum(['query', 'callback']).nullable(),
  identityHolds: z.boolean().nullable(),
  callbackAtMs: z.number().nullable(),
  lastQueryAtMs: z.number().nullable(),
  /** What is legal now. The main process enforces the same; here it is told so that the window need not guess. */
  may: z.object({ upload: z.boolean(), revoke: z.boolean(), query: z.boolean() }),
  /** Why each kind of refund may not be started now; null where it may. */
  refundObstacles: z.record(refundTypeSchema, z.enum(REFUND_OBSTACLES).nullable()),
  /** The one legal next step of a half refund or half payment. */
  nextRefund: refundTypeSchema.nullable(),
  /** Whether a person may decide the unknown outcome now, and from when if it is too early. */
  decision: z.object({ obstacle: decisionObstacleSchema, notBeforeMs: z.number().nullable() }),
  /** What persons decided and noted, oldest first. */
  decisions: z.array(decisionSchema),
  /** When it was made from the centre's answer, because this desk did not know it; null for an order of this desk. */
  rebuiltAtMs: z.number().nullable(),
  refunds: z.array(refundSchema),
  /** The hospital's charge is another than the one that was uploaded and is not paid yet: revoke and upload again. */
  feeChanged: z.boolean(),
  timeline: z.array(timelineEntrySchema),
})
export type Order = z.infer<typeof orderSchema>

/** Which orders a list is of, whatever is searched in it. */
const listFields = {
  states: z.array(z.enum(ORDER_STATES)).max(ORDER_STATES.length).optional(),
  /** Calendar days in UTC+8, inclusive. */
  from: z.iso.date({ error: '应为日期 YYYY-MM-DD' }).optional(),
  to: z.iso.date({ error: '应为日期 YYYY-MM-DD' }).optional(),
}

/** `matched`: where the words of the search were found in what is shown, one mark a word at most. */
export const foundOrderSchema = orderSummarySchema.extend({ matched: z.array(searchMarkSchema).optional() })
export type FoundOrder = z.infer<typeof foundOrderSchema>

export const orderProcedures = {
  /**
   * Orders, newest first; with a text those that fit it, the best first: whole numbers, tails and amounts, beginnings of
   * numbers, names and initials. A page may be shorter than asked for, even empty, and yet have a next one: it says so.
   */
  'orders.search': query({
    input: z.object({
      ...listFields,
      /** The one search box, see `domain/search-text.ts`. Days in it narrow the range below. */
      text: z.string().trim().max(64).optional(),
      /** Only orders that a person should look at. */
      attention: z.boolean().optional(),
      cursor: z.string().max(200).optional(),
      limit: z.int().min(1).max(200).optional(),
    }),
    output: z.object({ orders: z.array(foundOrderSchema), nextCursor: z.string().optional() }),
    errors: [],
    permission: 'view',
  }),
  /** The length of a list without a search text, and where its pages begin, from a page's cursor on. */
  'orders.outline': query({
    input: z.object({ ...listFields, ...outlineInputFields }),
    output: outlineSchema,
    errors: [],
    permission: 'view',
  }),
  /**
   * Writes the orders of a search as a CSV file for Excel into the desk's `exports` folder, in a worker: a task, which
   * tells where the file is. Persons are masked unless asked for in full, which only who may configure may do.
   */
  'orders.export': command({
    input: z.object({
      requestId: requestIdSchema,
      ...listFields,
      text: z.string().trim().max(64).optional(),
      wholePersons: z.boolean().default(false),
    }),
    output: taskSchema,
    errors: [],
    permission: 'view',
  }),
  'orders.get': query({
    input: z.object({ medOrgOrd: orderNumberSchema }),
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND'],
    permission: 'view',
  }),
  /** Asks the centre first (interface 1.3), then answers the order. */
  'orders.refresh': query({
    input: z.object({ medOrgOrd: orderNumberSchema }),
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND', 'CENTRE_UNREACHABLE', 'CENTRE_REFUSED', 'CENTRE_UNREADABLE'],
    permission: 'view',
  }),
  /** Orders that a person should look at, the longest waiting first, and how many there are by reason. */
  'orders.attention': query({
    input: z.object({ reason: z.enum(ATTENTION_REASONS).optional() }),
    output: z.object({
      orders: z.array(orderSummarySchema),
      counts: z.partialRecord(z.enum(ATTENTION_REASONS), z.int()),
    }),
    errors: [],
    permission: 'view',
  }),
  /**
   * Ends an operation whose outcome the centre does not prove, on a person's evidence (money-safety.md, rule 3). Only
   * after the fast part of the ladder; in production never without a number. Sends nothing.
   */
  'orders.decide': command({
    input: decideInputSchema,
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND', 'ORDER_STATE_FORBIDS', 'DECISION_TOO_EARLY'],
    permission: 'refund',
  }),
  /** Records what was found behind an alarm that no answer ends. It ends the alarm and never touches the proof. */
  'orders.note': command({
    input: noteInputSchema,
    output: orderSchema,
    errors: ['ORDER_NOT_FOUND', 'ORDER_STATE_FORBIDS'],
    permission: 'refund',
  }),
  /**
   * Makes an order that this desk does not know from what the centre (1.3) and the hospital's system say of it. The
   * number may be the hospital's or the centre's. Sends nothing but the question.
   */
  'orders.rebuild': command({
    input: z.object({ requestId: requestIdSchema, number: orderNumberSchema }),
    output: orderSchema,
    errors: ['CENTRE_UNREACHABLE', 'CENTRE_REFUSED', 'CENTRE_UNREADABLE', 'FOREIGN_ORDER'],
    permission: 'collect',
  }),
}
