import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { changedExample } from '#test/fixtures/centre-example.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

async function settled(world: PaymentWorld): Promise<string> {
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  await world.control('POST', `/orders/${medOrgOrd}/pay`)
  await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
  return medOrgOrd
}

const drift = async (world: PaymentWorld) => expectOk(await world.call('diagnostics.drift', {})).rows

/** A 2.3 about this order in the published form; its money does not add up, as published (Q16). */
const miniProgram = (medOrgOrd: string, more: JsonObject = {}) =>
  changedExample('2.3-mini-program-result.request', { medOrgOrd, ...more })

describe('contract drift', () => {
  it('a centre and a hospital that keep to the document leave none over a payment, a question and a refund', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await settled(world)
    expectOk(await world.call('orders.refresh', { medOrgOrd }))
    const refund = { medOrgOrd, refdType: 'ALL', refChannel: 'online', reason: '患者要求' } as const
    expectOk(await world.call('refunds.start', { requestId: randomUUID(), ...refund }))
    expect(await drift(world)).toEqual([])
  })

  it('is counted per interface, is shown without the value, never blocks, and can be cleared', async () => {
    const world = await paymentWorld()
    const { orgCodg } = expectOk(await world.call('settings.get', {})).centre
    await world.tell('2.1', JSON.stringify({ medOrgOrd: 'P1', orgCodg, patient: '测试甲' }))
    await world.tell('2.4', JSON.stringify({ idNo: '99010119900101001X', orgCodg, 张三: 1 }))
    const answer = await world.tell('2.3', miniProgram('P1', { notifyHisStatus: '7', mobile: '13800000000' }))
    expect(JSON.parse(answer.body)).toMatchObject({ code: 1 })
    const rows = await drift(world)
    // Without the times: the digits of a phone stand in those by chance.
    const told = rows.map(({ interfaceId, kind, path, sample }) => [interfaceId, kind, path, sample])
    expect(told).toEqual(
      expect.arrayContaining([
        ['2.1', 'unknownField', 'patient', '"字字字"'],
        ['2.3', 'unknownField', 'mobile', '"99999999999"'],
        ['2.3', 'unknownCode', 'notifyHisStatus', '"9"'],
        ['2.4', 'unknownField', '〈字字〉', '9'],
      ]),
    )
    expect(JSON.stringify(told)).not.toMatch(/测试甲|张三|138/)
    const cleared = expectOk(await world.call('diagnostics.clearDrift', { requestId: randomUUID() }))
    expect(cleared.cleared).toBe(rows.length)
    expect(await drift(world)).toEqual([])
  })
})

describe('the raw messages of an order', () => {
  it('show both directions in their order, and nothing of the person', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await settled(world)
    expectOk(await world.call('orders.refresh', { medOrgOrd }))
    const [callback] = await world.wire('2.2')
    const { messages } = expectOk(await world.call('diagnostics.messages', { medOrgOrd }))
    expect(messages.map(({ interfaceId, direction }) => `${direction} ${interfaceId}`)).toEqual(
      expect.arrayContaining(['out 1.6', 'in 2.2', 'out 1.3']),
    )
    expect(messages.map(({ atMs }) => atMs)).toEqual(messages.map(({ atMs }) => atMs).toSorted((a, b) => a - b))
    const shown = JSON.stringify(messages)
    const personal = personalValues(callback?.requestBody ?? '')
    expect(personal.length).toBeGreaterThan(3)
    for (const value of personal) expect(shown).not.toContain(value)
    expect(shown).toContain(medOrgOrd)
    expect(messages.find(({ interfaceId }) => interfaceId === '2.2')).toMatchObject({
      status: 200,
      elapsedMs: null,
      answer: '{\n  "code": 1,\n  "message": "成功"\n}',
    })
  })

  it('describe what is no JSON instead of showing it', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'html', times: 1 })
    await world.upload(medOrgOrd)
    const { messages } = expectOk(await world.call('diagnostics.messages', { medOrgOrd }))
    expect(messages[0]?.body).toMatch(/^（不是 JSON，共 \d+ 个字符，内容不显示）$/)
    expect(await world.call('diagnostics.messages', { medOrgOrd: 'NOBODY' })).toMatchObject({
      error: { code: 'ORDER_NOT_FOUND' },
    })
  })
})

/** Name, numbers and birth date, wherever the message says them. */
function personalValues(body: string): readonly string[] {
  const values: string[] = []
  JSON.parse(body, (key, value: unknown) => {
    const personal = /^(psn_?name|certno|psn_?no|brdy)$/i.test(key)
    if (personal && typeof value === 'string') values.push(value)
    return value
  })
  return values
}

describe('2.3', () => {
  it('for a settled order: one entry with its warning, and no question', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await settled(world)
    // The simulated centre has sent its own 2.3 already; this one says other money.
    const message = miniProgram(medOrgOrd)
    const first = await world.tell('2.3', message)
    expect(await world.tell('2.3', message)).toEqual(first)
    expect(JSON.parse(first.body)).toEqual({ code: 1, message: '成功' })
    const order = expectOk(await world.call('orders.get', { medOrgOrd }))
    const entries = order.timeline.filter(({ kind }) => kind === 'miniProgramReceived')
    const warned = entries.filter(({ data }) => data.identityWarning !== undefined)
    expect(warned).toHaveLength(1)
    expect(warned[0]).toMatchObject({ actor: 'centre', data: { notifyHisStatus: '1' } })
    expect(warned[0]?.data.identityWarning).toContain('相差')
    expect(order).toMatchObject({ state: 'settled', nextQueryAtMs: null })
  })

  it('for an order that is not settled here: asked about at once, and 1.3 decides', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback' })
    await world.control('POST', '/faults', { interface: '2.3', kind: 'loseCallback' })
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    expect(await world.wire('1.3')).toHaveLength(0)
    // No time has passed: without the message the first question is half a minute away.
    await world.tell('2.3', miniProgram(medOrgOrd, { notifyHisStatus: '0' }))
    const order = await world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
    expect(order).toMatchObject({ amountsFrom: 'query', callbackAtMs: null })
    expect(order.timeline.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['miniProgramReceived', 'queryAnswered']),
    )
  })

  it('proves nothing: an order that 1.3 does not call paid stays open', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.tell('2.3', miniProgram(medOrgOrd))
    const asked = await world.until(medOrgOrd, 'asked', ({ lastQueryAtMs }) => lastQueryAtMs !== null)
    expect(['uploaded', 'paying']).toContain(asked.state)
  })

  it('for an order that is not known here is kept and acknowledged; what cannot be read gets the reason', async () => {
    const world = await paymentWorld()
    expect(JSON.parse((await world.tell('2.3', miniProgram('NOBODY'))).body)).toMatchObject({ code: 1 })
    const refused = await world.tell('2.3', stringifyJson({ medOrgOrd: 'NOBODY' }))
    expect(JSON.parse(refused.body)).toMatchObject({ code: 0, message: expect.stringContaining('payOrdId') })
  })
})
