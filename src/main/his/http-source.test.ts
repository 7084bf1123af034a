import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTransport } from '#main/http/transport.ts'
import { isJsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import { aFeeDetail, ORG_CODG } from '#test/support/his-files.ts'
import { createHttpSource } from './http-source.ts'

const NUMBER = 'MZ20261123000101'
const ID_NO = '99010119880307102X'
const DEFAULT_HTTP = settingsSchema.parse({ environment: 'test' }).his.http

type Answers = Readonly<Record<string, (body: string) => string | { status: number; body: string }>>

/** A hospital system that offers 2.1, 2.4 and takes results, in a server of its own. */
async function hospital(answers: Answers) {
  const heard: { path: string; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const path = request.url ?? ''
      const body = Buffer.concat(chunks).toString('utf8')
      if (request.method === 'POST') heard.push({ path, body })
      const answer = answers[path]?.(body) ?? { status: 404, body: '' }
      const { status, body: text } = typeof answer === 'string' ? { status: 200, body: answer } : answer
      response.writeHead(status, { 'content-type': 'application/json' }).end(request.method === 'HEAD' ? '' : text)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const source = createHttpSource({
    settings: DEFAULT_HTTP,
    orgCodg: ORG_CODG,
    transport: createTransport(`http://127.0.0.1:${port}`),
  })
  onTestFinished(() => source.close())
  return { source, heard }
}

const detailReply = async (change = {}) =>
  `{"code":1,"message":"成功","data":${stringifyJson(await aFeeDetail(change))}}`
const listReply = (...numbers: readonly string[]) =>
  stringifyJson({
    code: 1,
    data: { pendingChargeList: numbers.map((medOrgOrd) => ({ medOrgOrd, medfeeSumamt: '1.00', deptName: '内科' })) },
  })
const fieldOf = (body: string, name: string) => {
  const value = parseJson(body)?.value
  return isJsonObject(value) ? value[name] : undefined
}

describe('2.1 asked live', () => {
  it('asks with our institution and gives the charge digit for digit', async () => {
    const reply = await detailReply()
    const { source, heard } = await hospital({ '/his/fee/detail': () => reply })
    const answer = await source.charge(NUMBER)
    expect(answer).toMatchObject({ ok: true, value: { detail: { medOrgOrd: NUMBER } } })
    expect(answer.ok && answer.value?.detailJson).toBe(stringifyJson(await aFeeDetail()))
    expect(heard).toEqual([{ path: '/his/fee/detail', body: stringifyJson({ medOrgOrd: NUMBER, orgCodg: ORG_CODG }) }])
  })

  it('a refusal and another institution mean that there is no such charge', async () => {
    const refusing = await hospital({ '/his/fee/detail': () => '{"code":0,"message":"没有"}' })
    expect(await refusing.source.charge(NUMBER)).toEqual({ ok: true, value: undefined })
    const reply = await detailReply({ orgCodg: 'H00000000000' })
    const other = await hospital({ '/his/fee/detail': () => reply })
    expect(await other.source.charge(NUMBER)).toEqual({ ok: true, value: undefined })
  })

  it.each([
    ['a missing field', async () => detailReply({ userName: undefined }), 'data.userName'],
    ['another order', async () => detailReply({ medOrgOrd: 'MZ999' }), 'data.medOrgOrd'],
    ['no data', async () => '{"code":1}', 'data.'],
    ['no JSON', async () => '<html>', 'JSON'],
    ['HTTP 500', async () => ({ status: 500, body: '{"code":1}' }), 'HTTP 500'],
  ])('an answer with %s is no answer; the words name the field', async (_what, reply, words) => {
    const text = await reply()
    const { source } = await hospital({ '/his/fee/detail': () => text })
    expect(await source.charge(NUMBER)).toMatchObject({
      ok: false,
      error: { code: 'HIS_UNREACHABLE', message: expect.stringContaining(words) },
    })
  })
})

describe('2.4 asked live', () => {
  it('lists the charges of one person with their details; those of other institutions are left out', async () => {
    const mine = await detailReply({ medOrgOrd: 'A1' })
    const others = await detailReply({ medOrgOrd: 'B2', orgCodg: 'H00000000000' })
    const { source, heard } = await hospital({
      '/his/fee/list': () => listReply('A1', 'B2', 'A1', 'C3'),
      '/his/fee/detail': (body) => {
        const number = fieldOf(body, 'medOrgOrd')
        if (number === 'C3') return '{"code":0,"message":"已缴费"}'
        return number === 'A1' ? mine : others
      },
    })
    const answer = await source.pendingCharges({ idNo: ID_NO })
    expect(answer.ok && answer.value.map(({ detail }) => detail.medOrgOrd)).toEqual(['A1'])
    expect(heard[0]).toEqual({ path: '/his/fee/list', body: stringifyJson({ idNo: ID_NO, orgCodg: ORG_CODG }) })
  })

  it('a list that cannot be read is no answer, and neither is one of its details', async () => {
    const badList = await hospital({ '/his/fee/list': () => '{"code":1,"data":{"pendingChargeList":[{}]}}' })
    const refused = { ok: false, error: { message: expect.stringContaining('pendingChargeList.0.medOrgOrd') } }
    expect(await badList.source.pendingCharges({ idNo: ID_NO })).toMatchObject(refused)
    const badDetail = await hospital({ '/his/fee/list': () => listReply('A1'), '/his/fee/detail': () => '' })
    expect((await badDetail.source.pendingCharges({ idNo: ID_NO })).ok).toBe(false)
  })

  it('without a resident id it only looks whether somebody is there', async () => {
    const { source, heard } = await hospital({})
    expect(await source.pendingCharges({})).toEqual({ ok: true, value: [] })
    expect(heard).toEqual([])
    await source.close()
    expect((await source.pendingCharges({})).ok).toBe(false)
  })
})

describe('results', () => {
  const RESULT = { resultId: 'R1', medOrgOrd: NUMBER, seq: 1, body: '{"feeSumamt":40.10}' }

  it.each([
    ['code 1', '{"code":1}', true],
    ['code "1"', '{"code":"1","message":"成功"}', true],
    ['code 0', '{"code":0,"message":"张三不存在"}', false],
    ['a false success', '{"code":1,"success":false}', false],
    ['no JSON', 'OK', false],
    ['HTTP 503', { status: 503, body: '{"code":1}' }, false],
  ] as const)('answered with %s: taken %s', async (_what, answer, taken) => {
    const { source, heard } = await hospital({ '/his/result': () => answer })
    const written = await source.writeResult(RESULT)
    expect(written.ok).toBe(taken)
    if (!written.ok) expect(written.error.message).not.toContain('张三')
    expect(heard).toEqual([{ path: '/his/result', body: RESULT.body }])
  })
})
