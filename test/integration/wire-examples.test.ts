import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isJsonObject, JsonNumber, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { dayOf } from '#shared/domain/time.ts'
import { changedExample, changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { EC_TOKEN, expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'

/** Name and JSON type of each field: what a far side that reads by the document depends on. */
type Fields = Readonly<Record<string, string>>

function fieldsOf(object: JsonObject): Fields {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, typeOf(value)]))
}

function typeOf(value: unknown): string {
  if (value instanceof JsonNumber) return 'number'
  if (Array.isArray(value)) return 'list'
  return value === null ? 'null' : typeof value
}

function objectOf(text: string | undefined): JsonObject {
  const value = parseJson(text ?? '')?.value
  if (!isJsonObject(value)) throw new Error('no JSON object')
  return value
}

const published = (name: string) => fieldsOf(parsedExample(name))

/** The document gives the order's number as `medOrgOrd` or `payOrdId`, and shows one of the two. */
function byCentreNumber({ medOrgOrd, ...rest }: Fields): Fields {
  return { ...rest, payOrdId: medOrgOrd ?? '' }
}

async function lastRequest(world: PaymentWorld, interfaceId: string): Promise<Fields> {
  const requests = await world.wire(interfaceId)
  return fieldsOf(objectOf(requests.at(-1)?.requestBody))
}

async function settled(world: PaymentWorld): Promise<string> {
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  await world.control('POST', `/orders/${medOrgOrd}/pay`)
  await world.until(medOrgOrd, 'settled', (order) => order.state === 'settled')
  return medOrgOrd
}

describe('what we send is the published request, field by field', () => {
  it('1.3 by either number', async () => {
    const world = await paymentWorld({ settings: { centre: { writeTimeoutMs: 1000 } } })
    const medOrgOrd = await world.aCharge()
    // Until the centre has named its number, ours is asked by.
    await world.control('POST', '/faults', { interface: '1.6', kind: 'timeoutAfter', times: 1 })
    await world.upload(medOrgOrd)
    expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(await lastRequest(world, '1.3')).toEqual(published('1.3-query-order.request.medOrgOrd'))
    expectOk(await world.call('orders.refresh', { medOrgOrd }))
    expect(await lastRequest(world, '1.3')).toEqual(published('1.3-query-order.request.payOrdId'))
  })

  it('1.4, and offline with the scanned token beside it', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await settled(world)
    const example = published('1.4-refund.request')
    const refund = (over: object) =>
      world.call('refunds.start', {
        ...{ requestId: randomUUID(), medOrgOrd, reason: '患者要求' },
        ...{ refdType: 'ALL', refChannel: 'online' },
        ...over,
      })
    await world.control('POST', '/faults', { interface: '1.4', kind: 'refuse', value: '稍后再试', times: 1 })
    expectOk(await refund({}))
    expect(await lastRequest(world, '1.4')).toEqual(byCentreNumber(example))
    expectOk(await refund({ refChannel: 'offline', ecToken: EC_TOKEN }))
    expect(await lastRequest(world, '1.4')).toEqual({ ...byCentreNumber(example), ecToken: 'string' })
  })

  it('1.5', async () => {
    const world = await paymentWorld()
    const billDate = dayOf(world.clock.now())
    expectOk(await world.call('bills.download', { billDate, billType: 'ALL' }))
    expect(await lastRequest(world, '1.5')).toEqual(published('1.5-download-bill.request'))
    const [asked] = await world.wire('1.5')
    expect(objectOf(asked?.requestBody).billDate).toMatch(/^\d{8}$/)
  })

  it('1.6 with either token', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    expect(await lastRequest(world, '1.6')).toEqual(published('1.6-upload-fees.request.ecToken'))
    expectOk(await world.call('counter.revoke', { requestId: randomUUID(), medOrgOrd }))
    const payAuthNo = '8pfd85o1f35635a8c000002f3d795f'
    expectOk(await world.call('counter.upload', { requestId: randomUUID(), medOrgOrd, payAuthNo }))
    expect(await lastRequest(world, '1.6')).toEqual(published('1.6-upload-fees.request.payAuthNo'))
  })

  it('1.7', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    await world.upload(medOrgOrd)
    expectOk(await world.call('counter.revoke', { requestId: randomUUID(), medOrgOrd }))
    expect(await lastRequest(world, '1.7')).toEqual(published('1.7-revoke-upload.request.payOrdId'))
  })

  it('1.8', async () => {
    const world = await paymentWorld()
    const person = { psnName: '测试乙', idType: '01', idNo: '99010119900101001X', msgType: '1', channel: '13' } as const
    expectOk(await world.call('notices.send', { requestId: randomUUID(), ...person }))
    expect(await lastRequest(world, '1.8')).toEqual(published('1.8-notify-clinic.request'))
  })
})

/** Marked Y in the tables of 2.1 and carried by its example. */
const FEE_DETAIL_REQUIRED = `orgCodg medOrgOrd idNo userName iptOtpNo deptName caty medType feeType medfeeSumamt
  chrgBchno diseinfoList feedetailList`.split(/\s+/)
