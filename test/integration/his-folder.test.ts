import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isJsonObject, JsonNumber, type JsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { yuanText, ZERO_FEN } from '#shared/domain/money.ts'
import { aDearerDetail, aFeeDetail } from '#test/support/his-files.ts'
import { EC_TOKEN, expectOk, paymentWorld } from '#test/support/payment-world.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'

const NUMBER = 'MZ20261123000101'

/** A desk whose hospital exchanges files with it. */
async function folderDesk() {
  const dir = tempDir()
  const inbox = join(dir, 'inbox')
  const outbox = join(dir, 'outbox')
  mkdirSync(inbox)
  mkdirSync(outbox)
  const world = await paymentWorld({
    settings: { his: { source: 'folder', folder: { inbox, outbox } }, centre: { writeTimeoutMs: 1000 } },
  })
  const drop = (name: string, data: JsonObject) => writeFileSync(join(inbox, name), stringifyJson(data))
  const pending = async () => expectOk(await world.call('charges.search', {})).charges.map((charge) => charge.medOrgOrd)
  /** What has its final name; a result is written beside it first. */
  const results = () =>
    readdirSync(outbox)
      .filter((name) => /^[^.].*\.json$/.test(name))
      .sort()
  const result = (name: string) => {
    const value = parseJson(readFileSync(join(outbox, name), 'utf8'))?.value
    if (!isJsonObject(value)) throw new Error(`${name} is no object`)
    return value
  }
  return {
    ...world,
    inbox,
    outbox,
    drop,
    pending,
    results,
    result,
    order: async () => expectOk(await world.call('orders.get', { medOrgOrd: NUMBER })),
    his: async () => expectOk(await world.call('health.get', {})).his,
    /** Drops the charge and waits until the desk offers it. */
    receive: async () => {
      drop('charge.json', await aFeeDetail())
      await waitFor('the charge', async () => ((await pending()).includes(NUMBER) ? true : undefined))
    },
    settle: async () => {
      await world.upload(NUMBER)
      await world.control('POST', `/orders/${NUMBER}/pay`)
      return world.until(NUMBER, 'settled', (order) => order.state === 'settled')
    },
  }
}

describe('a hospital that exchanges files', () => {
  it('from file to settled to result file: the flat form of 2.2 with our amounts and the raw details', async () => {
    const desk = await folderDesk()
    await desk.receive()
    const settled = await desk.settle()
    const written = await desk.until(NUMBER, 'written back', (order) =>
      order.timeline.some((entry) => entry.kind === 'resultWritten'),
    )
    expect(desk.results()).toEqual([`${NUMBER}-1.json`])
    const body = desk.result(`${NUMBER}-1.json`)
    const { feeSumFen, fundFen, accountFen, ownPayFen, outOfCatalogueFen, prepaidFen } = settled.amounts
    const yuan = (amount: typeof feeSumFen) => new JsonNumber(yuanText(amount ?? ZERO_FEN))
    expect(body).toMatchObject({
      resultType: 'settlement',
      medOrgOrd: NUMBER,
      payOrdId: settled.payOrdId,
      setlType: settled.setlType,
      hiDocSn: settled.hiDocSn,
      hiRgstSn: settled.hiRgstSn,
      feeSumamt: yuan(feeSumFen),
      fundPay: yuan(fundFen),
      psnAcctPay: yuan(accountFen),
      ownpayAmt: yuan(ownPayFen),
      outOfMIFee: yuan(outOfCatalogueFen),
      prePaidDeduction: yuan(prepaidFen),
      hiChrgTime: expect.stringMatching(/^\d{14}$/),
      extData: expect.anything(),
      uploadInfo: expect.anything(),
    })
    expect(written.timeline.filter((entry) => entry.kind === 'resultWritten')).toHaveLength(1)
    await waitFor('the charge to leave', async () => ((await desk.pending()).includes(NUMBER) ? undefined : true))
    expect(expectOk(await desk.call('charges.get', { medOrgOrd: NUMBER })).state).toBe('settled')
  })

  it('a charge that was taken in is there after a restart, though its file is gone', async () => {
    const desk = await folderDesk()
    await desk.receive()
    await waitFor('the move', () => (existsSync(join(desk.inbox, 'done', 'charge.json')) ? true : undefined))
    rmSync(join(desk.inbox, 'done'), { recursive: true })
    await desk.restart()
    expect(await desk.pending()).toEqual([NUMBER])
    expect((await desk.settle()).state).toBe('settled')
  })

  it('a folder that goes away is said, and nothing is uploaded meanwhile', async () => {
    const desk = await folderDesk()
    await desk.receive()
    rmSync(desk.inbox, { recursive: true })
    await waitFor('the health light', async () => ((await desk.his()).state === 'down' ? true : undefined))
    expect((await desk.his()).words).toContain('his.folder.inbox')
    const upload = { requestId: randomUUID(), medOrgOrd: NUMBER, ecToken: EC_TOKEN }
    expect(await desk.call('counter.upload', upload)).toMatchObject({ ok: false, error: { code: 'HIS_UNREACHABLE' } })
    mkdirSync(desk.inbox)
    await waitFor('the health light', async () => ((await desk.his()).state === 'ok' ? true : undefined))
  })

  it('a result that cannot be written waits, is said, survives a restart, and is written once', async () => {
    const desk = await folderDesk()
    await desk.receive()
    rmSync(desk.outbox, { recursive: true })
    await desk.settle()
    await desk.until(NUMBER, 'the delay', (order) => order.timeline.some((entry) => entry.kind === 'resultDelayed'))
    await waitFor('the health light', async () => ((await desk.his()).state === 'warn' ? true : undefined))
    expect((await desk.his()).words).toContain('有 1 个结算或退款结果等待写回')

    await desk.restart()
    await waitFor('the health light', async () => ((await desk.his()).state === 'warn' ? true : undefined))
    mkdirSync(desk.outbox)
    desk.clock.advance(5_000)
    const written = await desk.until(NUMBER, 'the writing', (order) =>
      order.timeline.some((entry) => entry.kind === 'resultWritten'),
    )
    expect(written.timeline.filter((entry) => entry.kind === 'resultDelayed')).toHaveLength(1)
    expect(desk.results()).toEqual([`${NUMBER}-1.json`])
    await waitFor('the health light', async () => ((await desk.his()).state === 'ok' ? true : undefined))

    // The hospital takes the file away; a second order's result proves that the writer has looked since.
    rmSync(join(desk.outbox, `${NUMBER}-1.json`))
    await desk.restart()
    desk.clock.advance(3_600_000)
    desk.drop('other.json', await aFeeDetail({ medOrgOrd: 'MZ2' }))
    await waitFor('the other charge', async () => ((await desk.pending()).includes('MZ2') ? true : undefined))
    await desk.upload('MZ2')
    await desk.control('POST', '/orders/MZ2/pay')
    await waitFor('its result', () => (desk.results().includes('MZ2-1.json') ? true : undefined))
    expect(desk.results()).toEqual(['MZ2-1.json'])
  })

  it('a refund is a result of its own, after the settlement', async () => {
    const desk = await folderDesk()
    await desk.receive()
    const settled = await desk.settle()
    const refund = { requestId: randomUUID(), medOrgOrd: NUMBER, reason: '退号' }
    expectOk(await desk.call('refunds.start', { ...refund, refdType: 'ALL', refChannel: 'online' }))
    await waitFor('both results', () => (desk.results().length === 2 ? true : undefined))
    const [first, second] = desk.results().map((name) => desk.result(name))
    expect(first?.resultType).toBe('settlement')
    expect(second).toMatchObject({
      resultType: 'refund',
      payOrdId: settled.payOrdId,
      refunds: [{ refdType: 'ALL', appRefdSn: expect.any(String), feeSumamt: expect.any(JsonNumber) }],
    })
    expect(second?.resultId).not.toBe(first?.resultId)
  })
})

