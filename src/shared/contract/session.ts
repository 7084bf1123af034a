import { z } from 'zod'
import { query } from './procedure.ts'
import { environmentSchema } from './settings.ts'

/** What the window needs once, before it draws anything. */
export const sessionSchema = z.object({
  appVersion: z.string(),
  environment: environmentSchema,
  orgName: z.string(),
  deskName: z.string(),
  operatorName: z.string(),
  /** Nobody has chosen yet between trying out and setting up: the window offers both. */
  isFirstStart: z.boolean(),
})
export type Session = z.infer<typeof sessionSchema>

/** ok: works. warn: works with something to know. down: does not work. idle: not tried yet. */
export const healthStateSchema = z.enum(['ok', 'warn', 'down', 'idle'])
export type HealthState = z.infer<typeof healthStateSchema>

export const healthItemSchema = z.object({
  state: healthStateSchema,
  /** zh-CN, one short sentence: what was found. */
  words: z.string(),
  sinceMs: z.number(),
})
export type HealthItem = z.infer<typeof healthItemSchema>

export const healthSchema = z.object({
  centre: healthItemSchema,
  listener: healthItemSchema,
  his: healthItemSchema,
  store: healthItemSchema,
  attentionCount: z.int(),
  /** What the callback listener has seen since start: the first question when callbacks stay away. */
  callbacks: z.object({
    accepted: z.int(),
    /** Callers that are not on the list of allowed ones. */
    refusedCallers: z.int(),
    lastAtMs: z.number().nullable(),
  }),
})
export type Health = z.infer<typeof healthSchema>

export const sessionProcedures = {
  'session.get': query({ input: z.object({}), output: sessionSchema, errors: [], permission: 'view' }),
  /** Main process time, so that countdowns do not depend on the window's clock. */
  'clock.get': query({ input: z.object({}), output: z.object({ nowMs: z.number() }), errors: [], permission: 'view' }),
  'health.get': query({ input: z.object({}), output: healthSchema, errors: [], permission: 'view' }),
}
