import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readDownloadBillReply } from '#shared/centre/download-bill.ts'
import { isJsonObject, JsonNumber, type JsonObject, stringifyJson } from '#shared/centre/json.ts'
import { readMiniProgramResult } from '#shared/centre/mini-program-result.ts'
import { readQueryOrderReply } from '#shared/centre/query-order.ts'
import { readRefundReply } from '#shared/centre/refund.ts'
import { readSettlementResult } from '#shared/centre/settlement-result.ts'
import { readUploadFeesReply } from '#shared/centre/upload-fees.ts'
import { eventually } from '#test/support/eventually.ts'
import { centreExample } from '#test/support/fake-hospital.ts'
import {
  APP_ID,
  type CentreWithHospital,
  HIS_PATHS,
  ORG_CODG,
  objectAt,
  PATHS,
  startCentreWithHospital,
} from '#test/support/simulated-centre.ts'

/** Interfaces over real HTTP, each message compared with the published one: the same keys, the same JSON types. */

vi.setConfig({ testTimeout: 30_000 })

let world: CentreWithHospital
beforeEach(async () => {
  // Without a prepaid balance the example's charge has a self-paid part, so that both legs exist.
  world = await startCentreWithHospital()
  world.hospital.feeDetail = (data) => ({ ...data, prePaidBalc: '1.5', idNo: '99010119900101001X', userName: '测试甲' })
})
afterEach(() => world.close())

type Shape = string | readonly Shape[] | { readonly [key: string]: Shape }

/** Keys and JSON types; of a list the shape of its first element, since every element is alike. */
function shapeOf(value: unknown): Shape {
  if (value instanceof JsonNumber) return 'number'
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (!isJsonObject(value)) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]))
}

