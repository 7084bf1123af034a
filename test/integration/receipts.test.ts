import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

type Kind = 'settlement' | 'refund'

async function settled(world: PaymentWorld): Promise<string> {
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  await world.control('POST', `/orders/${medOrgOrd}/pay`)
  await world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
  return medOrgOrd
}

const print = (world: PaymentWorld, medOrgOrd: string, kind: Kind = 'settlement', requestId = randomUUID()) =>
  world.call('receipts.print', { requestId, medOrgOrd, kind })

describe('receipts', () => {
  it('are counted by kind, over a restart; the same request is one print', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await settled(world)
    const first = randomUUID()
    expect(expectOk(await print(world, medOrgOrd, 'settlement', first)).copyNo).toBe(1)
    expect(expectOk(await print(world, medOrgOrd, 'settlement', first)).copyNo).toBe(1)
    await world.restart()
    expect(expectOk(await print(world, medOrgOrd)).copyNo).toBe(2)
    await world.call('refunds.start', {
      requestId: randomUUID(),
      medOrgOrd,
      refdType: 'ALL',
      refChannel: 'online',
      reason: '患者要求',
    })
    expect(expectOk(await print(world, medOrgOrd, 'refund')).copyNo).toBe(1)
    const { timeline } = expectOk(await world.call('orders.get', { medOrgOrd }))
    expect(timeline.filter(({ kind }) => kind === 'receiptPrinted').map(({ data }) => data)).toEqual([
      { receipt: 'settlement', copyNo: '1' },
      { receipt: 'settlement', copyNo: '2' },
      { receipt: 'refund', copyNo: '1' },
    ])
  })

  it('are refused before the money is proved, and leave no trace', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    expect(await print(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'ORDER_NOT_FOUND' } })
    await world.upload(medOrgOrd)
    expect(await print(world, medOrgOrd)).toMatchObject({
      ok: false,
      error: { code: 'ORDER_STATE_FORBIDS', details: { obstacle: 'notSettled' } },
    })
    expect(await print(world, medOrgOrd, 'refund')).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    const { timeline } = expectOk(await world.call('orders.get', { medOrgOrd }))
    expect(timeline.some(({ kind }) => kind === 'receiptPrinted')).toBe(false)
  })

  it('are printed by the window where the host has no printer', async () => {
    const world = await paymentWorld()
    const answer = await world.call('receipts.toPrinter', { requestId: randomUUID(), medOrgOrd: 'X', to: 'printer' })
    expect(answer).toEqual({ ok: true, value: { by: 'window', file: null } })
  })
})
