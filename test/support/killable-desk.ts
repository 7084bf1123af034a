import { onTestFinished } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startCentre } from '#simulator/centre-server.ts'
import type { WireEntry } from '#simulator/wire-log.ts'
import { type HeadlessProcess, startHeadless } from './headless-process.ts'
import { expectOk } from './payment-world.ts'
import { tempDir } from './temp-dir.ts'

const DEFAULTS = settingsSchema.parse({ environment: 'test' })

/** A desk in a process of its own that can be killed and started again on the same data, and its centre in this one. */
export async function killableDesk() {
  let desk: HeadlessProcess | undefined
  const centre = await startCentre({
    port: 0,
    ...DEFAULTS.centre,
    callbackBase: () => desk?.ready.listener ?? '',
    callbackPaths: DEFAULTS.listener.paths,
    payAfterMs: null,
    callbackPauseMs: 50,
  })
  onTestFinished(() => centre.close())
  const dataDir = tempDir()
  const start = async () => {
    desk = await startHeadless(dataDir, {
      environment: 'test',
      centre: { baseUrl: centre.baseUrl },
      listener: { port: 0 },
    })
    return desk
  }
  /** The centre's control API under /sim. */
  const sim = (method: string, path: string, body?: unknown) =>
    fetch(`${centre.baseUrl}/sim${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  /** What went between desk and centre for one interface. */
  const wire = async (interfaceId: string) => {
    const { entries } = (await (await sim('GET', '/wire')).json()) as { entries: WireEntry[] }
    return entries.filter((entry) => entry.interfaceId === interfaceId)
  }
  /** Numbers of pending charges. */
  const charges = async (running: HeadlessProcess) =>
    expectOk(await running.call('charges.search', {})).charges.map(({ medOrgOrd }) => medOrgOrd)
  const aCharge = async (running: HeadlessProcess) => (await charges(running))[0] ?? ''
  return { dataDir, start, sim, wire, charges, aCharge }
}