/** Marked Y in the table, and left out by the example. */
const FEE_DETAIL_TABLE_ONLY = ['acctUsedFlag', 'psnSetlway']
const DIAGNOSIS_REQUIRED = `diagType diagCode diagName diagDept diseDorNo diseDorName diagTime valiFlag`.split(' ')
const FEE_LINE_REQUIRED = `feedetlSn rxCircFlag medListCodg medinsListCodg detItemFeeSumamt cnt pric bilgDeptCodg
  bilgDeptName bilgDrCodg bilgDrName hospApprFlag`.split(/\s+/)
const FEE_LINE_TABLE_ONLY = ['chrgBchno', 'feeOcurTime', 'medType', 'medListName', 'medListSpc']

describe('what we answer is the published reply', () => {
  it('2.1: every required field with its published type, in the charge, its diagnoses and its lines', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await world.aCharge()
    const { orgCodg } = expectOk(await world.call('settings.get', {})).centre
    const example = parsedExample('2.1-pending-fee-detail.response')
    const answer = objectOf((await world.tell('2.1', JSON.stringify({ medOrgOrd, orgCodg }))).body)
    expect(fieldsOf(answer)).toEqual(fieldsOf(example))

    const [ours, theirs] = [dataOf(answer), dataOf(example)]
    expectLike(ours, theirs, FEE_DETAIL_REQUIRED)
    expectText(ours, FEE_DETAIL_TABLE_ONLY)
    expectLike(firstOf(ours.diseinfoList), firstOf(theirs.diseinfoList), DIAGNOSIS_REQUIRED)
    // Int in the table, text in the example: we send the table's form.
    expect(typeOf(firstOf(ours.diseinfoList).diagSrtNo)).toBe('number')
    expectLike(firstOf(ours.feedetailList), firstOf(theirs.feedetailList), FEE_LINE_REQUIRED)
    expectText(firstOf(ours.feedetailList), FEE_LINE_TABLE_ONLY)
    // Whatever else stands in both has the same type.
    const shared = Object.keys(ours).filter((name) => Object.hasOwn(theirs, name))
    expectLike(ours, theirs, shared)
  })

  it('2.1 asked as published, about an order of another hospital: a refusal without data', async () => {
    const world = await paymentWorld()
    const { body } = await world.tell('2.1', stringifyJson(parsedExample('2.1-pending-fee-detail.request')))
    expect(fieldsOf(objectOf(body))).toEqual({ code: 'number', message: 'string' })
  })

  it('2.2 and 2.3, as published and refused', async () => {
    const world = await paymentWorld({ settings: { centre: { orgCodg: 'H510102XXXXX', appId: EXAMPLE_APP } } })
    const settlement = '2.2-settlement-result'
    const accepted = await world.tell('2.2', stringifyJson(parsedExample(`${settlement}.request`)))
    expect(objectOf(accepted.body)).toEqual(parsedExample(`${settlement}.response`))
    const broken = changedExampleData(`${settlement}.request`, { fundPay: new JsonNumber('1.00') })
    expect(fieldsOf(objectOf((await world.tell('2.2', broken)).body))).toEqual(published(`${settlement}.response`))

    const result = '2.3-mini-program-result'
    const kept = await world.tell('2.3', changedExample(`${result}.request`, {}))
    expect(objectOf(kept.body)).toEqual(parsedExample(`${result}.response`))
  })

  it('2.4: each charge of the list', async () => {
    const world = await paymentWorld()
    const { orgCodg } = expectOk(await world.call('settings.get', {})).centre
    const medOrgOrd = await world.aCharge()
    const detail = objectOf((await world.tell('2.1', JSON.stringify({ medOrgOrd, orgCodg }))).body)
    const { idNo } = dataOf(detail)
    const example = parsedExample('2.4-pending-charge-list.response')
    const answer = objectOf((await world.tell('2.4', JSON.stringify({ idNo, orgCodg }))).body)
    expect(fieldsOf(answer)).toEqual(fieldsOf(example))
    const [ours, theirs] = [dataOf(answer).pendingChargeList, dataOf(example).pendingChargeList]
    expect(fieldsOf(firstOf(ours))).toEqual(fieldsOf(firstOf(theirs)))
    expect(firstOf(ours).visitTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })
})

const EXAMPLE_APP = '1GJLS2JT50V03FXXXXXA0000A6F4B334'

function expectLike(ours: JsonObject, theirs: JsonObject, names: readonly string[]): void {
  const pick = (fields: Fields) => Object.fromEntries(names.map((name) => [name, fields[name]]))
  expect(pick(fieldsOf(ours))).toEqual(pick(fieldsOf(theirs)))
}

function expectText(ours: JsonObject, names: readonly string[]): void {
  expect(names.map((name) => [name, typeOf(ours[name])])).toEqual(names.map((name) => [name, 'string']))
}

function dataOf(reply: JsonObject): JsonObject {
  if (!isJsonObject(reply.data)) throw new Error('no data')
  return reply.data
}

function firstOf(list: unknown): JsonObject {
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  if (!isJsonObject(first)) throw new Error('an empty list')
  return first
}
