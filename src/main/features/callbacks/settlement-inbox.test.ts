import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '#main/store/store.ts'
import { fen } from '#shared/domain/money.ts'
import { uploadedProof } from '#shared/domain/order-proof.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { SettlementInbox } from './settlement-inbox.ts'

/** The published example: 40.09 + 0 = 21.50 + 0 + 17.59 + 1. */
const EXAMPLE = readFileSync(join('test', 'fixtures', 'centre-examples', '2.2-settlement-result.request.json'), 'utf8')
const ORDER = '20230418357521677136928360'
const EXPECTED = { orgCodg: 'H510102XXXXX', appId: '1GJLS2JT50V03FXXXXXA0000A6F4B334' }

function world({ known = true, expected = EXPECTED } = {}) {
  const clock = { now: () => 1_000_000 }
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  const problems: unknown[] = []
  const inbox = new SettlementInbox({
    store,
    clock,
    expected,
    report: (error) => problems.push(error),
  })
  const open = () => {
    store.book.open(ORDER, {
      patientName: '测试甲',
      idNo: '999901199511140026',
      deptName: '内科',
      drName: '王医生',
      visitTime: '',
      chargeFen: fen(4009),
      chargeOutsideFen: fen(0),
    })
    store.book.change(ORDER, (record) => ({
      record: { ...record, payOrdId: 'ORD420100202304181134110052588', proof: uploadedProof(record.proof) },
      entries: [],
    }))
  }
  if (known) open()
  const receive = (body: string) =>
    inbox.receive({ interfaceId: '2.2', body, caller: '127.0.0.1', receivedAtMs: 1_000_000 })
  const act = () => store.commits.flush()
  return { store, inbox, receive, act, open, problems, order: () => store.book.present(ORDER) }
}

