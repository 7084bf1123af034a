import { z } from 'zod'
import { REFUND_TYPES } from '#shared/domain/refund-step.ts'

/** What the network does to one message of the desk. `kill…`: the desk's process ends at that point of its way. */
export const REQUEST_FAULTS = [
  'refuse',
  'cutBefore',
  'cutAfter',
  'silentBefore',
  'silentAfter',
  'late',
  'slow',
  'garbage',
  'badGateway',
  'foreign',
  'no',
  'halfRefund',
  'killBeforeSend',
  'killAfterSend',
  'killAfterProcessing',
  'killAfterAnswer',
] as const

/** The same for a message to the desk. */
export const CALLBACK_FAULTS = [
  'lose',
  'twice',
  'late',
  'cutAfter',
  'badIdentity',
  'otherMoney',
  'foreign',
  'killBefore',
  'killDuring',
  'killAfterAck',
] as const

export const REQUESTS = ['1.3', '1.4', '1.6', '1.7', '1.8'] as const
export const CALLBACKS = ['2.1', '2.2', '2.3'] as const
export type RequestInterface = (typeof REQUESTS)[number]
export type CallbackInterface = (typeof CALLBACKS)[number]
export type RequestFault = (typeof REQUEST_FAULTS)[number]
export type CallbackFault = (typeof CALLBACK_FAULTS)[number]

/**
 * open: looks at the page. pay…: everything, cash only, insurance only. half…: one leg is taken and the other not yet.
 * worst: ordStas 16. complete: the missing half follows. miniProgram: opens a payment of his own (1.2).
 */
export const PATIENT_ACTS = [
  'open',
  'pay',
  'payCash',
  'payInsurance',
  'fail',
  'halfCash',
  'halfInsurance',
  'worst',
  'complete',
  'miniProgram',
] as const

/** once; twice: two windows; again: the same command a moment later. */
const CLICKS = ['once', 'twice', 'again'] as const

const order = z.int().min(0).max(9)
const afterMs = z.int().min(0)

/** One step of a script. Plain data: a script is kept, cut short and repeated. Steps that do not apply do nothing. */
export const stepSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('upload'), afterMs, order, clicks: z.enum(CLICKS) }),
  z.strictObject({ do: z.literal('revoke'), afterMs, order, clicks: z.enum(CLICKS) }),
  z.strictObject({ do: z.literal('reupload'), afterMs, order, clicks: z.enum(CLICKS) }),
  z.strictObject({
    do: z.literal('refund'),
    afterMs,
    order,
    clicks: z.enum(CLICKS),
    type: z.enum(REFUND_TYPES),
    channel: z.enum(['online', 'offline']),
  }),
  z.strictObject({ do: z.literal('refresh'), afterMs, order }),
  /** A person ends an unknown outcome by what he found out; `wrong`: he was told wrong. */
  z.strictObject({ do: z.literal('decide'), afterMs, order, wrong: z.boolean() }),
  z.strictObject({ do: z.literal('notice'), afterMs, order, clicks: z.enum(CLICKS) }),
  z.strictObject({ do: z.literal('patient'), afterMs, order, act: z.enum(PATIENT_ACTS) }),
  z.strictObject({
    do: z.literal('requestFault'),
    afterMs,
    order,
    on: z.enum(REQUESTS),
    kind: z.enum(REQUEST_FAULTS),
    ms: z.int(),
  }),
  z.strictObject({
    do: z.literal('callbackFault'),
    afterMs,
    order,
    on: z.enum(CALLBACKS),
    kind: z.enum(CALLBACK_FAULTS),
    ms: z.int(),
  }),
  /** The centre sends one more settlement result, honest or forged. */
  z.strictObject({
    do: z.literal('tell'),
    afterMs,
    order,
    how: z.enum(['honest', 'badIdentity', 'otherMoney', 'foreign']),
  }),
  /** For a while 1.3 says this code, whatever is true. */
  z.strictObject({ do: z.literal('says'), afterMs, order, code: z.string().max(4), ms: z.int() }),
  z.strictObject({ do: z.literal('hospital'), afterMs, up: z.boolean() }),
  z.strictObject({ do: z.literal('kill'), afterMs }),
  z.strictObject({ do: z.literal('restart'), afterMs }),
  /** The window sends again, with the same numbers, what it never heard of. */
  z.strictObject({ do: z.literal('repeatLost'), afterMs }),
  /** Everything that the desk ever acknowledged comes again. */
  z.strictObject({ do: z.literal('replay'), afterMs }),
])
export type Step = z.infer<typeof stepSchema>
export type Click = (typeof CLICKS)[number]

export const scriptSchema = z.array(stepSchema)
