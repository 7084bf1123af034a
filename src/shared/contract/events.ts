import { z } from 'zod'
import { windowLockSchema } from './lock.ts'
import { orderSchema } from './orders.ts'
import { healthSchema } from './session.ts'
import { settingsSchema } from './settings.ts'

/** Events from the main process to every window. A payload replaces state; it never says just "something changed". */
export const EVENTS = {
  'order.changed': orderSchema,
  'health.changed': healthSchema,
  'settings.changed': settingsSchema,
  'lock.changed': windowLockSchema,
} as const

export type EventName = keyof typeof EVENTS
export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]>

/** One event as it travels, told apart by its name. */
export type AppEvent = { [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> } }[EventName]

export const appEventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('order.changed'), payload: orderSchema }),
  z.object({ name: z.literal('health.changed'), payload: healthSchema }),
  z.object({ name: z.literal('settings.changed'), payload: settingsSchema }),
  z.object({ name: z.literal('lock.changed'), payload: windowLockSchema }),
])
