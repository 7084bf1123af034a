import type { HeadlessApp } from '#main/headless/run.ts'
import { type AnsweredRequest, createDispatcher, type Handlers } from '#main/rpc/dispatcher.ts'
import { EventBus } from '#main/rpc/event-bus.ts'
import { PERMISSIONS } from '#shared/contract/procedure.ts'
import { type Settings, settingsSchema } from '#shared/contract/settings.ts'
import { PROCEDURES } from '#shared/contract/table.ts'
import { ok } from '#shared/domain/result.ts'

export const SIMULATED: Settings = settingsSchema.parse({ environment: 'simulated' })

/** Only the handlers that a test names do something; every other call is a bug of the test. */
export function handlersWith(some: Partial<Handlers>): Handlers {
  const others = Object.keys(PROCEDURES).map((name) => [name, () => Promise.reject(new Error(`not expected: ${name}`))])
  // Object.fromEntries loses the names; they are exactly those of the table.
  return { ...Object.fromEntries(others), ...some } as Handlers
}

/** An app without a store behind it: enough to try the hosts. */
export function hostedApp(some: Partial<Handlers> = {}): HeadlessApp & { readonly closed: () => boolean } {
  const kept = new Map<string, AnsweredRequest>()
  const handlers = handlersWith({ 'settings.get': () => ok(SIMULATED), ...some })
  let closed = false
  return {
    events: new EventBus(),
    dispatcher: createDispatcher({
      handlers: () => handlers,
      answered: () => ({ find: (id) => kept.get(id), save: (entry) => kept.set(entry.requestId, entry) }),
      report: () => undefined,
    }),
    operator: () => ({ operator: { name: '值班收费员', permissions: new Set(PERMISSIONS) } }),
    display: () => ({ operator: { name: '患者屏', permissions: new Set(['display']) } }),
    displayToken: 'the-display-token',
    info: () => ({ environment: 'simulated', listenerUrl: 'http://127.0.0.1:9200' }),
    close: async () => {
      closed = true
    },
    closed: () => closed,
  }
}
