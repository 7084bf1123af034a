import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { JsonNumber, type JsonObject } from '#shared/centre/json.ts'
import {
  type CentreWithHospital,
  EC_TOKEN,
  HIS_PATHS,
  ORG_CODG,
  objectAt,
  PATHS,
  startCentreWithHospital,
} from '#test/support/simulated-centre.ts'

/** What the document forbids is refused with HTTP 200, a code that is not 1, and words that name the field. */

let world: CentreWithHospital
beforeEach(async () => {
  world = await startCentreWithHospital()
  world.hospital.feeDetail = (data) => ({ ...data, prePaidBalc: '0' })
})
afterEach(() => world.close())

async function refusal(path: string, body: JsonObject): Promise<string> {
  const response = await world.callRaw(path, body)
  expect(response.status).toBe(200)
  const { code, message, data } = JSON.parse(await response.text())
  expect([Number.isInteger(code), code === 1, data]).toEqual([true, false, undefined])
  return message
}

async function statusOf(medOrgOrd: string): Promise<unknown> {
  return objectAt(await world.call(PATHS.queryOrder, { medOrgOrd }), 'data').ordStas
}

async function paid(medOrgOrd: string, body: JsonObject = {}): Promise<void> {
  await world.upload(medOrgOrd)
  await world.sim(`/sim/orders/${medOrgOrd}/pay`, body)
}

const refundOf = (appRefdSn: string, body: JsonObject = {}): JsonObject => ({
  medOrgOrd: 'P1',
  appRefdSn,
  refChannel: 'online',
  refdType: 'ALL',
  ...body,
})

describe('requests that no interface takes', () => {
  it.each(Object.entries(PATHS).filter(([name]) => name !== 'cashier'))(
    '%s is refused without a body that is an object',
    async (_name, path) => {
      const response = await fetch(`${world.centre.baseUrl}${path}`, { method: 'POST', body: '[1,' })
      expect(await response.json()).toMatchObject({ code: 1001, message: expect.stringContaining('JSON') })
    },
  )

  const complete: Readonly<Record<string, JsonObject>> = {
    queryOrder: { medOrgOrd: 'P1' },
    refund: refundOf('R1'),
    downloadBill: { orgCodg: ORG_CODG, billDate: '20220519', billType: 'ALL' },
    uploadFees: { medOrgOrd: 'P1', ecToken: EC_TOKEN },
    revokeUpload: { medOrgOrd: 'P1' },
    notifyClinic: { psnName: '测试甲', idType: '01', idNo: '99010119900101001X', orgCodg: ORG_CODG, msgType: '1' },
  }

  it.each(Object.keys(complete))('%s is refused for an appId that is not registered', async (name) => {
    const path = PATHS[name as keyof typeof PATHS]
    expect(await refusal(path, { ...complete[name], appId: 'SOMEBODY0ELSE' })).toContain('appId')
  })

  it.each(Object.entries(complete).flatMap(([name, body]) => Object.keys(body).map((field) => [name, field] as const)))(
    '%s is refused without %s',
    async (name, field) => {
      const { [field]: _left, ...rest } = complete[name] ?? {}
      const words = await refusal(PATHS[name as keyof typeof PATHS], rest)
      expect(words).toContain(field)
    },
  )
})

