import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type App, startApp } from '#main/app.ts'
import type { Order } from '#shared/contract/orders.ts'
import { type SettingsInput, settingsSchema } from '#shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { tempDir } from './temp-dir.ts'
import { waitFor } from './wait-for.ts'

/** A token of the published form; region 990101 is nowhere. */
export const EC_TOKEN = '990101ec8pfd85o1f35635a8c000002f3d795f'

const DEFAULTS = settingsSchema.parse({ environment: 'test' })

const CALLBACK_PATHS = {
  '2.1': DEFAULTS.listener.paths.feeDetail,
  '2.2': DEFAULTS.listener.paths.settlement,
  '2.3': DEFAULTS.listener.paths.miniProgram,
  '2.4': DEFAULTS.listener.paths.feeList,
}

export interface PaymentWorld {
  /** Time that can be moved forward; it never moves back. */
  readonly clock: { now(): number; advance(ms: number): void }
  readonly dataDir: string
  readonly centreUrl: string
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>>
  /** Scripts the simulated centre: its control API under /sim. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
  /** What the centre received and sent for one interface. */
  wire(interfaceId: string): Promise<readonly WireEntry[]>
  upload(medOrgOrd: string): Promise<Order>
  /** The number of some pending charge. */
  aCharge(): Promise<string>
  until(medOrgOrd: string, what: string, holds: (order: Order) => boolean): Promise<Order>
  /** Ends the app and starts it again on the same data, or on what `meanwhile` made of it. */
  restart(meanwhile?: () => void): Promise<void>
  /** The same with the data folder emptied and, where told, for another institution. */
  restartWithout(change?: { readonly orgCodg?: string }): Promise<void>
  stopCentre(): Promise<void>
  /** Sends one callback to the desk's listener, as the centre does; answers status and body. */
  tell(interfaceId: '2.1' | '2.2' | '2.3' | '2.4', body: string): Promise<{ status: number; body: string }>
  listenerUrl(): string
}

interface WireEntry {
  readonly interfaceId: string
  readonly requestBody: string
  readonly replyBody: string | null
}

interface WorldOptions {
  readonly settings?: Omit<SettingsInput, 'environment'>
  readonly payAfterMs?: number
}

/** A desk with real HTTP and real SQLite against a simulated centre in a server of its own. */
export async function paymentWorld({ settings, payAfterMs }: WorldOptions = {}): Promise<PaymentWorld> {
  let ahead = 0
  const clock = { now: () => Date.now() + ahead, advance: (ms: number) => (ahead += ms) }
  const dataDir = tempDir()
  let app: App | undefined
  const centre = await startCentre({
    port: 0,
    ...DEFAULTS.centre,
    callbackBase: () => app?.info().listenerUrl ?? '',
    callbackPaths: DEFAULTS.listener.paths,
    payAfterMs: payAfterMs ?? null,
    callbackPauseMs: 20,
  })
  const config = settingsSchema.parse({
    environment: 'test',
    ...settings,
    centre: { ...settings?.centre, baseUrl: centre.baseUrl },
    listener: { port: 0, ...settings?.listener },
  })
  const start = async (settings = config) => {
    const started = await startApp({ dataDir, config: settings, clock })
    if (!started.ok) throw new Error(started.error.words)
    app = started.value
  }
  await start()
  onTestFinished(async () => {
    await app?.close()
    await centre.close()
  })

  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(`${centre.baseUrl}/sim${path}`, init)
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const call = async <N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>> => {
    if (app === undefined) throw new Error('the app is not running')
    return (await app.dispatcher.call(name, input, app.operator())) as Answer<N>
  }
  const world: PaymentWorld = {
    clock,
    dataDir,
    centreUrl: centre.baseUrl,
    call,
    control,
    wire: async (interfaceId) => {
      const { entries } = (await control('GET', '/wire')) as { entries: WireEntry[] }
      return entries.filter((entry) => entry.interfaceId === interfaceId)
    },
    upload: async (medOrgOrd) =>
      expectOk(await call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })),
    aCharge: async () => {
      const { charges } = expectOk(await call('charges.search', {}))
      const charge = charges.find((candidate) => candidate.state === 'created')
      if (charge === undefined) throw new Error('no pending charge')
      return charge.medOrgOrd
    },
    until: (medOrgOrd, what, holds) =>
      waitFor(what, async () => {
        const answer = await call('orders.get', { medOrgOrd })
        return answer.ok && holds(answer.value) ? answer.value : undefined
      }),
    restartWithout: async (change = {}) => {
      await app?.close()
      for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true })
      await start({ ...config, centre: { ...config.centre, ...change } })
    },
    restart: async (meanwhile) => {
      await app?.close()
      meanwhile?.()
      await start()
    },
    stopCentre: () => centre.close(),
    listenerUrl: () => app?.info().listenerUrl ?? '',
    tell: async (interfaceId, body) => {
      const response = await fetch(`${world.listenerUrl()}${CALLBACK_PATHS[interfaceId]}`, { method: 'POST', body })
      return { status: response.status, body: await response.text() }
    },
  }
  return world
}

export function expectOk<T>(
  answer: { ok: true; value: T } | { ok: false; error: { code: string; message: string } },
): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`)
  return answer.value
}
