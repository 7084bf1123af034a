import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EC_TOKEN, expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

describe('one payment', () => {
  it('from charge to settled by callback, with both legs, the amounts and the identity', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const uploaded = await world.upload(medOrgOrd)
    expect(uploaded).toMatchObject({ state: 'uploaded', operation: { kind: 'upload', state: 'succeeded' } })
    expect(uploaded.cashierUrl).toContain(world.centreUrl)

    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled).toMatchObject({ amountsFrom: 'callback', identityHolds: true, nextQueryAtMs: null })
    expect(settled.callbackAtMs).not.toBeNull()
    const { feeSumFen, outOfCatalogueFen, fundFen, accountFen, ownPayFen, prepaidFen } = settled.amounts
    const sum = (...parts: (number | null)[]) => parts.reduce<number>((total, part) => total + (part ?? 0), 0)
    expect(sum(feeSumFen, outOfCatalogueFen)).toBe(sum(fundFen, accountFen, ownPayFen, prepaidFen))
    expect(settled.timeline.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining([
        'orderCreated',
        'uploadSent',
        'feeDetailServed',
        'uploadSucceeded',
        'settlementReceived',
      ]),
    )
    expect(await world.wire('1.3')).toHaveLength(0)
  })

  it('settles by asking, thirty seconds after upload, when the callback is lost', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback' })
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    world.clock.advance(30_000)
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled).toMatchObject({ amountsFrom: 'query', callbackAtMs: null, identityHolds: true })
    expect(settled.attention).toBeUndefined()

    world.clock.advance(120_000)
    const silent = await world.until(
      medOrgOrd,
      'the silence alarm, after the last question',
      ({ attention, nextQueryAtMs }) => attention !== undefined && nextQueryAtMs === null,
    )
    expect(silent).toMatchObject({ state: 'settled', attention: { reason: 'callbackSilent' } })
    await world.control('DELETE', '/faults')
    await world.control('POST', `/orders/${medOrgOrd}/callback`, { times: 1 })
    const heard = await world.until(medOrgOrd, 'the late callback', ({ callbackAtMs }) => callbackAtMs !== null)
    expect(heard.attention).toBeUndefined()
  })

  it('a patient who walks away leaves the order open; it is revoked and can be uploaded again', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const first = await world.upload(medOrgOrd)
    world.clock.advance(10 * 60_000)
    const asked = expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(asked.state).toBe('uploaded')
    expect(asked.payUntilMs).toBeLessThan(world.clock.now())

    const revoked = expectOk(await world.call('counter.revoke', { requestId: randomUUID(), medOrgOrd }))
    expect(revoked).toMatchObject({ state: 'revoked', cashierUrl: null, may: { upload: true, revoke: false } })
    const second = await world.upload(medOrgOrd)
    expect(second.state).toBe('uploaded')
    expect(second.payOrdId).not.toBe(first.payOrdId)
  })

  it('after a revoke the patient may pay by his own mini-program: 1.2, then 2.2 and 2.3, settled under the new number', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const first = await world.upload(medOrgOrd)
    expectOk(await world.call('counter.revoke', { requestId: randomUUID(), medOrgOrd }))
    const { url } = expectOk(await world.call('counter.cashierLink', { medOrgOrd, openId: 'o-1' }))
    expect((await fetch(url)).status).toBe(200)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled.payOrdId).not.toBe(first.payOrdId)
    await expect.poll(async () => (await world.wire('2.3')).length, { timeout: 10_000 }).toBe(1)
    await world.until(medOrgOrd, '2.3 in the history', ({ timeline }) =>
      timeline.some(({ kind }) => kind === 'miniProgramReceived'),
    )
  })

  it('a time-out after processing is unknown, locks the order, and is resolved by asking, never by sending', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    const unknown = await world.upload(medOrgOrd)
    expect(unknown).toMatchObject({
      state: 'unknown',
      operation: { state: 'unknown' },
      attention: { reason: 'outcomeUnknown' },
      may: { upload: false, revoke: false },
    })
    const again = await world.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    expect(again).toMatchObject({ ok: false, error: { code: 'OUTCOME_UNKNOWN' } })

    world.clock.advance(3000)
    const resolved = await world.until(medOrgOrd, 'resolved', (order) => order.state === 'uploaded')
    expect(resolved.operation?.state).toBe('resolved')
    expect(await world.wire('1.6')).toHaveLength(1)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
  })

  it('a time-out before processing stays unknown and locked, however often the centre denies the order', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutBefore', times: 1 })
    await world.upload(medOrgOrd)
    for (let asked = 0; asked < 3; asked += 1) {
      expect(await world.call('orders.refresh', { medOrgOrd })).toMatchObject({
        ok: false,
        error: { code: 'CENTRE_REFUSED' },
      })
    }
    expect(expectOk(await world.call('orders.get', { medOrgOrd }))).toMatchObject({
      state: 'unknown',
      may: { upload: false },
    })
  })

  it('a refusal is failed with the words of the centre, and may be uploaded again', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'refuse', value: '参保状态异常', times: 1 })
    const failed = await world.upload(medOrgOrd)
    expect(failed).toMatchObject({ state: 'failed', operation: { state: 'failed', message: '参保状态异常' } })
    expect((await world.upload(medOrgOrd)).state).toBe('uploaded')
  })

  it('a request that never left this machine is failed and may be tried again', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.stopCentre()
    const failed = await world.upload(medOrgOrd)
    expect(failed).toMatchObject({ state: 'failed', operation: { state: 'failed' }, may: { upload: true } })
    expect(failed.timeline.map((entry) => entry.kind)).toContain('uploadNotSent')
  })

  it('the settlement may overtake the answer to the upload', async () => {
    const world = await paymentWorld({ payAfterMs: 0 })
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'delay', ms: 800, times: 1 })
    await world.upload(medOrgOrd)
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled.operation).toMatchObject({ kind: 'upload', state: 'succeeded' })
  })
})

