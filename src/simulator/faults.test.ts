import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { JsonNumber, type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { readSettlementResult } from '#shared/centre/settlement-result.ts'
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
})
afterEach(() => world.close())

const script = (rule: JsonObject) => world.sim('/sim/faults', { times: 1, ...rule })
const upload = (signal?: AbortSignal) =>
  world.callRaw(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: '990101ec8pfd85o1f35635a8c000002f3d795f' }, signal)
const query = () => world.call(PATHS.queryOrder, { medOrgOrd: 'P1' })
const isKnown = async () => (await query()).data !== undefined
const settlements = () => world.hospital.heardOn(HIS_PATHS.settlement)

async function pay(): Promise<void> {
  await world.upload('P1')
  await world.sim('/sim/orders/P1/pay', {})
}

/** Waits until the held request has arrived, then gives up as a client does whose deadline is over. */
async function giveUpWaiting(): Promise<void> {
  const client = new AbortController()
  const held = upload(client.signal)
  await eventually(async () => {
    const { entries } = await world.sim('/sim/wire')
    expect(entries).toContainEqual(expect.objectContaining({ interfaceId: '1.6' }))
  })
  client.abort()
  await expect(held).rejects.toThrow()
}

describe('faults of requests', () => {
  it('timeoutBefore never answers and never processes', async () => {
    await script({ interface: '1.6', kind: 'timeoutBefore' })
    await giveUpWaiting()
    expect(await isKnown()).toBe(false)
    expect(world.hospital.heard).toEqual([])
  })

  it('timeoutAfter processes and never answers', async () => {
    await script({ interface: '1.6', kind: 'timeoutAfter' })
    await giveUpWaiting()
    await eventually(async () => expect(await isKnown()).toBe(true))
  })

  it('cutBefore breaks the connection and does not process', async () => {
    await script({ interface: '1.6', kind: 'cutBefore' })
    await expect(upload()).rejects.toThrow()
    expect(await isKnown()).toBe(false)
  })

  it('cutAfter processes and breaks the connection', async () => {
    await script({ interface: '1.6', kind: 'cutAfter' })
    await expect(upload()).rejects.toThrow()
    expect(await isKnown()).toBe(true)
  })

  it('cutMiddle processes and breaks off within the answer', async () => {
    await script({ interface: '1.6', kind: 'cutMiddle' })
    const response = await upload()
    await expect(response.text()).rejects.toThrow()
    expect(await isKnown()).toBe(true)
  })

  it('refuse does not process and says the words of the script', async () => {
    await script({ interface: '1.6', kind: 'refuse', value: '参保地系统维护' })
    expect(await (await upload()).json()).toEqual({ code: 9999, message: '参保地系统维护' })
    expect(await isKnown()).toBe(false)
  })

  it.each([
    ['garbage', 200, '{"code":1,"data":'],
    ['html', 200, '<html>'],
    ['status', 502, ''],
  ])('%s processes and answers something else', async (kind, status, body) => {
    await script({ interface: '1.6', kind })
    const response = await upload()
    expect([response.status, (await response.text()).startsWith(body)]).toEqual([status, true])
    expect(await isKnown()).toBe(true)
  })

  it('delay answers all the same', async () => {
    await script({ interface: '1.6', kind: 'delay', ms: 20 })
    expect((await upload()).status).toBe(200)
    expect(await isKnown()).toBe(true)
  })

  it('otherOrder, ordStas, badIdentity and otherMoney change what is said and not the order', async () => {
    await world.upload('P1')
    const truth = objectAt(await query(), 'data')
    const told = async (rule: JsonObject) => {
      await script({ interface: '1.3', ...rule })
      return objectAt(await query(), 'data')
    }
    expect(await told({ kind: 'otherOrder' })).toMatchObject({ medOrgOrd: 'P0' })
    expect(await told({ kind: 'ordStas', value: '16' })).toEqual({ ...truth, ordStas: '16' })
    expect((await told({ kind: 'badIdentity' })).feeSumamt).toEqual(truth.feeSumamt)
    expect((await told({ kind: 'otherMoney' })).feeSumamt).toEqual(new JsonNumber('40.13'))
    expect(objectAt(await query(), 'data')).toEqual(truth)
  })

  it('holds so many times and only for its order', async () => {
    await script({ interface: '1.3', kind: 'refuse', times: 2, medOrgOrd: 'P1' })
    await world.upload('P1')
    await world.upload('P2')
    const codeOf = async (medOrgOrd: string) => (await world.call(PATHS.queryOrder, { medOrgOrd })).code
    const codes = [await codeOf('P2'), await codeOf('P1'), await codeOf('P1'), await codeOf('P1')]
    expect(codes.map((code) => (code as JsonNumber).text)).toEqual(['1', '9999', '9999', '1'])
    expect(await world.sim('/sim/faults')).toEqual({ faults: [] })
  })

  it('finds the order of a rule by payOrdId too', async () => {
    const { payOrdId } = objectAt(await world.upload('P1'), 'data')
    await script({ interface: '1.3', kind: 'refuse', medOrgOrd: 'P1' })
    expect((await world.call(PATHS.queryOrder, { payOrdId })).data).toBeUndefined()
  })

  it('without times a rule holds until the rules are deleted', async () => {
    await world.sim('/sim/faults', { interface: '1.3', kind: 'refuse', value: '停机' })
    await world.upload('P1')
    expect([(await query()).message, (await query()).message]).toEqual(['停机', '停机'])
    await fetch(`${world.centre.baseUrl}/sim/faults`, { method: 'DELETE' })
    expect(await isKnown()).toBe(true)
  })
})

