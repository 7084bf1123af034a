import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { JsonNumber } from '#shared/centre/json.ts'
import { eventually } from '#test/support/eventually.ts'
import {
  type CentreWithHospital,
  HIS_PATHS,
  objectAt,
  PATHS,
  startCentreWithHospital,
} from '#test/support/simulated-centre.ts'

vi.setConfig({ testTimeout: 30_000 })

let world: CentreWithHospital
beforeEach(async () => {
  world = await startCentreWithHospital()
  world.hospital.feeDetail = (data) => ({ ...data, prePaidBalc: '0' })
  await world.upload('P1')
})
afterEach(() => world.close())

const settlements = () => world.hospital.heardOn(HIS_PATHS.settlement)

describe('the control API', () => {
  it('lists orders with their page, without the person', async () => {
    const { orders } = await world.sim('/sim/orders')
    expect(orders).toMatchObject([{ medOrgOrd: 'P1', ordStas: '1', setlType: 'ALL', miniProgram: false }])
    expect(JSON.stringify(orders)).not.toContain('210123')
  })

  it('pays with the settlement type and the amounts that are wanted', async () => {
    await world.sim('/sim/orders/P1/pay', { setlType: 'HI', amounts: { fundPay: '20.00', psnAcctPay: 0.5 } })
    await eventually(() => expect(settlements()).toHaveLength(1))
    expect(objectAt(settlements()[0] ?? {}, 'data')).toMatchObject({
      setlType: 'HI',
      fundPay: new JsonNumber('20.00'),
      psnAcctPay: new JsonNumber('0.50'),
      ownPayAmt: new JsonNumber('40.12'),
    })
  })

  it.each([
    [{ amounts: { fundPay: '20', ownPayAmt: '1' } }, '相差'],
    [{ amounts: { fundPay: '100' } }, '不能为负'],
    [{ amounts: { fundPay: '1.001' } }, 'fundPay'],
    [{ amounts: { fund: '1' } }, 'fund'],
    [{ setlType: 'NONE' }, 'setlType'],
  ])('refuses to pay %o and says why', async (body, words) => {
    const problem = await world.simProblem('/sim/orders/P1/pay', body)
    expect(problem).toMatch(/^400 /)
    expect(problem).toContain(words)
    expect((await world.sim('/sim/orders/P1')).settledAtMs).toBeNull()
  })

  it('refuses to pay or fail what is no longer open', async () => {
    await world.sim('/sim/orders/P1/fail', {})
    expect(await world.simProblem('/sim/orders/P1/pay', {})).toMatch(/^409 /)
    expect(await world.simProblem('/sim/orders/P1/fail', {})).toMatch(/^409 /)
    expect(await world.simProblem('/sim/orders/P9/pay', {})).toBe('404 没有这个订单')
  })

  it('puts an order into any state, and 1.3 says so', async () => {
    await world.sim('/sim/orders/P1/status', { ordStas: '16' })
    expect(objectAt(await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' }), 'data').ordStas).toBe('16')
    expect(settlements()).toEqual([])
    expect(await world.simProblem('/sim/orders/P1/status', {})).toContain('ordStas')
  })

  it('sends 2.2 again, one after the other or all at once', async () => {
    expect(await world.simProblem('/sim/orders/P1/callback', {})).toMatch(/^409 /)
    await world.sim('/sim/orders/P1/pay', {})
    await eventually(() => expect(settlements()).toHaveLength(1))
    const one = await world.sim('/sim/orders/P1/callback', { times: 2 })
    const all = await world.sim('/sim/orders/P1/callback', { times: 3, concurrently: true })
    expect([one.acknowledged, all.acknowledged]).toEqual([
      [true, true],
      [true, true, true],
    ])
    expect(settlements()).toHaveLength(6)
  })

  it('shows both directions of the wire with their bodies', async () => {
    await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' })
    const { entries } = await world.sim('/sim/wire')
    expect(entries).toMatchObject([
      { direction: 'in', interfaceId: '1.6', status: new JsonNumber('200') },
      { direction: 'out', interfaceId: '2.1', status: new JsonNumber('200') },
      { direction: 'in', interfaceId: '1.3', requestBody: expect.stringContaining('"medOrgOrd":"P1"') },
    ])
  })

  it('keeps the last 500 messages', async () => {
    for (let sent = 0; sent < 510; sent += 1) await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' })
    const { entries } = await world.sim('/sim/wire')
    expect(entries).toHaveLength(500)
  })
})

describe('a centre whose patients pay by themselves', () => {
  it('settles after the upload without anybody', async () => {
    const automatic = await startCentreWithHospital({ payAfterMs: 1 })
    await automatic.upload('P1')
    await eventually(() => expect(automatic.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(1))
    await automatic.close()
  })

  it('does not pay what was revoked meanwhile, and forgets its patients when it closes', async () => {
    const automatic = await startCentreWithHospital({ payAfterMs: 40 })
    await automatic.upload('P1')
    await automatic.upload('P2')
    await automatic.call(PATHS.revokeUpload, { medOrgOrd: 'P1' })
    await eventually(async () => expect((await automatic.sim('/sim/orders/P2')).ordStas).toBe('6'))
    expect((await automatic.sim('/sim/orders/P1')).ordStas).toBe('12')
    await automatic.close()
  })
})
