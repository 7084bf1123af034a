import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { aDearerDetail, aFeeDetail } from '#test/support/his-files.ts'
import { EC_TOKEN, expectOk, paymentWorld } from '#test/support/payment-world.ts'
import { waitFor } from '#test/support/wait-for.ts'

const NUMBER = 'MZ20261123000101'
const ID_NO = '99010119880307102X'

/** A hospital system with one charge, and a desk that asks it. */
async function httpDesk() {
  let charge: JsonObject = await aFeeDetail()
  let resultAnswer = '{"code":1}'
  const results: string[] = []
  const answerTo = (path: string, body: string) => {
    if (path === '/his/fee/detail') return `{"code":1,"data":${stringifyJson(charge)}}`
    if (path === '/his/fee/list') {
      const pendingChargeList = [{ medOrgOrd: NUMBER, medfeeSumamt: '1.00', deptName: '内科' }]
      return stringifyJson({ code: 1, data: { pendingChargeList } })
    }
    results.push(body)
    return resultAnswer
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => response.end(answerTo(request.url ?? '', Buffer.concat(chunks).toString('utf8'))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const world = await paymentWorld({
    settings: { his: { source: 'http', http: { baseUrl: `http://127.0.0.1:${port}` } } },
  })
  const kinds = async () =>
    expectOk(await world.call('orders.get', { medOrgOrd: NUMBER })).timeline.map((entry) => entry.kind)
  return {
    ...world,
    results,
    kinds,
    change: (data: JsonObject) => {
      charge = data
    },
    answerResultsWith: (answer: string) => {
      resultAnswer = answer
    },
    settle: async () => {
      await world.upload(NUMBER)
      await world.control('POST', `/orders/${NUMBER}/pay`)
      return world.until(NUMBER, 'settled', (order) => order.state === 'settled')
    },
    resultId: (index: number) => {
      const value = parseJson(results[index] ?? '')?.value
      return isJsonObject(value) ? value.resultId : undefined
    },
  }
}

describe('a hospital that is asked by HTTP', () => {
  it('finds by resident id, remembers for the empty search, and settles', async () => {
    const desk = await httpDesk()
    expect(expectOk(await desk.call('charges.search', {}))).toMatchObject({ live: true, charges: [] })
    const found = expectOk(await desk.call('charges.search', { idNo: ID_NO }))
    expect(found.charges.map((charge) => charge.medOrgOrd)).toEqual([NUMBER])
    expect(expectOk(await desk.call('charges.search', {})).charges).toEqual(found.charges)
    expect((await desk.settle()).identityHolds).toBe(true)
  })

  it('a result is sent again with the same bytes until code 1, over a restart, and never after it', async () => {
    const desk = await httpDesk()
    desk.answerResultsWith('{"code":0,"message":"忙"}')
    await desk.settle()
    await waitFor('the first try', () => (desk.results.length === 1 ? true : undefined))
    await waitFor('the delay', async () => ((await desk.kinds()).includes('resultDelayed') ? true : undefined))
    desk.clock.advance(5_000)
    await waitFor('the second try', () => (desk.results.length === 2 ? true : undefined))

    await desk.restart()
    desk.answerResultsWith('{"code":"1"}')
    desk.clock.advance(30_000)
    await waitFor('the taking', async () => ((await desk.kinds()).includes('resultWritten') ? true : undefined))
    expect(new Set(desk.results).size).toBe(1)
    expect(desk.results).toHaveLength(3)
    expect(desk.resultId(0)).toMatch(/^[0-9a-f-]{36}$/)

    desk.clock.advance(3_600_000)
    await desk.restart()
    const refund = { requestId: randomUUID(), medOrgOrd: NUMBER, reason: '退号' }
    expectOk(await desk.call('refunds.start', { ...refund, refdType: 'ALL', refChannel: 'online' }))
    await waitFor('the refund', () => (desk.results.length === 4 ? true : undefined))
    expect(desk.resultId(3)).not.toBe(desk.resultId(0))
    expect((await desk.kinds()).filter((kind) => kind === 'resultDelayed')).toHaveLength(1)
  })

  it('a later result waits for the earlier one', async () => {
    const desk = await httpDesk()
    desk.answerResultsWith('busy')
    await desk.settle()
    await waitFor('the first try', () => (desk.results.length === 1 ? true : undefined))
    const refund = { requestId: randomUUID(), medOrgOrd: NUMBER, reason: '退号' }
    expectOk(await desk.call('refunds.start', { ...refund, refdType: 'ALL', refChannel: 'online' }))
    desk.answerResultsWith('{"code":1}')
    desk.clock.advance(5_000)
    await waitFor('both', () => (desk.results.length === 3 ? true : undefined))
    expect(desk.results.map((body) => (body.includes('"resultType":"refund"') ? 'refund' : 'settlement'))).toEqual([
      'settlement',
      'settlement',
      'refund',
    ])
  })

  it('a charge that the hospital changed after the upload is told, and uploaded again as one action', async () => {
    const desk = await httpDesk()
    await desk.upload(NUMBER)
    desk.change(await aDearerDetail())
    expect(expectOk(await desk.call('charges.get', { medOrgOrd: NUMBER })).feeChanged).toBe(true)
    const command = { requestId: randomUUID(), medOrgOrd: NUMBER, ecToken: EC_TOKEN }
    expect(expectOk(await desk.call('counter.reupload', command))).toMatchObject({
      state: 'uploaded',
      feeChanged: false,
    })
  })
})
