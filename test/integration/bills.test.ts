import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Bill, BillRow } from '#shared/contract/bills.ts'
import type { Order } from '#shared/contract/orders.ts'
import type { Input } from '#shared/contract/table.ts'
import { yuanText } from '#shared/domain/money.ts'
import { dayOf } from '#shared/domain/time.ts'
import { billBytes, packBill } from '#test/support/bill-files.ts'
import { expectOk, type PaymentWorld, paymentWorld } from '#test/support/payment-world.ts'
import { httpAnswer, type RawServer, startRawServer } from '#test/support/raw-server.ts'

/** Pays so many mixed payments, and whatever else comes on the way. */
async function payMixed(world: PaymentWorld, wanted: number): Promise<Order[]> {
  const { charges } = expectOk(await world.call('charges.search', {}))
  const mixed: Order[] = []
  for (const { medOrgOrd } of charges) {
    if (mixed.length === wanted) return mixed
    await world.upload(medOrgOrd)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const order = await world.until(medOrgOrd, 'settled', ({ state }) => state === 'settled')
    if (order.setlType === 'ALL') mixed.push(order)
  }
  throw new Error('not enough mixed payments')
}

const today = (world: PaymentWorld) => dayOf(world.clock.now())
const download = (world: PaymentWorld, input: Partial<Input<'bills.download'>> = {}) =>
  world.call('bills.download', { billDate: today(world), ...input })
const downloaded = async (world: PaymentWorld, input: Partial<Input<'bills.download'>> = {}): Promise<Bill> =>
  expectOk(await download(world, input))
const rowsOf = async (world: PaymentWorld, billId: number, match?: BillRow['match']) =>
  expectOk(await world.call('bills.rows', { billId, ...(match === undefined ? {} : { match }) })).rows
const ownPay = (order: Order) => order.amounts.ownPayFen ?? 0

/** The centre names this server's address from now on; it answers every GET with these bytes. */
async function serveBill(world: PaymentWorld, bytes: Buffer): Promise<RawServer> {
  const server = await startRawServer((socket) => void socket.end(bytes))
  onTestFinished(() => server.close())
  await world.control('POST', '/faults', { interface: '1.5', kind: 'billUrl', value: `${server.url}/bill` })
  return server
}

