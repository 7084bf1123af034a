import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Order } from '#shared/contract/orders.ts'
import type { Answer, Input } from '#shared/contract/table.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

const QUICK = { settings: { centre: { writeTimeoutMs: 1000 } } }
const HAPPENED = { outcome: 'happened', evidenceKind: 'telephone', note: '中心值班员电话确认' } as const
const DID_NOT = {
  outcome: 'didNotHappen',
  evidenceKind: 'setlId',
  evidenceNumber: 'S1',
  note: '中心查无此笔交易',
} as const

function decide(
  world: PaymentWorld,
  order: Order,
  over: Partial<Input<'orders.decide'>>,
): Promise<Answer<'orders.decide'>> {
  const operationId = order.operation?.id ?? ''
  return world.call('orders.decide', {
    ...{ requestId: randomUUID(), medOrgOrd: order.medOrgOrd, operationId },
    ...DID_NOT,
    ...over,
  })
}

/** The fast part of the ladder: five questions, two minutes. */
async function askLong(world: PaymentWorld, medOrgOrd: string): Promise<Order> {
  for (let asked = 0; asked < 5; asked += 1) await world.call('orders.refresh', { medOrgOrd })
  world.clock.advance(120_000)
  return expectOk(await world.call('orders.get', { medOrgOrd }))
}

async function settled(world: PaymentWorld): Promise<Order> {
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  await world.control('POST', `/orders/${medOrgOrd}/pay`, { setlType: 'ALL' })
  return world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
}

function refund(world: PaymentWorld, medOrgOrd: string) {
  const how = { refdType: 'ALL', refChannel: 'online', reason: '患者要求' } as const
  return world.call('refunds.start', { requestId: randomUUID(), medOrgOrd, ...how })
}

/** A refund that the centre never saw, and nobody here knows it. */
async function lostRefund(world: PaymentWorld): Promise<Order> {
  const { medOrgOrd } = await settled(world)
  await world.control('POST', '/faults', { interface: '1.4', kind: 'timeoutBefore', times: 1 })
  expectOk(await refund(world, medOrgOrd))
  return askLong(world, medOrgOrd)
}

