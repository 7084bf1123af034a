import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { SIMULATED_PATIENTS } from '#main/his/simulator-patients.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'
import { httpAnswer, type RawAnswer, startRawServer } from '#test/support/raw-server.ts'

const CODE = '9901017777123456789012345678'
const TOKEN = '990101ecdecodedbytheserviceofthissite0'

/** A decoding service of the site, at the far side of a socket. */
async function serviceWorld(answer: RawAnswer, http: object = {}) {
  const service = await startRawServer(answer)
  onTestFinished(() => service.close())
  const world = await paymentWorld({
    settings: { scanner: { decoder: 'http', http: { baseUrl: service.url, timeoutMs: 500, ...http } } },
  })
  const medOrgOrd = await world.aCharge()
  const decode = (code = CODE) => world.call('counter.decodeScan', { medOrgOrd, code })
  const upload = (ecToken: string, otherPersonConfirmed?: boolean) =>
    world.call('counter.upload', {
      requestId: randomUUID(),
      medOrgOrd,
      ecToken,
      ...(otherPersonConfirmed === undefined ? {} : { otherPersonConfirmed }),
    })
  return { service, world, medOrgOrd, decode, upload }
}

const says =
  (reply: unknown): RawAnswer =>
  (socket) =>
    void socket.write(httpAnswer(200, JSON.stringify(reply)))
const tells = (userName: string, idNo: string) =>
  says({ code: 0, data: { ecToken: TOKEN, userName, idNo, insuOrg: '990101' } })

async function personOf(world: PaymentWorld, medOrgOrd: string) {
  const { charges } = expectOk(await world.call('charges.search', { medOrgOrd }))
  const name = charges[0]?.patientName ?? ''
  return { name, idNo: SIMULATED_PATIENTS.find((patient) => patient.name === name)?.idNo ?? '' }
}

/** Any file of the data folder, as text. */
const database = (world: PaymentWorld) =>
  ['cashier.db', 'cashier.db-wal'].map((file) => readFileSync(join(world.dataDir, 'test', file), 'latin1')).join('')

describe('a decoding service', () => {
  it('is sent the code, the business type and the office, once, and its token is whose it says', async () => {
    const asked: string[] = []
    const answer: RawAnswer = (socket, request) => {
      asked.push(request)
      tells('林小满', '99010119880307102X')(socket, request)
    }
    const { decode, world } = await serviceWorld(answer, { officeId: '32760', path: '/ec/decode' })
    const value = expectOk(await decode())
    expect(value).toMatchObject({ ecToken: TOKEN, person: { maskedName: '林*满', insuOrg: '990101' } })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^POST \/ec\/decode /)
    expect(JSON.parse(asked[0]?.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: CODE,
      businessType: '01301',
      orgCodg: 'H99010100001',
      officeId: '32760',
      operatorName: '值班收费员',
    })
    expect(database(world)).not.toContain(CODE)
    expect(database(world)).not.toContain(TOKEN)
  })

  it('may be of another form: template and places are settings, and a code cannot break out of its place', async () => {
    const { decode, service } = await serviceWorld(says({ result: [{ tk: TOKEN, nm: '林小满' }] }), {
      request: '{"transType":"ec.query","data":{"qr":"{code}","biz":"{businessType}","n":1}}',
      reply: { ecToken: 'result.0.tk', userName: 'result.0.nm', idNo: '' },
    })
    const hostile = 'x","biz":"hacked'
    expect(expectOk(await decode(hostile))).toMatchObject({ ecToken: TOKEN, person: { maskedIdNo: null } })
    expect(JSON.parse(service.requests[0]?.split('\r\n\r\n')[1] ?? '')).toEqual({
      transType: 'ec.query',
      data: { qr: hostile, biz: '01301', n: 1 },
    })
  })

  it('that refuses is quoted without codes and numbers', async () => {
    const { decode } = await serviceWorld(says({ code: -1, message: `凭证 ${CODE} 已过期，请刷新` }))
    expect(await decode()).toMatchObject({
      error: { code: 'TOKEN_REJECTED', message: '解码服务：「凭证 … 已过期，请刷新」' },
    })
  })

  it.each<[string, RawAnswer, string]>([
    ['hangs', () => undefined, '没有在限定时间内答复'],
    ['hangs up', (socket) => void socket.destroy(), '不完整'],
    ['answers 500', (socket) => void socket.write(httpAnswer(500, '')), 'HTTP 500'],
    ['answers no JSON', (socket) => void socket.write(httpAnswer(200, '<html>')), '不是 JSON'],
    ['leads elsewhere', (socket) => void socket.write(httpAnswer(302, '', ['Location: /other'])), 'HTTP 302'],
    ['gives a token with a control character', says({ data: { ecToken: 'a\u0007b' } }), '形式不对'],
  ])('that %s is a failure in words, after one try', async (_, answer, words) => {
    const { decode, service } = await serviceWorld(answer)
    expect(await decode()).toMatchObject({ error: { code: 'DECODER_FAILED', message: expect.stringContaining(words) } })
    expect(service.connections()).toBe(1)
  })

  it('that is not there is said, by the scan and by the test button', async () => {
    const { decode, service, world } = await serviceWorld(says({}))
    await service.close()
    expect(await decode()).toMatchObject({
      error: { code: 'DECODER_FAILED', message: expect.stringContaining('拒绝') },
    })
    expect(await world.call('settings.test', { part: 'scanner' })).toMatchObject({
      value: { state: 'down', words: expect.stringContaining('连不上解码服务') },
    })
  })

  it('that answers the test button’s code of nobody with a refusal works', async () => {
    const { world } = await serviceWorld(says({ message: '无效的二维码' }))
    expect(await world.call('settings.test', { part: 'scanner' })).toMatchObject({
      value: { state: 'ok', words: expect.stringContaining('无效的二维码') },
    })
  })
})