describe('the bill of a day', () => {
  it('is fetched, kept, compared, and the day balances to the fen', async () => {
    const world = await paymentWorld()
    const orders = await payMixed(world, 3)
    const bill = await downloaded(world)
    const paidFen = orders.reduce((sum, order) => sum + ownPay(order), 0)
    expect(bill).toMatchObject({
      rows: 3,
      unreadable: 0,
      unmapped: [],
      totals: { paidFen, refundedFen: 0, netFen: paidFen, paidCount: 3 },
      comparison: { matched: 3, amountDiffers: 0, notHere: 0, missing: 0, oursPaidFen: paidFen, balances: true },
    })
    expect(await rowsOf(world, bill.billId)).toMatchObject(
      orders.map((order) => ({
        match: 'matched',
        movement: 'paid',
        medOrgOrd: order.medOrgOrd,
        payOrdId: order.payOrdId,
        amountFen: ownPay(order),
        oursFen: ownPay(order),
      })),
    )
    const [request] = await world.wire('1.5')
    expect(JSON.parse(request?.requestBody ?? '{}')).toMatchObject({
      billDate: today(world).replaceAll('-', ''),
      billType: 'ALL',
      orgCodg: 'H99010100001',
    })
  })

  it('keeps the raw file under its hash for this user only; the same file again is not stored twice', async () => {
    const world = await paymentWorld()
    await payMixed(world, 1)
    const first = await downloaded(world)
    const second = await downloaded(world)
    expect(second.billId).toBe(first.billId)
    expect(second.downloadedAtMs).toBeGreaterThanOrEqual(first.downloadedAtMs)
    expect(expectOk(await world.call('bills.list', {})).bills).toHaveLength(1)
    const dir = join(world.dataDir, 'test', 'bills')
    const names = readdirSync(dir)
    expect(names.filter((name) => name.endsWith('.raw'))).toEqual([`${first.sha256}.raw`])
    expect(names).toHaveLength(2)
    for (const name of names) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, first.fileName), 'utf8')).toContain('交易时间,交易类型')
    await world.restart()
    expect(expectOk(await world.call('bills.list', { from: today(world), to: today(world) })).bills).toEqual([second])
    expect(expectOk(await world.call('bills.list', { to: '2020-01-01' })).bills).toEqual([])
  })

  it('a refund is a positive row of its own, and the net goes down', async () => {
    const world = await paymentWorld()
    const [order] = await payMixed(world, 1)
    if (order === undefined) throw new Error('no order')
    const { medOrgOrd } = order
    const refund = {
      requestId: randomUUID(),
      medOrgOrd,
      refdType: 'ALL',
      refChannel: 'online',
      reason: '患者要求',
    } as const
    expectOk(await world.call('refunds.start', refund))
    const bill = await downloaded(world)
    const paidFen = ownPay(order)
    expect(bill).toMatchObject({
      totals: { paidFen, refundedFen: paidFen, netFen: 0, refundedCount: 1 },
      comparison: { matched: 2, oursPaidFen: paidFen, oursRefundedFen: paidFen, balances: true },
    })
    expect((await downloaded(world, { billType: 'REFUND' })).totals).toMatchObject({ paidCount: 0, refundedCount: 1 })
    expect((await downloaded(world, { billType: 'SUCCESS' })).comparison).toMatchObject({ matched: 1, balances: true })
  })

  it('says what differs, what is not ours, what was paid twice, and what is missing', async () => {
    const world = await paymentWorld()
    const [first, second, third, lost] = await payMixed(world, 4)
    if (first === undefined || second === undefined || third === undefined || lost === undefined) throw new Error()
    const row = (order: Order, yuan = yuanText(order.amounts.ownPayFen ?? order.totalFen)) => [order.medOrgOrd, yuan]
    const rows = [
      row(first),
      row(second, '0.01'),
      row(third),
      row(third),
      ['MZ99999999', '5.00'],
      [first.medOrgOrd, 'x'],
    ]
    await serveBill(world, httpAnswer(200, billBytes([['订单号', '金额'], ...rows])))
    const bill = await downloaded(world)
    expect(bill.comparison).toMatchObject({ matched: 1, amountDiffers: 3, notHere: 1, missing: 1, balances: false })
    expect(bill.unreadable).toBe(1)
    const numbers = async (match: BillRow['match']) => (await rowsOf(world, bill.billId, match)).map((r) => r.medOrgOrd)
    expect(await numbers('matched')).toEqual([first.medOrgOrd])
    expect(await numbers('amountDiffers')).toEqual([second.medOrgOrd, third.medOrgOrd, third.medOrgOrd])
    expect(await numbers('notHere')).toEqual(['MZ99999999'])
    expect(await rowsOf(world, bill.billId, 'missing')).toMatchObject([
      { medOrgOrd: lost.medOrgOrd, oursFen: ownPay(lost), line: null },
    ])
    expect(await rowsOf(world, bill.billId, 'unreadable')).toMatchObject([{ line: 7, raw: `${first.medOrgOrd},x` }])
  })

  it('a row is of an order only if both of its numbers are; the centre’s number alone is enough', async () => {
    const world = await paymentWorld()
    const [first, second] = await payMixed(world, 2)
    if (first === undefined || second === undefined) throw new Error('no orders')
    const yuan = (order: Order) => yuanText(order.amounts.ownPayFen ?? order.totalFen)
    const table = [
      ['医院订单号', '支付中心订单号', '金额'],
      [first.medOrgOrd, second.payOrdId ?? '', yuan(first)],
      ['', second.payOrdId ?? '', yuan(second)],
    ]
    await serveBill(world, httpAnswer(200, billBytes(table)))
    const { billId, comparison } = await downloaded(world)
    expect(comparison).toMatchObject({ notHere: 1, matched: 1, missing: 1 })
    expect(await rowsOf(world, billId, 'matched')).toMatchObject([{ medOrgOrd: null, orderNumber: second.medOrgOrd }])
    expect(await rowsOf(world, billId, 'missing')).toMatchObject([{ medOrgOrd: first.medOrgOrd }])
  })

  it('a payment that this desk does not know of differs; once it knows, it matches', async () => {
    const world = await paymentWorld()
    const medOrgOrd = await mixedCharge(world)
    await world.control('POST', '/faults', { interface: '2.2', kind: 'loseCallback', medOrgOrd })
    await world.upload(medOrgOrd)
    await world.control('POST', `/orders/${medOrgOrd}/pay`)
    const before = await downloaded(world)
    expect(before.comparison).toMatchObject({ amountDiffers: 1, balances: false })
    expect(await rowsOf(world, before.billId)).toMatchObject([{ match: 'amountDiffers', oursFen: 0 }])
    expectOk(await world.call('orders.refresh', { medOrgOrd }))
    const after = expectOk(await world.call('bills.get', { billId: before.billId }))
    expect(after.comparison).toMatchObject({ matched: 1, balances: true })
  })

  it('rows that an earlier version kept in another form are removed at the start, and read again', async () => {
    const world = await paymentWorld()
    const { billId, rows } = await downloaded(world)
    const dir = join(world.dataDir, 'test', 'bills')
    const kept = readdirSync(dir).find((name) => name.endsWith('.rows')) ?? ''
    renameSync(join(dir, kept), join(dir, kept.replace(/\.\d+\.rows$/, '.rows')))
    await world.restart()
    expect(readdirSync(dir).filter((name) => name.endsWith('.rows'))).toEqual([])
    expect(expectOk(await world.call('bills.get', { billId }))).toMatchObject({ rows, rowsKept: true })
    expect(await rowsOf(world, billId)).toHaveLength(rows)
  })

  it('pages of rows end where the rows end', async () => {
    const world = await paymentWorld()
    const rows = Array.from({ length: 7 }, (_unused, index) => [`P${index}`, '1.00'])
    await serveBill(world, httpAnswer(200, billBytes([['订单号', '金额'], ...rows])))
    const { billId } = await downloaded(world)
    const seen: (string | null)[] = []
    let cursor: string | undefined
    do {
      const page = expectOk(await world.call('bills.rows', { billId, limit: 3, ...(cursor ? { cursor } : {}) }))
      seen.push(...page.rows.map((one) => one.medOrgOrd))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual(rows.map(([number]) => number))
    expect(await world.call('bills.rows', { billId, cursor: 'x' })).toMatchObject({ error: { code: 'INPUT_INVALID' } })
    expect(await world.call('bills.rows', { billId: billId + 1 })).toMatchObject({ error: { code: 'BILL_NOT_FOUND' } })
  })
})