describe('an unknown outcome', () => {
  it('is not clicked away: only after five questions and two minutes, and only while it is the one that was looked at', async () => {
    const world = await paymentWorld(QUICK)
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutBefore', times: 1 })
    const unknown = await world.upload(medOrgOrd)
    expect(unknown.decision).toMatchObject({ obstacle: 'tooEarly' })
    expect(await decide(world, unknown, {})).toMatchObject({ ok: false, error: { code: 'DECISION_TOO_EARLY' } })
    const asked = await askLong(world, medOrgOrd)
    expect(asked).toMatchObject({ state: 'unknown', decision: { obstacle: null } })
    expect(asked.questionsAsked).toBeGreaterThanOrEqual(5)
    const another = await decide(world, asked, { operationId: 'another' })
    expect(another).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
  })

  it('that did not happen, on evidence: failed, recorded, and the order is free again; a repeat decides nothing twice', async () => {
    const world = await paymentWorld(QUICK)
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutBefore', times: 1 })
    await world.upload(medOrgOrd)
    const unknown = await askLong(world, medOrgOrd)
    const requestId = randomUUID()
    const decided = expectOk(await decide(world, unknown, { requestId }))
    expect(decided).toMatchObject({
      state: 'failed',
      may: { upload: true },
      operation: { state: 'failed' },
      decisions: [{ ...DID_NOT, operationId: unknown.operation?.id, operatorName: expect.any(String) }],
    })
    expect(decided.timeline.map(({ kind }) => kind)).toContain('outcomeDecided')
    expect(expectOk(await decide(world, unknown, { requestId })).decisions).toHaveLength(1)
    expect(await decide(world, unknown, {})).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    await world.restart()
    const again = await world.upload(medOrgOrd)
    expect(again).toMatchObject({ state: 'uploaded', decisions: [{ outcome: 'didNotHappen' }] })
    expect(await world.wire('1.6')).toHaveLength(2)
  })

  it('without a number where the evidence is one, or without a note, is refused by name', async () => {
    const world = await paymentWorld()
    const order = await settled(world)
    const answer = await decide(world, order, { evidenceNumber: '', note: '短' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
    if (!answer.ok) expect(answer.error.message).toContain('note')
    const without = await decide(world, order, { evidenceNumber: '' })
    if (!without.ok) expect(without.error.message).toContain('evidenceNumber')
    expect(await decide(world, order, {})).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
  })

  it('contradicted by what the centre says later is suspense; a note ends its alarm and leaves the proof', async () => {
    const world = await paymentWorld(QUICK)
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    await world.control('POST', '/faults', { interface: '1.3', kind: 'refuse' })
    await world.upload(medOrgOrd)
    const unknown = await askLong(world, medOrgOrd)
    expectOk(await decide(world, unknown, {}))
    await world.control('DELETE', '/faults')
    const contradicted = expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(contradicted).toMatchObject({
      state: 'suspense',
      suspenseReason: 'decisionContradicted',
      may: { upload: false },
    })

    const note = (reason: 'suspense' | 'amountsWarning') =>
      world.call('orders.note', { requestId: randomUUID(), medOrgOrd, reason, note: '患者没有付款，联系中心撤销' })
    expect(await note('amountsWarning')).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    const noted = expectOk(await note('suspense'))
    expect(noted).toMatchObject({ state: 'suspense', suspenseReason: 'decisionContradicted', may: { upload: false } })
    expect(noted.attention).toBeUndefined()
    const { orders } = expectOk(await world.call('orders.attention', {}))
    expect(orders).toEqual([])
  })
})

describe('an unknown refund', () => {
  it('stands in the attention list, first the longest waiting, counted by reason', async () => {
    const world = await paymentWorld(QUICK)
    const { medOrgOrd } = await lostRefund(world)
    const all = expectOk(await world.call('orders.attention', {}))
    expect(all).toMatchObject({ orders: [{ medOrgOrd, state: 'refunding' }], counts: { outcomeUnknown: 1 } })
    expect(expectOk(await world.call('orders.attention', { reason: 'suspense' })).orders).toEqual([])
  })

  it('that did not happen is asked for again under the very same number', async () => {
    const world = await paymentWorld(QUICK)
    const unknown = await lostRefund(world)
    expect(expectOk(await decide(world, unknown, {}))).toMatchObject({
      state: 'settled',
      refundObstacles: { ALL: null },
    })
    expect(expectOk(await refund(world, unknown.medOrgOrd))).toMatchObject({ state: 'refunded' })
    const numbers = (await world.wire('1.4')).map(({ requestBody }) => JSON.parse(requestBody).appRefdSn)
    expect(numbers).toHaveLength(2)
    expect(new Set(numbers).size).toBe(1)
  })

  it('that happened gives nothing back twice, invents no amount, and is suspense when the centre still says paid', async () => {
    const world = await paymentWorld(QUICK)
    const unknown = await lostRefund(world)
    const { medOrgOrd } = unknown
    const decided = expectOk(await decide(world, unknown, { ...HAPPENED, evidenceNumber: '' }))
    expect(decided).toMatchObject({
      state: 'refunded',
      operation: { state: 'resolved' },
      refunds: [{ state: 'resolved', totalFen: null }],
      amounts: unknown.amounts,
    })
    expect(await refund(world, medOrgOrd)).toMatchObject({ ok: false, error: { code: 'ORDER_STATE_FORBIDS' } })
    world.clock.advance(60_000)
    const asked = await world.until(medOrgOrd, 'the question after the decision', ({ state }) => state === 'suspense')
    expect(asked.suspenseReason).toBe('decisionContradicted')
    expect(await world.wire('1.4')).toHaveLength(1)
  })
})
