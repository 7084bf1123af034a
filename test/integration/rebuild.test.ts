import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Order } from '#shared/contract/orders.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

/** A desk that knows a paid order, and its own data gone: only the centre and the hospital know of it now. */
async function forgotten(world: PaymentWorld): Promise<Order> {
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  await world.control('POST', `/orders/${medOrgOrd}/pay`)
  const settled = await world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
  await world.restartWithout()
  expect(await world.call('orders.get', { medOrgOrd })).toMatchObject({ ok: false })
  return settled
}

function rebuild(world: PaymentWorld, number: string) {
  return world.call('orders.rebuild', { requestId: randomUUID(), number })
}

describe('an order that this desk does not know', () => {
  it.each(['medOrgOrd', 'payOrdId'] as const)('is rebuilt by its %s from the centre and the hospital', async (name) => {
    const world = await paymentWorld()
    const before = await forgotten(world)
    const sent = (await world.wire('1.6')).length
    const order = expectOk(await rebuild(world, before[name] ?? ''))
    expect(order).toMatchObject({
      ...{ medOrgOrd: before.medOrgOrd, payOrdId: before.payOrdId, state: 'settled', legs: before.legs },
      ...{ patientName: before.patientName, totalFen: before.totalFen, rebuiltAtMs: expect.any(Number) },
      may: { upload: false, query: true },
      refundObstacles: { ALL: null },
    })
    expect(order.amounts.fundFen).toBe(before.amounts.fundFen)
    expect(order.timeline.map(({ kind }) => kind).slice(0, 2)).toEqual(['orderRebuilt', 'queryAnswered'])
    // The callback came before this desk knew of the order: no false alarm about its silence.
    world.clock.advance(300_000)
    expect(expectOk(await world.call('orders.refresh', { medOrgOrd: before.medOrgOrd })).attention).toBeUndefined()
    expect(await world.wire('1.6')).toHaveLength(sent)
  })

  it('and that the centre does not know either is refused with the words of the centre', async () => {
    const world = await paymentWorld()
    expect(await rebuild(world, 'NOBODY-KNOWS-THIS')).toMatchObject({ ok: false, error: { code: 'CENTRE_REFUSED' } })
    expect(await world.wire('1.3')).toHaveLength(2)
    expect(expectOk(await world.call('orders.search', {})).orders).toEqual([])
  })

  it('and that is about another institution is refused', async () => {
    const world = await paymentWorld()
    const before = await forgotten(world)
    await world.restartWithout({ orgCodg: 'H99010199999' })
    const foreign = await rebuild(world, before.medOrgOrd)
    expect(foreign).toMatchObject({ ok: false, error: { code: 'FOREIGN_ORDER' } })
    expect(expectOk(await world.call('orders.search', {})).orders).toEqual([])
  })

  it('a known one is only shown', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const { payOrdId } = await world.upload(medOrgOrd)
    expect(expectOk(await rebuild(world, payOrdId ?? ''))).toMatchObject({ medOrgOrd, rebuiltAtMs: null })
    expect(await world.wire('1.3')).toHaveLength(0)
  })
})