/** A charge that the simulated centre will divide into both parts: found by paying its like in another world. */
async function mixedCharge(world: PaymentWorld): Promise<string> {
  const trial = await paymentWorld()
  const [order] = await payMixed(trial, 1)
  const { charges } = expectOk(await world.call('charges.search', {}))
  const charge = charges.find(({ medOrgOrd }) => medOrgOrd === order?.medOrgOrd)
  if (charge === undefined) throw new Error('the simulated hospital differs between worlds')
  return charge.medOrgOrd
}

describe('the form of the file', () => {
  it('GBK with back-ticks, packed as zip: columns that nobody knows are kept by name', async () => {
    const world = await paymentWorld()
    const [order] = await payMixed(world, 1)
    if (order === undefined) throw new Error('no order')
    const table = [
      ['交易时间', '商户订单号', '交易类型', '自费金额', '柜员'],
      ['2026-11-23 09:00:00', order.medOrgOrd, '支付', yuanText(order.amounts.ownPayFen ?? order.totalFen), '甲'],
    ]
    const bytes = billBytes(table, { encoding: 'gb18030', quoting: 'back-tick', compression: 'zip' })
    await serveBill(world, httpAnswer(200, bytes))
    const bill = await downloaded(world)
    expect(bill).toMatchObject({
      encoding: 'gb18030',
      compression: 'zip',
      unmapped: ['柜员'],
      comparison: { balances: true },
    })
    expect(await rowsOf(world, bill.billId)).toMatchObject([{ others: [{ header: '柜员', value: '甲' }] }])
  })

  it('an unknown form is said in words and the file is kept; names in the settings make it readable', async () => {
    const unknown = httpAnswer(200, 'Bestellung,Betrag\nP1,1.00\n')
    const world = await paymentWorld()
    await serveBill(world, unknown)
    const answer = await download(world)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'BILL_UNREADABLE', details: { headers: ['Bestellung', 'Betrag'] } },
    })
    expect(readdirSync(join(world.dataDir, 'test', 'bills'))).toHaveLength(1)
    expect(expectOk(await world.call('bills.list', {})).bills).toEqual([])

    const columns = { medOrgOrd: ['Bestellung'], amount: ['Betrag'] }
    const taught = await paymentWorld({ settings: { bills: { columns } } })
    await serveBill(taught, unknown)
    expect(await downloaded(taught)).toMatchObject({ rows: 1, totals: { paidFen: 100 } })
  })

  it('names that are taught later read the same file anew, in the place of the first reading', async () => {
    const world = await paymentWorld()
    await serveBill(
      world,
      httpAnswer(
        200,
        billBytes([
          ['订单号', '金额', '应缴'],
          ['P1', '1.00', '2.00'],
        ]),
      ),
    )
    expect(await downloaded(world)).toMatchObject({ unmapped: ['应缴'], totals: { paidFen: 100 } })
    const settings = expectOk(await world.call('settings.get', {}))
    const columns = { ...settings.bills.columns, amount: ['应缴'] }
    const taught = { ...settings, bills: { ...settings.bills, columns } }
    expectOk(await world.call('settings.save', { requestId: randomUUID(), settings: taught }))
    expect(await downloaded(world)).toMatchObject({ unmapped: ['金额'], totals: { paidFen: 200 } })
    expect(expectOk(await world.call('bills.list', {})).bills).toHaveLength(1)
  })

  it('a gzip bomb ends in words', async () => {
    const world = await paymentWorld()
    await serveBill(world, httpAnswer(200, packBill(Buffer.alloc(32 * 1024 * 1024, 'P1,1.00\n'), 'gzip')))
    expect(await download(world)).toMatchObject({ ok: false, error: { code: 'BILL_TOO_LARGE' } })
    expect(await world.call('health.get', {})).toMatchObject({ ok: true })
  })
})