describe('faults of calls', () => {
  it('without a fault 2.2 is sent once and acknowledged', async () => {
    await pay()
    await eventually(async () => expect((await world.sim('/sim/orders/P1')).callbacks).toHaveLength(1))
    expect(settlements()).toHaveLength(1)
  })

  it('loseCallback settles without a word to the hospital', async () => {
    await script({ interface: '2.2', kind: 'loseCallback' })
    await pay()
    expect(objectAt(await query(), 'data').ordStas).toBe('6')
    // Sent again by hand: the first one that arrives, so none went before it.
    await world.sim('/sim/orders/P1/callback', {})
    expect(settlements()).toHaveLength(1)
  })

  it('repeatCallback sends the same bytes so many times more', async () => {
    await script({ interface: '2.2', kind: 'repeatCallback', value: 2 })
    await pay()
    await eventually(() => expect(settlements()).toHaveLength(3))
    const bodies = world.hospital.heard.filter((message) => message.path === HIS_PATHS.settlement)
    expect(new Set(bodies.map((message) => message.body)).size).toBe(1)
  })

  it('a hospital that does not acknowledge is told three times, and the answers are kept', async () => {
    world.hospital.answer = () => ({ status: 503, body: '{"code":0,"message":"数据库只读"}' })
    await pay()
    await eventually(() => expect(settlements()).toHaveLength(3))
    await eventually(async () => {
      const { callbacks } = await world.sim('/sim/orders/P1')
      expect(callbacks).toHaveLength(3)
      expect(callbacks).toContainEqual(expect.objectContaining({ code: '0', message: '数据库只读' }))
    })
  })

  it('cutAfter on the first try is followed by a duplicate', async () => {
    await script({ interface: '2.2', kind: 'cutAfter' })
    await pay()
    await eventually(async () => {
      const { callbacks } = await world.sim('/sim/orders/P1')
      expect(callbacks).toMatchObject([{ code: null }, { code: '1' }])
    })
  })

  it('cutBefore on the first try is followed by the only one that arrives', async () => {
    await script({ interface: '2.2', kind: 'cutBefore' })
    await pay()
    await eventually(async () => expect((await world.sim('/sim/orders/P1')).callbacks).toHaveLength(2))
    expect(settlements()).toHaveLength(1)
  })

  it('garbage is sent once, then the message', async () => {
    world.hospital.answer = () => ({ status: 200, body: `{"code":${world.hospital.heard.length > 2 ? 1 : 0}}` })
    await script({ interface: '2.2', kind: 'garbage' })
    await pay()
    await eventually(() => expect(settlements()).toHaveLength(2))
    expect(settlements()[0]).toEqual({})
  })

  it.each([
    ['badIdentity', false],
    ['otherMoney', true],
  ])('%s sends other money than was settled', async (kind, holds) => {
    await script({ interface: '2.2', kind })
    await pay()
    await eventually(() => expect(settlements()).toHaveLength(1))
    await world.sim('/sim/orders/P1/callback', {})
    const [wrong, right] = settlements().map((message) => readSettlementResult(stringifyJson(message)))
    if (wrong?.ok !== true || right?.ok !== true) throw new Error('unreadable')
    expect(wrong.value.ownPayAmt - right.value.ownPayAmt).toBe(1)
    expect(wrong.value.feeSumamt - right.value.feeSumamt).toBe(holds ? 1 : 0)
  })

  it('ordStas and otherOrder change what 2.2 says', async () => {
    await script({ interface: '2.2', kind: 'ordStas', value: '14' })
    await script({ interface: '2.2', kind: 'otherOrder' })
    await pay()
    await eventually(() => expect(settlements()).toHaveLength(1))
    expect(objectAt(settlements()[0] ?? {}, 'data')).toMatchObject({ ordStas: '14', medOrgOrd: 'P0' })
  })

  it('a lost, a cut and a foreign 2.1 refuse the upload', async () => {
    for (const kind of ['loseCallback', 'cutBefore', 'cutAfter']) {
      await script({ interface: '2.1', kind })
      expect((await world.upload('P1')).message).toContain('没有应答')
    }
    await script({ interface: '2.1', kind: 'otherOrder' })
    expect((await world.upload('P1')).message).toContain('medOrgOrd')
    expect((await world.upload('P1')).code).toEqual(new JsonNumber('1'))
  })
})

describe('rules that are refused', () => {
  it.each([
    [{ interface: '1.1', kind: 'delay' }, 'interface'],
    [{ interface: '1.3', kind: 'explode' }, 'kind'],
    [{ interface: '2.2', kind: 'timeoutAfter' }, 'timeoutAfter 只用于'],
    [{ interface: '1.6', kind: 'loseCallback' }, 'loseCallback 只用于'],
    [{ interface: '1.3', kind: 'ordStas' }, 'value'],
    [{ interface: '1.3', kind: 'status', value: 'x' }, 'value'],
    [{ interface: '1.3', kind: 'delay', times: 0 }, 'times'],
    [{ interface: '1.3', kind: 'delay', tims: 1 }, 'tims'],
  ])('%o names what is wrong', async (rule, words) => {
    const problem = await world.simProblem('/sim/faults', rule)
    expect(problem).toMatch(/^400 /)
    expect(problem).toContain(words)
  })
})