describe('one intent, one request', () => {
  it('two windows at once send one request; the other is told that something is under way', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'delay', ms: 300, times: 1 })
    const press = () => world.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN })
    const answers = await Promise.all([press(), press()])
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code)).sort()
    expect(codes).toEqual(['ORDER_BUSY', 'ok'])
    expect(await world.wire('1.6')).toHaveLength(1)
  })

  it('upload, revoke and refund of one order exclude one another while one is on its way', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '1.7', kind: 'delay', ms: 400, times: 1 })
    const ids = () => ({ requestId: randomUUID(), medOrgOrd })
    const refund = { refdType: 'ALL', refChannel: 'online', reason: '患者要求' } as const
    const [revoked, ...others] = await Promise.all([
      world.call('counter.revoke', ids()),
      world.call('counter.revoke', ids()),
      world.call('counter.upload', { ...ids(), ecToken: EC_TOKEN }),
      world.call('refunds.start', { ...ids(), ...refund }),
    ])
    expect(revoked.ok).toBe(true)
    expect(others.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual(Array(3).fill('ORDER_BUSY'))
    expect([
      (await world.wire('1.6')).length,
      (await world.wire('1.7')).length,
      (await world.wire('1.4')).length,
    ]).toEqual([1, 1, 0])
  })

  it('the same command again answers the first answer, at once and after a restart', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const command = { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }
    const [first, second] = await Promise.all([
      world.call('counter.upload', command),
      world.call('counter.upload', command),
    ])
    expect(second).toEqual(first)
    await world.restart()
    expect(await world.call('counter.upload', command)).toEqual(first)
    expect(await world.wire('1.6')).toHaveLength(1)
    const other = await world.call('counter.upload', { ...command, medOrgOrd: 'ANOTHER' })
    expect(other).toMatchObject({ ok: false, error: { code: 'REQUEST_ID_REUSED' } })
  })
})

describe('a revoke while the patient pays', () => {
  const revoke = (world: PaymentWorld, medOrgOrd: string) =>
    world.call('counter.revoke', { requestId: randomUUID(), medOrgOrd })

  it('unknown, and he paid: the money decides, and the revoke is known not to have been', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '1.7', kind: 'timeoutBefore', times: 1 })
    expect(expectOk(await revoke(world, medOrgOrd))).toMatchObject({ state: 'unknown', may: { revoke: false } })
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled.operation).toMatchObject({ kind: 'revoke', state: 'resolved' })
    expect(await world.wire('1.7')).toHaveLength(1)
  })

  it('unknown, and it was carried out: asked, not sent again, and free for another upload', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '1.7', kind: 'timeoutAfter', times: 1 })
    await revoke(world, medOrgOrd)
    await world.restart()
    world.clock.advance(3000)
    const revoked = await world.until(medOrgOrd, 'revoked', (order) => order.state === 'revoked')
    expect(revoked).toMatchObject({ operation: { state: 'resolved' }, may: { upload: true } })
    expect(await world.wire('1.7')).toHaveLength(1)
  })

  it('refused because he has paid: the centre is asked at once, and the desk shows it settled', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback' })
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    expect(expectOk(await revoke(world, medOrgOrd))).toMatchObject({ operation: { state: 'failed' } })
    const settled = await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
    expect(settled.amountsFrom).toBe('query')
  })

  it('carried out, and yet a payment of that very order is told: suspense, nothing overwritten', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    expect(expectOk(await revoke(world, medOrgOrd)).state).toBe('revoked')
    await world.control('POST', '/faults', { interface: '1.3', kind: 'ordStas', value: '6', times: 1 })
    const asked = expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(asked).toMatchObject({ state: 'suspense', suspenseReason: 'paidYetRevoked', may: { upload: false } })
  })
})

describe('restart in the middle', () => {
  it('an upload that was waiting for its answer is unknown, and resolved after the start', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    const waiting = world.upload(medOrgOrd)
    await world.until(medOrgOrd, 'sent', (order) => order.timeline.some((entry) => entry.kind === 'feeDetailServed'))
    await Promise.allSettled([world.restart(), waiting])
    world.clock.advance(3000)
    const resolved = await world.until(medOrgOrd, 'resolved', (order) => order.state === 'uploaded')
    expect(resolved.operation?.state).toBe('resolved')
    expect(await world.wire('1.6')).toHaveLength(1)
  })

  it('an order that waits for the patient goes on waiting and settles', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const before = await world.upload(medOrgOrd)
    await world.restart()
    const after = expectOk(await world.call('orders.get', { medOrgOrd }))
    expect(after).toEqual(before)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
  })
})

describe('secrets', () => {
  it('the scanned token is in no file of the data folder; the order number is', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    await world.restart()
    const files = readdirSync(world.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const holding = (text: string) =>
      files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(text)).map((file) => file.name)
    expect(holding(EC_TOKEN)).toEqual([])
    expect(holding(medOrgOrd)).not.toEqual([])
  })
})