describe('refusals of the upload (1.6)', () => {
  it.each([
    ['too short', '990101ec8pfd85o1f'],
    ['with blanks', '990101ec8pfd85o1 35635a8c000002f3d795f'],
    ['of Chinese characters', '鹅厂平凡的哦放鹅厂平凡的哦放鹅厂平凡的哦放鹅厂平凡'],
    ['too long', 'x'.repeat(65)],
  ])('an ecToken %s is refused, and the hospital is not asked', async (_how, ecToken) => {
    expect(await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken })).toContain('电子凭证')
    expect(world.hospital.heard).toEqual([])
  })

  it('both tokens empty is refused', async () => {
    expect(await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: '', payAuthNo: '' })).toContain('不能同时为空')
  })

  it('an order that is open or paid is refused, one that was revoked or failed is taken again', async () => {
    await world.upload('P1')
    expect(await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: EC_TOKEN })).toContain('请勿重复上传')
    await world.call(PATHS.revokeUpload, { medOrgOrd: 'P1' })
    expect((await world.upload('P1')).code).toEqual(new JsonNumber('1'))
    await world.sim('/sim/orders/P1/fail', {})
    await paid('P1')
    expect(await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: EC_TOKEN })).toContain('已支付')
  })

  it('of two uploads at once one is taken', async () => {
    const replies = await Promise.all([world.upload('P1'), world.upload('P1')])
    expect(replies.filter((reply) => reply.data !== undefined)).toHaveLength(1)
  })

  it('fee lines that do not add up to the total are refused with both sums', async () => {
    world.hospital.feeDetail = (data) => ({ ...data, medfeeSumamt: '40.13' })
    const words = await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: EC_TOKEN })
    expect(words).toContain('40.12')
    expect(words).toContain('40.13')
    expect(await refusal(PATHS.queryOrder, { medOrgOrd: 'P1' })).toBe('订单不存在')
  })

  it('fee lines may include what is outside the catalogue', async () => {
    world.hospital.feeDetail = (data) => ({ ...data, medfeeSumamt: '30.12', outOfMIFee: '10' })
    expect((await world.upload('P1')).code).toEqual(new JsonNumber('1'))
  })

  it.each([
    ['another order', { medOrgOrd: 'P2' }, 'medOrgOrd'],
    ['another institution', { orgCodg: 'H99999999999' }, 'orgCodg'],
    ['no lines', { feedetailList: [] }, 'feedetailList'],
    ['no total', { medfeeSumamt: undefined }, 'medfeeSumamt'],
    ['a negative amount', { outOfMIFee: '-1' }, '大于零'],
  ])('fee details with %s are refused', async (_what, change, words) => {
    world.hospital.feeDetail = (data) => ({ ...data, ...change })
    expect(await refusal(PATHS.uploadFees, { medOrgOrd: 'P1', ecToken: EC_TOKEN })).toContain(words)
  })

  it('a hospital that cannot be reached is said in words', async () => {
    const lonely = await startCentreWithHospital({ callbackBase: () => 'http://127.0.0.1:1' })
    expect((await lonely.upload('P1')).message).toContain('没有应答')
    const unknown = await startCentreWithHospital({ callbackBase: () => '' })
    expect((await unknown.upload('P1')).message).toContain('没有应答')
    await Promise.all([lonely.close(), unknown.close()])
  })
})

describe('refusals for the state of the order', () => {
  it('an unknown order is refused everywhere', async () => {
    expect(await refusal(PATHS.queryOrder, { medOrgOrd: 'P9' })).toBe('订单不存在')
    expect(await refusal(PATHS.queryOrder, { payOrdId: 'ORD9' })).toBe('订单不存在')
    expect(await refusal(PATHS.revokeUpload, { medOrgOrd: 'P9' })).toBe('订单不存在')
    expect(await refusal(PATHS.refund, refundOf('R1', { medOrgOrd: 'P9' }))).toBe('订单不存在')
  })

  it('two numbers of different orders are refused', async () => {
    const { payOrdId } = objectAt(await world.upload('P1'), 'data')
    await world.upload('P2')
    expect(await refusal(PATHS.queryOrder, { payOrdId, medOrgOrd: 'P2' })).toContain('不是同一订单')
  })

  it('a revoke is refused after the payment and after a revoke', async () => {
    await paid('P1')
    expect(await refusal(PATHS.revokeUpload, { medOrgOrd: 'P1' })).toContain('不能撤销')
    await world.upload('P2')
    await world.call(PATHS.revokeUpload, { medOrgOrd: 'P2' })
    expect(await refusal(PATHS.revokeUpload, { medOrgOrd: 'P2' })).toContain('无需撤销')
    expect([await statusOf('P1'), await statusOf('P2')]).toEqual(['6', '12'])
  })

  it('a bill day in another spelling, an unknown channel and a foreign institution are refused', async () => {
    const bill = { orgCodg: ORG_CODG, billDate: '2022-05-19', billType: 'ALL' }
    expect(await refusal(PATHS.downloadBill, bill)).toContain('yyyyMMdd')
    expect(await refusal(PATHS.downloadBill, { ...bill, orgCodg: 'H1', billDate: '20220519' })).toContain('orgCodg')
    const notice = { psnName: '测试甲', idType: '01', idNo: '99010119900101001X', orgCodg: ORG_CODG, msgType: '1' }
    expect(await refusal(PATHS.notifyClinic, { ...notice, channel: '99' })).toContain('channel')
    expect(await refusal(PATHS.notifyClinic, { ...notice, orgCodg: 'H1' })).toContain('orgCodg')
  })
})