describe('a charge that changes after its upload', () => {
  async function changedDesk() {
    const desk = await folderDesk()
    await desk.receive()
    const before = await desk.upload(NUMBER)
    expect(before.feeChanged).toBe(false)
    expect(expectOk(await desk.call('charges.get', { medOrgOrd: NUMBER })).feeChanged).toBe(false)
    desk.drop('again.json', await aDearerDetail())
    await waitFor('the new fees', async () => {
      const charge = expectOk(await desk.call('charges.get', { medOrgOrd: NUMBER }))
      return charge.feeChanged || undefined
    })
    return { desk, before }
  }
  const again = () => ({ requestId: randomUUID(), medOrgOrd: NUMBER, ecToken: EC_TOKEN })

  it('is told with the charge and the order, and once in the timeline', async () => {
    const { desk } = await changedDesk()
    await desk.pending()
    const order = await desk.order()
    expect(order.feeChanged).toBe(true)
    expect(order.timeline.filter((entry) => entry.kind === 'feeChanged')).toHaveLength(1)
  })

  it('is revoked and uploaded again as one action: two operations, the new lines, the new total', async () => {
    const { desk, before } = await changedDesk()
    const command = again()
    const order = expectOk(await desk.call('counter.reupload', command))
    expect(order).toMatchObject({
      state: 'uploaded',
      feeChanged: false,
      operation: { kind: 'upload', state: 'succeeded' },
    })
    expect(order.totalFen).toBe(before.totalFen + 1500)
    expect(order.payOrdId).not.toBe(before.payOrdId)
    expect(order.timeline.map((entry) => entry.kind)).toEqual(
      expect.arrayContaining(['revokeSent', 'revokeSucceeded', 'uploadSent', 'uploadSucceeded']),
    )
    expect(await desk.call('counter.reupload', command)).toEqual({ ok: true, value: order })
    expect([(await desk.wire('1.7')).length, (await desk.wire('1.6')).length]).toEqual([1, 2])
  })

  it.each([
    ['unknown', { kind: 'timeoutAfter' }, 'unknown'],
    ['refused', { kind: 'refuse', value: '正在支付' }, 'uploaded'],
  ])('uploads nothing when the revoke is %s', async (_what, fault, state) => {
    const { desk } = await changedDesk()
    await desk.control('POST', '/faults', { interface: '1.7', times: 1, ...fault })
    const order = expectOk(await desk.call('counter.reupload', again()))
    expect(order).toMatchObject({ state, operation: { kind: 'revoke' } })
    expect(await desk.wire('1.6')).toHaveLength(1)
  })

  it('revokes nothing when the hospital cannot be asked', async () => {
    const { desk } = await changedDesk()
    rmSync(desk.inbox, { recursive: true })
    await waitFor('the health light', async () => ((await desk.his()).state === 'down' ? true : undefined))
    expect(await desk.call('counter.reupload', again())).toMatchObject({
      ok: false,
      error: { code: 'HIS_UNREACHABLE' },
    })
    expect(await desk.wire('1.7')).toHaveLength(0)
  })
})