async function settle(medOrgOrd: string, body: JsonObject = {}): Promise<void> {
  await world.upload(medOrgOrd)
  await world.sim(`/sim/orders/${medOrgOrd}/pay`, body)
  await eventually(() => expect(world.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(1))
}

describe('the messages of the simulated centre', () => {
  it('2.1 asks as the example does, with the number of the order that is uploaded', async () => {
    await world.upload('P32165835646')
    const [asked] = world.hospital.heardOn(HIS_PATHS.feeDetail)
    expect(asked).toEqual({ orgCodg: ORG_CODG, medOrgOrd: 'P32165835646' })
    expect(shapeOf(asked)).toEqual(shapeOf(centreExample('2.1-pending-fee-detail.request')))
  })

  it('1.6 answers with the keys and types of the example, and without a message', async () => {
    const reply = await world.upload('P32165835646')
    expect(shapeOf(reply)).toEqual(shapeOf(centreExample('1.6-upload-fees.response')))
    expect(objectAt(reply, 'data').payOrdId).toMatch(/^ORD990101\d{14}\d{7}$/)
    expect(objectAt(reply, 'data').payToken).toMatch(/^AUTH990101\d{21}$/)
    expect(readUploadFeesReply(stringifyJson(reply)).outcome).toBe('success')
  })

  it('1.6 takes the published forms of ecToken and payAuthNo', async () => {
    for (const kind of ['ecToken', 'payAuthNo']) {
      const request = centreExample(`1.6-upload-fees.request.${kind}`)
      const reply = await world.call(PATHS.uploadFees, { ...request, appId: APP_ID, medOrgOrd: `P-${kind}` })
      expect(reply.code).toEqual(new JsonNumber('1'))
    }
    const auth = await world.call(PATHS.uploadFees, {
      medOrgOrd: 'P-AUTH',
      payAuthNo: 'AUTH320100202203111448210000014',
    })
    expect(auth.code).toEqual(new JsonNumber('1'))
  })

  it('1.6 returns each line with the digits that the hospital wrote', async () => {
    const reply = await world.upload('P32165835646')
    const { result } = objectAt(reply, 'data', 'extData')
    expect(stringifyJson(result)).toContain('"det_item_fee_sumamt":40.123456')
    expect(stringifyJson(result)).toContain('"cnt":1.0000')
  })

  it('1.3 answers a settled order with every key and type of the example, and the three of the table beside', async () => {
    await settle('P1')
    const reply = await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' })
    const published = objectAt(centreExample('1.3-query-order.response'), 'data')
    expect(shapeOf(objectAt(reply, 'data'))).toEqual({
      ...(shapeOf(published) as object),
      orgCodg: 'string',
      orgName: 'string',
      mdtrtId: 'string',
    })
    expect(objectAt(reply, 'data').ordStas).toBe('6')
    expect(readQueryOrderReply(stringifyJson(reply)).outcome).toBe('success')
  })

  it('1.3 takes either number, and says 1 after the upload and 2 once the patient opened the page', async () => {
    const { payOrdId, cashierUrl } = objectAt(await world.upload('P1'), 'data')
    const statusBy = async (numbers: JsonObject) =>
      objectAt(await world.call(PATHS.queryOrder, numbers), 'data').ordStas
    expect([await statusBy({ medOrgOrd: 'P1' }), await statusBy({ payOrdId })]).toEqual(['1', '1'])
    await fetch(String(cashierUrl))
    expect([await statusBy({ medOrgOrd: 'P1' }), await statusBy({ payOrdId })]).toEqual(['2', '2'])
  })

  it('2.2 is wrapped as the example, key by key and type by type, and the desk can read it', async () => {
    await settle('P1')
    const [told] = world.hospital.heardOn(HIS_PATHS.settlement)
    expect(shapeOf(told)).toEqual(shapeOf(centreExample('2.2-settlement-result.request')))
    expect(readSettlementResult(stringifyJson(told))).toMatchObject({
      ok: true,
      value: {
        medOrgOrd: 'P1',
        ordStas: '6',
        setlType: 'ALL',
        feeSumamt: 4012,
        outOfMIFee: 2050,
        prePaidDeduction: 150,
      },
    })
  })

  it('writes every amount as a JSON number with two decimals', async () => {
    await settle('P1')
    const told = stringifyJson(world.hospital.heardOn(HIS_PATHS.settlement)[0])
    expect(told).toContain('"feeSumamt":40.12')
    expect(told).toContain('"prePaidDeduction":1.50')
  })

  it('1.4 answers with the keys and types of the example, the parts negative and the total positive', async () => {
    await settle('P1')
    const reply = await world.call(PATHS.refund, {
      medOrgOrd: 'P1',
      appRefdSn: 'R1',
      refChannel: 'online',
      refdType: 'ALL',
    })
    expect(shapeOf(reply)).toEqual(shapeOf(centreExample('1.4-refund.response')))
    const read = readRefundReply(stringifyJson(reply))
    if (read.outcome !== 'success') throw new Error(read.outcome)
    const info = objectAt(reply, 'data', 'extData', 'setlinfo')
    expect(read.value.ownpayRefAmt).toBeLessThan(0)
    expect(String((info.fund_pay_sumamt as JsonNumber).text)).toMatch(/^-\d+\.\d\d$/)
    // 60.62 of fees less 1.50 of prepaid money.
    expect(read.value.feeSumamt).toBe(5912)
    expect(info.certno).toBe('****************1X')
  })

  it('1.5 gives a URL whose GET is the bill of the self-paid parts', async () => {
    await settle('P1')
    const day = objectAt(await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' }), 'data').traceTime
    const billDate = String(day).slice(0, 8)
    const reply = await world.call(PATHS.downloadBill, { orgCodg: ORG_CODG, billDate, billType: 'ALL' })
    expect(shapeOf(reply)).toEqual(shapeOf(centreExample('1.5-download-bill.response')))
    const read = readDownloadBillReply(stringifyJson(reply))
    if (read.outcome !== 'success') throw new Error(read.outcome)
    const bill = await (await fetch(read.value.downloadUrl)).text()
    expect(bill.split('\r\n')).toHaveLength(3)
    expect(bill).toContain(',SUCCESS,P1,ORD990101')
  })

  it('1.7 answers as the example and the order is revoked', async () => {
    await world.upload('P1')
    const reply = await world.call(PATHS.revokeUpload, { medOrgOrd: 'P1' })
    expect(reply).toEqual(centreExample('1.7-revoke-upload.response'))
    expect(objectAt(await world.call(PATHS.queryOrder, { medOrgOrd: 'P1' }), 'data').ordStas).toBe('12')
  })

  it('1.8 answers as the example', async () => {
    const request = centreExample('1.8-notify-clinic.request')
    const reply = await world.call(PATHS.notifyClinic, { ...request, appId: APP_ID, orgCodg: ORG_CODG })
    expect(reply).toEqual(centreExample('1.8-notify-clinic.response'))
  })

  it('1.2 opens the payment, and after it 2.2 and then 2.3 are sent, 2.3 once', async () => {
    const link = `${world.centre.baseUrl}${PATHS.cashier}?appId=${APP_ID}&medOrgOrd=P1&openId=o1`
    const page = await fetch(link)
    expect(page.url).toMatch(/\/phone\/AUTH990101/)
    await fetch(`${page.url}/pay`, { method: 'POST' })
    await eventually(() => expect(world.hospital.heardOn(HIS_PATHS.miniProgram)).toHaveLength(1))
    const [told] = world.hospital.heardOn(HIS_PATHS.miniProgram)
    expect(shapeOf(told)).toEqual(shapeOf(centreExample('2.3-mini-program-result.request')))
    expect(told).toMatchObject({ notifyHisStatus: '1', medOrgOrd: 'P1' })
    expect(readMiniProgramResult(stringifyJson(told)).ok).toBe(true)
    expect(world.hospital.heard.map((message) => message.path)).toEqual([
      HIS_PATHS.feeDetail,
      HIS_PATHS.settlement,
      HIS_PATHS.miniProgram,
    ])
  })

  it('2.3 says 0 where the hospital did not acknowledge 2.2, and goes to notifyUrl where one was given', async () => {
    world.hospital.answer = (path) => ({
      status: 200,
      body: path === HIS_PATHS.settlement ? '{"code":0}' : '{"code":1}',
    })
    const notifyUrl = encodeURIComponent(`${world.hospital.baseUrl}/elsewhere`)
    const link = `${world.centre.baseUrl}${PATHS.cashier}?appId=${APP_ID}&medOrgOrd=P1&openId=o1&notifyUrl=${notifyUrl}`
    const page = await fetch(link)
    await fetch(`${page.url}/pay`, { method: 'POST' })
    await eventually(() => expect(world.hospital.heardOn('/elsewhere')).toHaveLength(1))
    expect(world.hospital.heardOn('/elsewhere')[0]?.notifyHisStatus).toBe('0')
    expect(world.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(3)
  })

  it('a payment of the window is not followed by 2.3', async () => {
    await settle('P1')
    await eventually(async () => {
      expect((await world.sim('/sim/orders/P1')).callbacks).toMatchObject([{ interfaceId: '2.2', code: '1' }])
    })
    expect(world.hospital.heardOn(HIS_PATHS.miniProgram)).toEqual([])
  })

  it('keeps several orders apart that are uploaded and paid at once', async () => {
    const numbers = ['P1', 'P2', 'P3', 'P4', 'P5']
    await Promise.all(numbers.map((number) => world.upload(number)))
    await Promise.all(numbers.map((number) => world.sim(`/sim/orders/${number}/pay`, {})))
    await eventually(() => expect(world.hospital.heardOn(HIS_PATHS.settlement)).toHaveLength(5))
    const told = world.hospital.heardOn(HIS_PATHS.settlement).map((message) => objectAt(message, 'data'))
    expect(told.map((data) => data.medOrgOrd).sort()).toEqual(numbers)
    expect(new Set(told.map((data) => data.payOrdId)).size).toBe(5)
  })
})
