import { randomUUID } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { startCentre } from '#simulator/centre-server.ts'
import { type HeadlessProcess, startHeadless } from '#test/support/headless-process.ts'
import { EC_TOKEN, expectOk } from '#test/support/payment-world.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'

const DEFAULTS = settingsSchema.parse({ environment: 'test' })

/** A desk in a process of its own that can be killed and started again on the same data. */
async function killableDesk() {
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
  const sim = (method: string, path: string, body?: unknown) =>
    fetch(`${centre.baseUrl}/sim${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const aCharge = async (running: HeadlessProcess) => {
    const { charges } = expectOk(await running.call('charges.search', {}))
    return charges[0]?.medOrgOrd ?? ''
  }
  return { start, sim, aCharge }
}

describe('kill -9', () => {
  it('while an upload waits for its answer: unknown after the start, asked, resolved, sent once', async () => {
    const { start, sim, aCharge } = await killableDesk()
    const first = await start()
    const medOrgOrd = await aCharge(first)
    await sim('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    const lost = first.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    lost.catch(() => undefined)
    await waitFor('the centre holding the order', async () =>
      (await sim('GET', `/orders/${medOrgOrd}`)).ok ? true : undefined,
    )
    await first.stop('SIGKILL')

    const second = await start()
    const unknown = expectOk(await second.call('orders.get', { medOrgOrd }))
    expect(unknown).toMatchObject({ state: 'unknown', may: { upload: false } })
    const again = await second.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    expect(again).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    const resolved = await waitFor('the resolver', async () => {
      const order = expectOk(await second.call('orders.get', { medOrgOrd }))
      return order.state === 'uploaded' ? order : undefined
    })
    expect(resolved.operation?.state).toBe('resolved')
    const { entries } = (await (await sim('GET', '/wire')).json()) as { entries: { interfaceId: string }[] }
    expect(entries.filter((entry) => entry.interfaceId === '1.6')).toHaveLength(1)
  })

  it('right after a settlement was acknowledged: it is there after the start', async () => {
    const { start, sim, aCharge } = await killableDesk()
    const first = await start()
    const medOrgOrd = await aCharge(first)
    expectOk(await first.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }))
    await sim('POST', `/orders/${medOrgOrd}/pay`)
    await waitFor('the acknowledgement', async () => {
      const { entries } = (await (await sim('GET', '/wire')).json()) as {
        entries: { interfaceId: string; replyBody: string | null }[]
      }
      return entries.some((entry) => entry.interfaceId === '2.2' && entry.replyBody?.includes('"code":1')) || undefined
    })
    await first.stop('SIGKILL')
    const second = await start()
    expect(expectOk(await second.call('orders.get', { medOrgOrd }))).toMatchObject({
      state: 'settled',
      amountsFrom: 'callback',
    })
  })

  it('SIGTERM ends it cleanly', async () => {
    const { start } = await killableDesk()
    const desk = await start()
    expect(await desk.stop('SIGTERM')).toBe(0)
  })
})
