import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { killableDesk } from '#test/support/killable-desk.ts'
import { EC_TOKEN, expectOk } from '#test/support/payment-world.ts'
import { waitFor } from '#test/support/wait-for.ts'

describe('kill -9', () => {
  it('while an upload waits for its answer: unknown after the start, asked, resolved, sent once', async () => {
    const { start, sim, wire, aCharge } = await killableDesk()
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
    expect(await wire('1.6')).toHaveLength(1)
  })

  it('right after a settlement was acknowledged: it is there after the start', async () => {
    const { start, sim, wire, aCharge } = await killableDesk()
    const first = await start()
    const medOrgOrd = await aCharge(first)
    expectOk(await first.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }))
    await sim('POST', `/orders/${medOrgOrd}/pay`)
    await waitFor('the acknowledgement', async () => {
      const told = await wire('2.2')
      return told.some(({ replyBody }) => replyBody?.includes('"code":1')) || undefined
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
