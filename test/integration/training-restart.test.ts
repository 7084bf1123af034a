import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type App, startApp } from '#main/app.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { Answer, Input, ProcedureName } from '#shared/contract/table.ts'
import { EC_TOKEN, expectOk } from '#test/support/payment-world.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'

/** The app with nothing configured: its own simulated centre, in the same process. */
async function trainingDesk(dataDir: string) {
  const started = await startApp({ dataDir })
  if (!started.ok) throw new Error(started.error.words)
  const app: App = started.value
  onTestFinished(() => app.close())
  const call = async <N extends ProcedureName>(name: N, input: Input<N>) =>
    (await app.dispatcher.call(name, input, app.operator())) as Answer<N>
  return {
    close: () => app.close(),
    centreUrl: app.info().centreUrl,
    order: async (medOrgOrd: string) => expectOk(await call('orders.get', { medOrgOrd })),
    uploadOne: async (): Promise<Order> => {
      const { charges } = expectOk(await call('charges.search', {}))
      const medOrgOrd = charges[0]?.medOrgOrd ?? ''
      return expectOk(await call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }))
    },
    waiting: async () => expectOk(await call('charges.search', {})).charges.map((charge) => charge.medOrgOrd),
    charge: async (medOrgOrd: string) => expectOk(await call('charges.get', { medOrgOrd })),
    refresh: async (medOrgOrd: string) => call('orders.refresh', { medOrgOrd }),
    pay: (medOrgOrd: string) => fetch(`${app.info().centreUrl}/sim/orders/${medOrgOrd}/pay`, { method: 'POST' }),
  }
}

const stateFileOf = (dataDir: string) => join(dataDir, 'simulated', 'centre.json')

describe('a training order over a restart of the app', () => {
  it('is paid at the same address, and settles', async () => {
    const dataDir = tempDir()
    const first = await trainingDesk(dataDir)
    const { medOrgOrd, cashierUrl } = await first.uploadOne()
    await first.close()

    const second = await trainingDesk(dataDir)
    const page = await fetch(cashierUrl ?? '')
    expect(page.status).toBe(200)
    expect((await second.pay(medOrgOrd)).status).toBe(200)
    const settled = await waitFor('the settlement', async () => {
      const order = await second.order(medOrgOrd)
      return order.state === 'settled' ? order : undefined
    })
    expect(settled).toMatchObject({ amountsFrom: 'callback', identityHolds: true })
  })

  it('control: with the file gone, the centre does not know the order', async () => {
    const dataDir = tempDir()
    const first = await trainingDesk(dataDir)
    const { medOrgOrd } = await first.uploadOne()
    await first.close()
    writeFileSync(stateFileOf(dataDir), '{"port":1,"orders":"what a power cut left')

    const second = await trainingDesk(dataDir)
    expect(await second.refresh(medOrgOrd)).toMatchObject({ ok: false, error: { code: 'CENTRE_REFUSED' } })
    expect(existsSync(`${stateFileOf(dataDir)}.unreadable`)).toBe(true)
  })

  it('is in the list no more once the hospital took its result, also after a restart; its number still finds it', async () => {
    const dataDir = tempDir()
    const first = await trainingDesk(dataDir)
    const { medOrgOrd } = await first.uploadOne()
    expect(await first.waiting()).toContain(medOrgOrd)
    await first.pay(medOrgOrd)
    await waitFor('the writing back', async () => ((await first.waiting()).includes(medOrgOrd) ? undefined : true))
    await first.close()
    const second = await trainingDesk(dataDir)
    expect(await second.waiting()).not.toContain(medOrgOrd)
    expect((await second.order(medOrgOrd)).timeline.map((entry) => entry.kind)).toContain('resultWritten')
    expect((await second.charge(medOrgOrd)).state).toBe('settled')
  })

  it('when the port is taken meanwhile, the centre takes another and knows its orders', async () => {
    const dataDir = tempDir()
    const first = await trainingDesk(dataDir)
    const { medOrgOrd } = await first.uploadOne()
    await first.close()
    const blocker = createServer().listen(Number(new URL(first.centreUrl).port), '127.0.0.1')
    await new Promise((resolve) => blocker.once('listening', resolve))
    onTestFinished(() => void blocker.close())

    const second = await trainingDesk(dataDir)
    expect(second.centreUrl).not.toBe(first.centreUrl)
    expect(await second.refresh(medOrgOrd)).toMatchObject({ ok: true, value: { state: 'uploaded' } })
  })

  it('its file holds no token, neither the scanned one nor the one of the phone page', async () => {
    const dataDir = tempDir()
    const desk = await trainingDesk(dataDir)
    const { cashierUrl, medOrgOrd } = await desk.uploadOne()
    await desk.close()
    const text = readFileSync(stateFileOf(dataDir), 'utf8')
    expect(text).toContain(medOrgOrd)
    expect(text).not.toContain(EC_TOKEN)
    expect(text).not.toContain(cashierUrl?.split('/').at(-1))
    expect(readdirSync(join(dataDir, 'simulated')).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})
