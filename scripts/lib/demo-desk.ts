import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type App, startApp } from '../../src/main/app.ts'
import { type LoopbackHost, startLoopbackHost } from '../../src/main/rpc/loopback-host.ts'
import type { Order } from '../../src/shared/contract/orders.ts'
import { type Settings, type SettingsInput, settingsSchema } from '../../src/shared/contract/settings.ts'
import type { Answer, Input, ProcedureName } from '../../src/shared/contract/table.ts'
import { ok } from '../../src/shared/domain/result.ts'
import type { Clock } from '../../src/shared/domain/time.ts'
import { type SimulatedCentre, startCentre } from '../../src/simulator/centre-server.ts'
import { ROOT } from './project.ts'

/** Stands still until it is moved, so that the same picture is the same. */
export interface StandingClock extends Clock {
  advance(ms: number): void
}

/** Six minutes past noon in Beijing. */
export function standingClock(): StandingClock {
  let atMs = Date.parse('2026-03-18T12:06:00+08:00')
  return {
    now: () => atMs,
    advance: (ms) => {
      atMs += ms
    },
  }
}

/** The app in this process, on a standing clock, with the window served to a browser. */
export interface DemoDesk {
  /** Of the window, with its token. */
  readonly url: string
  readonly listenerUrl: string | null
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Answer<N>>
  /** The simulated centre's control API. */
  script(path: string, body?: object): Promise<void>
  /** Waits until the order of this charge is so. */
  until(serial: string, holds: (order: Order) => boolean): Promise<void>
  /** The number that the simulated hospital gives a charge on this day. */
  numberOf(serial: string): string
  /** An e-voucher of region 990101, which is nowhere. */
  ecToken(tail: string): string
  /** Dresses the window without saving settings, which a payment under way would forbid. */
  dress(appearance: Partial<Settings['appearance']>): void
  close(): Promise<void>
}

/** @param input absent: as somebody starts it who has configured nothing. */
export async function startDemoDesk(
  dataDir: string,
  input: SettingsInput | undefined,
  clock: StandingClock,
): Promise<DemoDesk> {
  const started = await startApp({
    dataDir,
    config: input === undefined ? undefined : settingsSchema.parse(input),
    clock,
  })
  if (!started.ok) throw new Error(started.error.words)
  const dressed = dressedApp(started.value)
  const host = await startLoopbackHost(dressed, { port: 0, windowFolder: join(ROOT, 'out', 'renderer') })
  if (!host.ok) throw new Error(host.error.words)
  return demoDesk(dressed, host.value)
}

/** A centre of its own, which can be gone while the desk runs. */
export function startDemoCentre(clock: StandingClock, callbackBase: () => string): Promise<SimulatedCentre> {
  const { centre, listener } = settingsSchema.parse({ environment: 'test' })
  return startCentre({ ...centre, port: 0, callbackBase, callbackPaths: listener.paths, payAfterMs: null, clock })
}

interface DressedApp extends App {
  dress(appearance: Partial<Settings['appearance']>): void
}

/** The app, but for what its settings say of the looks. */
function dressedApp(app: App): DressedApp {
  let worn: Partial<Settings['appearance']> = {}
  const dressed = (settings: Settings): Settings => ({ ...settings, appearance: { ...settings.appearance, ...worn } })
  return {
    events: app.events,
    operator: () => app.operator(),
    display: () => app.display(),
    displayToken: app.displayToken,
    settings: () => dressed(app.settings()),
    info: () => app.info(),
    close: () => app.close(),
    dispatcher: {
      call: async (name, input, context) =>
        name === 'settings.get' ? ok(dressed(app.settings())) : app.dispatcher.call(name, input, context),
    },
    dress(appearance) {
      worn = { ...worn, ...appearance }
      app.events.publish({ name: 'settings.changed', payload: dressed(app.settings()) })
    },
  }
}

function demoDesk(app: DressedApp, host: LoopbackHost): DemoDesk {
  const numberOf = (serial: string) => `MZ20260318${serial}`
  const call: DemoDesk['call'] = async (name, input) =>
    // The dispatcher answers for the procedure that was named.
    (await app.dispatcher.call(name, input, app.operator())) as Answer<typeof name>
  return {
    url: `${host.url}/#token=${host.token}`,
    listenerUrl: app.info().listenerUrl,
    call,
    numberOf,
    ecToken: (tail) => `990101ec8pfd85o1f35635a8c000002f3d${tail}`,
    async script(path, body = {}) {
      const answer = await fetch(`${app.info().centreUrl}/sim${path}`, { method: 'POST', body: JSON.stringify(body) })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    },
    async until(serial, holds) {
      for (let left = 500; left > 0; left -= 1) {
        const answer = await call('orders.get', { medOrgOrd: numberOf(serial) })
        if (answer.ok && holds(answer.value)) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`${serial} did not come into the state that the picture needs`)
    },
    dress: (appearance) => app.dress(appearance),
    async close() {
      await host.close()
      await app.close()
    },
  }
}

/** What the patients before have left behind: an orders list with several kinds of ends. */
export async function playTheMorning(desk: DemoDesk, clock: StandingClock): Promise<void> {
  for (const serial of ['000104', '000106', '000108', '000109', '000113']) {
    await upload(desk, clock, serial)
    clock.advance(19_000)
    await desk.script(`/orders/${desk.numberOf(serial)}/pay`)
    await desk.until(serial, ({ state }) => state === 'settled')
    clock.advance(71_000)
  }
  await upload(desk, clock, '000114')
  clock.advance(21_000)
  await desk.call('counter.revoke', { requestId: randomUUID(), medOrgOrd: desk.numberOf('000114') })
  clock.advance(44_000)
  await upload(desk, clock, '000112')
  clock.advance(23_000)
  await desk.script(`/orders/${desk.numberOf('000112')}/status`, { ordStas: '3' })
  await desk.call('orders.refresh', { medOrgOrd: desk.numberOf('000112') })
  clock.advance(52_000)
}

async function upload(desk: DemoDesk, clock: StandingClock, serial: string): Promise<void> {
  const medOrgOrd = desk.numberOf(serial)
  await desk.call('charges.get', { medOrgOrd })
  clock.advance(4_000)
  const ecToken = desk.ecToken(serial.slice(2))
  const answer = await desk.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken })
  if (!answer.ok) throw new Error(`${serial}: ${answer.error.message}`)
}
