import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Order } from '#shared/contract/orders.ts'
import type { Input } from '#shared/contract/table.ts'
import { EC_TOKEN, expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

async function settled(world: PaymentWorld): Promise<Order> {
  const { charges } = expectOk(await world.call('charges.search', {}))
  for (const { medOrgOrd } of charges) {
    await world.upload(medOrgOrd)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const order = await world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
    if (order.setlType === 'ALL') return order
  }
  throw new Error('no charge was settled with both legs')
}

function refund(world: PaymentWorld, medOrgOrd: string, over: Partial<Input<'refunds.start'>> = {}) {
  return world.call('refunds.start', {
    requestId: randomUUID(),
    medOrgOrd,
    refdType: 'ALL',
    refChannel: 'online',
    reason: '患者要求',
    ...over,
  })
}

describe('refunds', () => {
  it('everything: both legs go back, the amounts are shown positive, the reason is kept', async () => {
    const world = await paymentWorld()
    const { medOrgOrd, amounts } = await settled(world)
    const order = expectOk(await refund(world, medOrgOrd))
    expect(order).toMatchObject({
      state: 'refunded',
      legs: { insurance: 'refunded', cash: 'refunded' },
      refundObstacles: { ALL: 'alreadyRefunded' },
      nextRefund: null,
    })
    const [done] = order.refunds
    expect(done).toMatchObject({ refdType: 'ALL', reason: '患者要求', state: 'succeeded', cashFen: amounts.ownPayFen })
    expect(done?.totalFen).toBeGreaterThan(0)
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    expect(await world.wire('1.4')).toHaveLength(1)
  })

  it('in two legs, insurance first: half refunded needs attention and has one next step, also after a restart', async () => {
    const world = await paymentWorld()
    const { medOrgOrd } = await settled(world)
    expect(await refund(world, medOrgOrd, { refdType: 'CASH' })).toMatchObject({
      ok: false,
      error: { code: 'ORDER_STATE_FORBIDS', details: { obstacle: 'insuranceFirst' } },
    })
    const half = expectOk(await refund(world, medOrgOrd, { refdType: 'HI' }))
    expect(half).toMatchObject({
      state: 'partlyRefunded',
      legs: { insurance: 'refunded', cash: 'paid' },
      attention: { reason: 'halfRefunded' },
      nextRefund: 'CASH',
    })
    await world.restart()
    const whole = expectOk(await refund(world, medOrgOrd, { refdType: 'CASH' }))
    expect(whole).toMatchObject({ state: 'refunded', nextRefund: null })
    expect(whole.attention).toBeUndefined()
    expect(new Set(whole.refunds.map(({ appRefdSn }) => appRefdSn)).size).toBe(2)
  })

  it('a time-out after processing is refunding, locked, and resolved by asking: the centre got one request', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const { medOrgOrd } = await settled(world)
    await world.control('POST', '/faults', { interface: '1.4', kind: 'timeoutAfter', times: 1 })
    const pending = expectOk(await refund(world, medOrgOrd))
    expect(pending).toMatchObject({ state: 'refunding', operation: { kind: 'refund', state: 'unknown' } })
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
    await world.restart()
    world.clock.advance(3000)
    const done = await world.until(medOrgOrd, 'refunded', ({ state }) => state === 'refunded')
    expect(done.operation?.state).toBe('resolved')
    expect(await world.wire('1.4')).toHaveLength(1)
  })

  it('a time-out before processing stays open while the centre still says settled', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const { medOrgOrd } = await settled(world)
    await world.control('POST', '/faults', { interface: '1.4', kind: 'timeoutBefore', times: 1 })
    await refund(world, medOrgOrd)
    const asked = expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(asked).toMatchObject({ state: 'refunding', operation: { state: 'unknown' } })
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })
  })

  it('a try that was refused keeps its number for the next try', async () => {
    const world = await paymentWorld()
    const { medOrgOrd } = await settled(world)
    await world.control('POST', '/faults', { interface: '1.4', kind: 'refuse', value: '日终处理中', times: 1 })
    const refused = expectOk(await refund(world, medOrgOrd))
    expect(refused).toMatchObject({ state: 'settled', operation: { state: 'failed', message: '日终处理中' } })
    const done = expectOk(await refund(world, medOrgOrd))
    expect(done.state).toBe('refunded')
    expect(new Set(done.refunds.map(({ appRefdSn }) => appRefdSn)).size).toBe(1)
    const sent = (await world.wire('1.4')).map(({ requestBody }) => JSON.parse(requestBody).appRefdSn)
    expect(new Set(sent).size).toBe(1)
  })

  it('everything, cut off between the legs: half refunded after the restart, one next step, under a number of its own', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const { medOrgOrd } = await settled(world)
    await world.control('POST', '/faults', { interface: '1.4', kind: 'timeoutBefore', times: 1 })
    await refund(world, medOrgOrd)
    await world.restart()
    await world.control('POST', '/faults', { interface: '1.3', kind: 'ordStas', value: '8', times: 1 })
    const half = expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(half).toMatchObject({
      ...{ state: 'partlyRefunded', nextRefund: 'CASH', attention: { reason: 'halfRefunded' } },
      operation: { state: 'resolved' },
      refundObstacles: { ALL: 'onlyRestLeft', HI: 'legRefunded', CASH: null },
    })
  })

  it('two windows at once: one refund', async () => {
    const world = await paymentWorld()
    const { medOrgOrd } = await settled(world)
    await world.control('POST', '/faults', { interface: '1.4', kind: 'delay', ms: 300, times: 1 })
    const answers = await Promise.all([refund(world, medOrgOrd), refund(world, medOrgOrd)])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await world.wire('1.4')).toHaveLength(1)
  })

  it('an order that is not paid, not known, or in doubt is refused before anything is sent', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'ORDER_NOT_FOUND' } })
    await world.upload(medOrgOrd)
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    expect(await world.wire('1.4')).toHaveLength(0)
  })

  it('offline asks for a scan, and the token reaches the centre and no file', async () => {
    const world = await paymentWorld()
    const { medOrgOrd } = await settled(world)
    expect(await refund(world, medOrgOrd, { refChannel: 'offline' })).toMatchObject({
      ok: false,
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('ecToken') },
    })
    const done = expectOk(await refund(world, medOrgOrd, { refChannel: 'offline', ecToken: EC_TOKEN }))
    expect(done.state).toBe('refunded')
    const [sent] = await world.wire('1.4')
    expect(JSON.parse(sent?.requestBody ?? '')).toMatchObject({ ecToken: EC_TOKEN, refChannel: 'offline' })
  })
})