describe('refunds (1.4)', () => {
  it('an order that is not paid is refused', async () => {
    await world.upload('P1')
    expect(await refusal(PATHS.refund, refundOf('R1'))).toContain('未支付')
  })

  it('offline without a token is refused, with one it is taken', async () => {
    await paid('P1')
    expect(await refusal(PATHS.refund, refundOf('R1', { refChannel: 'offline' }))).toContain('ecToken')
    const taken = await world.call(PATHS.refund, refundOf('R1', { refChannel: 'offline', ecToken: EC_TOKEN }))
    expect(taken.code).toEqual(new JsonNumber('1'))
  })

  it('the same appRefdSn answers the first answer, a new one is refused once the money is gone', async () => {
    await paid('P1')
    const first = await (await world.callRaw(PATHS.refund, refundOf('R1'))).text()
    const again = await (await world.callRaw(PATHS.refund, refundOf('R1'))).text()
    expect(again).toBe(first)
    expect(await refusal(PATHS.refund, refundOf('R2'))).toContain('已经退款')
    expect((await world.sim('/sim/orders/P1')).refunds).toHaveLength(1)
    expect(await statusOf('P1')).toBe('7')
  })

  it('the same appRefdSn for another refund is refused', async () => {
    await paid('P1')
    await world.call(PATHS.refund, refundOf('R1', { refdType: 'HI' }))
    expect(await refusal(PATHS.refund, refundOf('R1', { refdType: 'CASH' }))).toContain('appRefdSn')
  })

  it('gives the legs back one by one, each once', async () => {
    await paid('P1')
    const insurance = await world.call(PATHS.refund, refundOf('R1', { refdType: 'HI' }))
    expect(await statusOf('P1')).toBe('8')
    expect(Object.keys(objectAt(insurance, 'data'))).toEqual(['medOrgOrd', 'feeSumamt', 'extData'])
    expect(await refusal(PATHS.refund, refundOf('R2', { refdType: 'HI' }))).toContain('已经退款')
    expect(await refusal(PATHS.refund, refundOf('R3'))).toContain('已经退款')
    const cash = await world.call(PATHS.refund, refundOf('R4', { refdType: 'CASH' }))
    expect(await statusOf('P1')).toBe('7')
    const total = [insurance, cash].map((reply) => Number((objectAt(reply, 'data').feeSumamt as JsonNumber).text))
    expect(total.reduce((sum, part) => sum + part, 0)).toBeCloseTo(60.62)
  })

  it('cash first leaves the insurance part', async () => {
    await paid('P1')
    await world.call(PATHS.refund, refundOf('R1', { refdType: 'CASH' }))
    expect(await statusOf('P1')).toBe('9')
  })

  it('a leg that the settlement type does not have is refused', async () => {
    await paid('P1', { setlType: 'HI' })
    expect(await refusal(PATHS.refund, refundOf('R1', { refdType: 'CASH' }))).toContain('没有要退的部分')
    expect((await world.call(PATHS.refund, refundOf('R2'))).code).toEqual(new JsonNumber('1'))
    expect(await statusOf('P1')).toBe('7')
  })

  it('the hospital is asked for nothing by a refund', async () => {
    await paid('P1')
    await world.call(PATHS.refund, refundOf('R1'))
    expect(world.hospital.heardOn(HIS_PATHS.feeDetail)).toHaveLength(1)
  })
})
