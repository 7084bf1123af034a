import { z } from 'zod'
import { maskName } from '../domain/masks.ts'
import { fenSchema } from '../domain/money.ts'
import { query } from './procedure.ts'
import { appearanceSchema, environmentSchema } from './settings.ts'

/** What the patient is asked to do; the words for each are the display's own, so that no text can be sent to it. */
export const DISPLAY_STEPS = ['voucher', 'hold', 'pay', 'expired', 'paid', 'partlyPaid', 'checking'] as const
export type DisplayStep = (typeof DISPLAY_STEPS)[number]

/** At most the first and the last character of a name; how long it is stays hidden too. */
const shownNameSchema = z.string().regex(/^[^\s*\d]?\*{1,2}[^\s*\d]?$/u, { error: '应为遮盖后的姓名' })

/** Money as the patient sees it: null where nobody has told it. */
const splitSchema = z.strictObject({
  totalFen: fenSchema,
  /** Insurance fund, personal account, own part, taken from what was prepaid. */
  fundFen: fenSchema.nullable(),
  accountFen: fenSchema.nullable(),
  ownPayFen: fenSchema.nullable(),
  prepaidFen: fenSchema.nullable(),
  /** The parts are what the centre expects; how it is paid decides. */
  isForecast: z.boolean(),
})
export type DisplaySplit = z.infer<typeof splitSchema>

const payCodeSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2048),
  fromMs: z.number(),
  untilMs: z.number().nullable(),
})

/**
 * All that the patient's display can ever be told of a payment. Strict, and without any free text: a whole name, a
 * number of a person, a department or a diagnosis has no place to stand in.
 */
export const displayContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({
    kind: z.literal('payment'),
    step: z.enum(DISPLAY_STEPS),
    shownName: shownNameSchema,
    split: splitSchema,
    /** Only while there is something to scan. */
    payCode: payCodeSchema.nullable(),
  }),
])
export type DisplayContent = z.infer<typeof displayContentSchema>
export type DisplayPayment = Extract<DisplayContent, { kind: 'payment' }>

export const IDLE_DISPLAY: DisplayContent = { kind: 'idle' }

/** 周知行 → 周*行; long names keep no more than two stars. */
export function displayName(patientName: string): string {
  return maskName(patientName.replace(/[\s\d*]/g, '')).replace(/\*{3,}/, '**')
}

/** The display as it is drawn: the content, and what the desk is. */
export const displayViewSchema = z.strictObject({
  content: displayContentSchema,
  orgName: z.string(),
  deskName: z.string(),
  environment: environmentSchema,
  theme: appearanceSchema.shape.theme,
  /** Main process time, so that the countdown does not depend on the window's clock. */
  nowMs: z.number(),
})
export type DisplayView = z.infer<typeof displayViewSchema>

/** For how long a content stands without being said again: a counter that is gone must not leave a patient on show. */
export const DISPLAY_LIFE_MS = 20_000
/** How often the counter says it again. */
export const DISPLAY_RENEW_MS = 5000

export const displayProcedures = {
  /** For the display itself; the only thing that it may ask. */
  'display.get': query({ input: z.object({}), output: displayViewSchema, errors: [], permission: 'display' }),
  /** Puts this in place of what the display shows. Kept nowhere, and the same again changes nothing: a query. */
  'display.show': query({
    input: z.object({ content: displayContentSchema }),
    output: z.object({}),
    errors: [],
    permission: 'collect',
  }),
  /**
   * Opens the display. `window`: the host has opened it on a screen of its own. `page`: the window is to open this
   * address beside its own, with a key that can do nothing but look at the display. `off`: the settings want none.
   */
  'display.open': query({
    input: z.object({}),
    output: z.discriminatedUnion('by', [
      z.object({ by: z.literal('window') }),
      z.object({ by: z.literal('page'), address: z.string() }),
      z.object({ by: z.literal('off') }),
    ]),
    errors: [],
    permission: 'collect',
  }),
}