describe('the way to the file', () => {
  it('a centre that is away, refuses, or talks nonsense is told apart', async () => {
    const world = await paymentWorld({ settings: { centre: { queryTimeoutMs: 2000 } } })
    await world.control('POST', '/faults', { interface: '1.5', kind: 'refuse', value: '账单未生成', times: 1 })
    expect(await download(world)).toMatchObject({ error: { code: 'CENTRE_REFUSED', message: '账单未生成' } })
    await world.control('POST', '/faults', { interface: '1.5', kind: 'html', times: 1 })
    expect(await download(world)).toMatchObject({ error: { code: 'CENTRE_UNREADABLE' } })
    await world.control('POST', '/faults', {
      interface: '1.5',
      kind: 'billUrl',
      value: 'javascript:alert(1)',
      times: 1,
    })
    expect(await download(world)).toMatchObject({ error: { code: 'CENTRE_UNREADABLE' } })
    await world.stopCentre()
    expect(await download(world)).toMatchObject({ error: { code: 'CENTRE_UNREACHABLE' } })
  })

  it.each<[string, object, string]>([
    ['http where https is demanded', { allowHttp: false }, 'allowHttp'],
    ['a host that is not listed', { allowedHosts: ['bill.example'] }, 'allowedHosts'],
    ['another port than the listed one', { allowedHosts: ['127.0.0.1:1'] }, 'allowedHosts'],
  ])('%s is blocked before anybody is asked', async (_name, bills, words) => {
    const world = await paymentWorld({ settings: { bills } })
    const server = await serveBill(world, httpAnswer(200, billBytes([['订单号', '金额']])))
    const answer = await download(world)
    expect(answer).toMatchObject({
      ok: false,
      error: { code: 'BILL_BLOCKED', message: expect.stringContaining(words) },
    })
    expect(server.connections()).toBe(0)
  })

  it('control: the same server is asked where it is allowed', async () => {
    const world = await paymentWorld()
    const server = await serveBill(world, httpAnswer(200, billBytes([['订单号', '金额']])))
    expect(await downloaded(world)).toMatchObject({ rows: 0, comparison: { balances: true } })
    expect(server.connections()).toBe(1)
  })

  it('a redirect is not followed, and leaves no file', async () => {
    const world = await paymentWorld()
    await serveBill(world, httpAnswer(302, '', [`Location: ${world.centreUrl}/sim/orders`]))
    expect(await download(world)).toMatchObject({ error: { code: 'BILL_BLOCKED' } })
    expect(readdirSync(join(world.dataDir, 'test', 'bills'))).toEqual([])
  })
})

describe('the CSV for Excel', () => {
  it('has a byte order mark, whole numbers, no formula, and nobody’s name', async () => {
    const world = await paymentWorld()
    const table = [
      ['订单号', '平台订单号', '金额', '姓名'],
      [`=cmd|' /C calc'!A0`, '123456789012345678', '1.00', '测试甲'],
      ['+1+1', '-2', '2.00', '测试乙'],
      ['@SUM(A1)', '0012', '3.00', '测试丙'],
      ['MZ2026"112300', '1E10', '4.00', '测试丁'],
    ]
    await serveBill(world, httpAnswer(200, billBytes(table)))
    const { billId } = await downloaded(world)
    const { csv, rows, truncated } = expectOk(await world.call('bills.export', { billId }))
    expect(csv.startsWith('\uFEFF"对账结果","行号"')).toBe(true)
    expect({ rows, truncated }).toEqual({ rows: 4, truncated: false })
    expect(csv).toContain('"123456789012345678\t"')
    expect(csv).toContain('"0012\t"')
    expect(csv).toContain('"1E10\t"')
    expect(csv).toContain('"MZ2026""112300"')
    expect(csv).toContain(`"'=cmd|' /C calc'!A0"`)
    const cells = csv
      .slice(1)
      .split(/,|\r\n/)
      .filter((cell) => cell !== '')
    for (const cell of cells) expect(cell).not.toMatch(/^"[=+\-@\t\r]/)
    expect(csv).not.toContain('测试')
    expect(csv.split('\r\n')).toHaveLength(6)
  })
})