describe('the settlement inbox', () => {
  it('answers 1 once the message is stored, and acts on it afterwards', async () => {
    const { receive, act, order, store } = world()
    expect(await receive(EXAMPLE)).toEqual({ status: 200, body: '{"code":1,"message":"成功"}' })
    expect(order()?.state).toBe('uploaded')
    act()
    expect(order()).toMatchObject({
      state: 'settled',
      legs: { insurance: 'paid', cash: 'none' },
      setlType: 'HI',
      identityHolds: true,
      callbackAtMs: 1_000_000,
      hiDocSn: '420700G9000572017647',
    })
    store.close()
  })

  it('a crash between answer and effect loses nothing: the next start acts on it', async () => {
    const { receive, inbox, order, store } = world()
    await receive(EXAMPLE)
    inbox.actOnWaiting()
    expect(order()?.state).toBe('settled')
    expect(store.callbacks.waiting()).toEqual([])
    store.close()
  })

  it('the same settlement again, in another spelling, gets the same bytes and changes nothing', async () => {
    const { receive, act, order, store } = world()
    const first = await receive(EXAMPLE)
    act()
    const before = order()
    const flat = JSON.stringify(JSON.parse(EXAMPLE).data).replace('"ownPayAmt"', '"ownpayAmt"')
    for (let copy = 0; copy < 20; copy += 1) expect(await receive(flat)).toEqual(first)
    act()
    const after = order()
    expect(after?.timeline.filter((entry) => entry.kind === 'settlementReceived')).toHaveLength(1)
    expect({ ...after, timeline: [], updatedAtMs: 0 }).toEqual({ ...before, timeline: [], updatedAtMs: 0 })
    store.close()
  })

  it('20 copies at once are one row, one effect and the same answer; another message beside them is not held up', async () => {
    const { receive, act, order, store } = world()
    const copies = Array.from({ length: 20 }, () => receive(EXAMPLE))
    const beside = receive('<html>')
    const answers = await Promise.all(copies)
    expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set(['{"code":1,"message":"成功"}']))
    expect(JSON.parse((await beside).body).code).toBe(0)
    act()
    expect(order()?.timeline.filter((entry) => entry.kind === 'settlementReceived')).toHaveLength(1)
    expect(store.callbacks.ofOrder(ORDER)).toHaveLength(1)
    store.close()
  })

  it('the same key with other money is stored, not applied, answered 0, and the order stands in suspense', async () => {
    const { receive, act, order, store } = world()
    await receive(EXAMPLE)
    act()
    const other = EXAMPLE.replace('"fundPay": 21.50', '"fundPay": 20.50').replace(
      '"psnAcctPay": 0.00',
      '"psnAcctPay": 1.00',
    )
    const answer = await receive(other)
    expect(JSON.parse(answer.body).code).toBe(0)
    expect(order()).toMatchObject({
      state: 'suspense',
      suspenseReason: 'callbackConflict',
      amounts: { fundFen: 2150 },
      attention: { reason: 'suspense' },
    })
    store.close()
  })

  it('an identity that fails by one fen is refused with the sum in words, shown, and proves nothing', async () => {
    const { receive, act, order, store } = world()
    const answer = await receive(EXAMPLE.replace('"fundPay": 21.50', '"fundPay": 21.51'))
    act()
    const { code, message } = JSON.parse(answer.body)
    expect(code).toBe(0)
    expect(message).toContain('40.09')
    expect(message).toContain('40.10')
    expect(message).toContain('相差-0.01')
    expect(order()).toMatchObject({ state: 'uploaded', attention: { reason: 'identityFailed' } })
    // The corrected message is no conflict with the refused one, and clears the attention.
    expect(JSON.parse((await receive(EXAMPLE)).body).code).toBe(1)
    act()
    expect(order()?.state).toBe('settled')
    expect(order()?.attention).toBeUndefined()
    store.close()
  })

  it('a settlement for an order not known here is acknowledged, parked, and applied when the order appears', async () => {
    const { receive, act, order, open, inbox, store } = world({ known: false })
    expect(JSON.parse((await receive(EXAMPLE)).body).code).toBe(1)
    act()
    expect(order()).toBeUndefined()
    open()
    inbox.actOnParked(ORDER)
    expect(order()?.state).toBe('settled')
    store.close()
  })

  it('a crash after its order appeared loses no parked settlement: the next start acts on it', async () => {
    const { receive, inbox, open, order, store } = world({ known: false })
    await receive(EXAMPLE)
    inbox.actOnWaiting()
    expect(order()).toBeUndefined()
    open()
    inbox.actOnWaiting()
    expect(order()?.state).toBe('settled')
    store.close()
  })

  it.each([
    ['another institution', EXAMPLE.replace('"orgCodg": "H510102XXXXX"', '"orgCodg": "H99"'), 'orgCodg'],
    ['another application', EXAMPLE.replace('1GJLS2JT50V03FXXXXXA0000A6F4B334', 'OTHER'), 'appId'],
    ['a missing amount', EXAMPLE.replace('"fundPay": 21.50,', ''), 'fundPay'],
    ['an amount smaller than a fen', EXAMPLE.replace('"fundPay": 21.50', '"fundPay": 21.505'), 'fundPay'],
    ['no JSON', '<html>', 'JSON'],
    ['a failure in the wrapper', EXAMPLE.replace('"code": 1', '"code": 2'), 'code'],
  ])('%s is kept, answered 0 with the field, without effect and without personal data', async (_what, body, field) => {
    const { receive, act, order, store } = world()
    const answer = await receive(body)
    act()
    expect(JSON.parse(answer.body).code).toBe(0)
    expect(answer.body).toContain(field)
    expect(answer.body).not.toContain('测试甲')
    expect(answer.body).not.toContain('999901199511140026')
    expect(order()?.state).toBe('uploaded')
    store.close()
  })

  it('a settlement without ordStas, as the table has it, settles', async () => {
    const { receive, act, order, store } = world()
    const byTable = EXAMPLE.replace('"ordStas": "6",', '')
    expect(JSON.parse((await receive(byTable)).body).code).toBe(1)
    act()
    expect(order()).toMatchObject({ state: 'settled', ordStas: '6' })
    store.close()
  })

  it('an unlisted ordStas is acknowledged and shown, proves nothing and asks for attention', async () => {
    const { receive, act, order, store } = world()
    await receive(EXAMPLE.replace('"ordStas": "6"', '"ordStas": "66"'))
    act()
    expect(order()).toMatchObject({ state: 'uploaded', attention: { reason: 'unlistedStatus' } })
    store.close()
  })
})