describe('an e-voucher of somebody else', () => {
  it('is not uploaded before that is confirmed, and the confirmation stands in the timeline', async () => {
    const { decode, upload, world, medOrgOrd } = await serviceWorld(tells('张三', '990101199001010019'))
    const { person } = expectOk(await decode())
    expect(person).toMatchObject({ isMismatch: true, nameMatches: false, idNoMatches: false, maskedName: '张*' })
    expect(await upload(TOKEN)).toMatchObject({
      error: { code: 'PATIENT_MISMATCH', message: expect.stringMatching(/^凭证是 张\* 的，费用是 .+ 的$/) },
    })
    expect(await world.wire('1.6')).toEqual([])

    const order = expectOk(await upload(TOKEN, true))
    expect(order.state).toBe('uploaded')
    expect(order.timeline.find(({ kind }) => kind === 'uploadSent')?.data).toEqual({ otherPerson: '姓名、证件号' })
    expect(database(world)).not.toContain('张三')
    expect(await world.call('orders.get', { medOrgOrd })).toMatchObject({ ok: true })
  })

  it('is told apart by the number alone, where the names are the same', async () => {
    const { decode, upload, world, medOrgOrd } = await serviceWorld((socket, request) => answer(socket, request))
    const { name } = await personOf(world, medOrgOrd)
    const answer = tells(name, '990101199001010019')
    expect(expectOk(await decode()).person).toMatchObject({ nameMatches: true, idNoMatches: false, isMismatch: true })
    expect(await upload(TOKEN)).toMatchObject({ error: { code: 'PATIENT_MISMATCH' } })
  })

  it('is forgotten when the token’s life is over', async () => {
    const { decode, upload, world } = await serviceWorld(tells('张三', '990101199001010019'))
    await decode()
    world.clock.advance(6 * 60_000)
    // Whose it is nobody knows any more: a token of which nothing is told, as from tools that bring their own.
    expect(await upload(TOKEN)).toMatchObject({ ok: true })
  })

  it('control: the patient’s own is uploaded without a question', async () => {
    const { decode, upload, world, medOrgOrd } = await serviceWorld((socket, request) => answer(socket, request))
    const { name, idNo } = await personOf(world, medOrgOrd)
    const answer = tells(name, idNo)
    expect(expectOk(await decode()).person).toMatchObject({ isMismatch: false })
    const order = expectOk(await upload(TOKEN))
    expect(order.timeline.find(({ kind }) => kind === 'uploadSent')?.data).toEqual({})
  })

  it('control: a token that no decoder delivered is uploaded as ever', async () => {
    const { upload, decode } = await serviceWorld(tells('张三', '990101199001010019'))
    await decode()
    expect(await upload(TOKEN.replace('0', '1'))).toMatchObject({ ok: true })
  })
})

describe('the simulated decoding', () => {
  it('knows the simulated patients’ codes and no other', async () => {
    const world = await paymentWorld({ settings: { scanner: { decoder: 'simulator' } } })
    const medOrgOrd = await world.aCharge()
    const { name } = await personOf(world, medOrgOrd)
    const holder = SIMULATED_PATIENTS.findIndex((patient) => patient.name === name)
    const codeOf = (index: number) => `990101${String(index).padStart(4, '0')}123456789012345678`
    const decode = (code: string) => world.call('counter.decodeScan', { medOrgOrd, code })
    expect(expectOk(await decode(codeOf(holder)))).toMatchObject({
      ecToken: expect.stringMatching(/^990101ec[a-z0-9]{30}$/),
      person: { isMismatch: false },
    })
    expect(expectOk(await decode(codeOf(holder === 0 ? 1 : 0)))).toMatchObject({ person: { isMismatch: true } })
    expect(await decode(codeOf(9999))).toMatchObject({ error: { code: 'TOKEN_REJECTED' } })
    expect(await world.call('settings.test', { part: 'scanner' })).toMatchObject({ value: { state: 'warn' } })
  })
})
