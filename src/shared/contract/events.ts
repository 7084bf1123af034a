import { z } from 'zod'
import { displayViewSchema } from './display.ts'
import { windowLockSchema } from './lock.ts'
import { orderSchema } from './orders.ts'
import type { Permission } from './procedure.ts'
import { healthSchema } from './session.ts'
import { settingsSchema } from './settings.ts'
import { taskSchema } from './tasks.ts'

/** Events from the main process to every window. A payload replaces state; it never says just "something changed". */
export const EVENTS = {
  'order.changed': orderSchema,
  'health.changed': healthSchema,
  'settings.changed': settingsSchema,
  'lock.changed': windowLockSchema,
  'display.changed': displayViewSchema,
  'task.changed': taskSchema,
} as const

export type EventName = keyof typeof EVENTS

/** What a caller must be allowed to do to hear an event. The patient's display hears nothing but its own. */
export const EVENT_PERMISSIONS: Readonly<Record<EventName, Permission>> = {
  'order.changed': 'view',
  'health.changed': 'view',
  'settings.changed': 'view',
  'lock.changed': 'view',
  'task.changed': 'view',
  'display.changed': 'display',
}

export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]>

/** One event as it travels, told apart by its name. */
export type AppEvent = { [N in EventName]: { readonly name: N; readonly payload: EventPayload<N> } }[EventName]

export const appEventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('order.changed'), payload: orderSchema }),
  z.object({ name: z.literal('health.changed'), payload: healthSchema }),
  z.object({ name: z.literal('settings.changed'), payload: settingsSchema }),
  z.object({ name: z.literal('lock.changed'), payload: windowLockSchema }),
  z.object({ name: z.literal('display.changed'), payload: displayViewSchema }),
  z.object({ name: z.literal('task.changed'), payload: taskSchema }),
])
