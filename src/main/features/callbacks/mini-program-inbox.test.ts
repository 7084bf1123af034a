import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore } from '#main/store/store.ts'
import { applyEvidence, uploadedProof } from '#shared/domain/order-proof.ts'
import { A_CHARGE, aStatement } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { receiveMiniProgramResult } from './mini-program-inbox.ts'

const MESSAGE = {
  ...{ medOrgOrd: 'MZ1', payOrdId: 'ORD1', chrgTime: '20261123090000', notifyHisStatus: '1' },
  // The charge has 1.00 outside of the catalogue: 40.09 + 1 = 21.50 + 0 + 19.59.
  ...{ feeSumamt: 40.09, fundPay: 21.5, psnAcctPay: 0, ownpayAmt: 19.59 },
}

function world({ known = true } = {}) {
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, { now: () => 1_000_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  onTestFinished(() => store.close())
  if (known) {
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => ({
      record: { ...record, payOrdId: 'ORD1', proof: uploadedProof(record.proof), uploadedAtMs: 999_000 },
      entries: [],
    }))
  }
  const receive = (over: object = {}) =>
    receiveMiniProgramResult(store, {
      ...{ interfaceId: '2.3', caller: '127.0.0.1', receivedAtMs: 1_000_500 },
      body: JSON.stringify({ ...MESSAGE, ...over }),
    })
  const told = () => store.book.present('MZ1')?.timeline.filter(({ kind }) => kind === 'miniProgramReceived') ?? []
  return { store, receive, told, order: () => store.book.find('MZ1') }
}

const TAKEN = { status: 200, body: '{"code":1,"message":"成功"}' }

describe('a mini-program result', () => {
  it('is kept, proves nothing, and has the centre asked at once', async () => {
    const { store, receive, told, order } = world()
    expect(await receive()).toEqual(TAKEN)
    expect(order()).toMatchObject({ state: 'uploaded', nextQueryAtMs: 1_000_500 })
    expect(told()).toMatchObject([{ actor: 'centre', data: { notifyHisStatus: '1' } }])
    expect(told()[0]?.data).not.toHaveProperty('identityWarning')
    expect(store.callbacks.ofOrder('MZ1')).toMatchObject([
      { interfaceId: '2.3', payOrdId: 'ORD1', status: 'applied', caller: '127.0.0.1', receivedAtMs: 1_000_500 },
    ])
  })

  it('of an order that is settled asks nothing', async () => {
    const { store, receive, order } = world()
    store.book.change('MZ1', (record) => ({
      record: { ...record, proof: applyEvidence(record.proof, aStatement()) },
      entries: [],
    }))
    await receive()
    expect(order()).toMatchObject({ state: 'settled', nextQueryAtMs: null })
  })

  it('again, in another spelling, has no effect and gets the same bytes', async () => {
    const { receive, told } = world()
    await receive()
    expect(await receive({ ownpayAmt: undefined, ownPayAmt: 19.59 })).toEqual(TAKEN)
    expect(told()).toHaveLength(1)
  })

  it.each([
    { payOrdId: 'ORD2' },
    { notifyHisStatus: '0' },
    { chrgTime: '20261123090001' },
    { feeSumamt: 40.1 },
    { fundPay: 21.51 },
    { psnAcctPay: 0.01 },
    { ownpayAmt: 19.6 },
  ])('%o is another message, kept beside the first', async (over) => {
    const { receive, told } = world()
    await receive()
    expect(await receive(over)).toEqual(TAKEN)
    expect(told()).toHaveLength(2)
  })

  it('that does not add up is a warning, never a refusal (Q16)', async () => {
    const { receive, told } = world()
    expect(await receive({ fundPay: 30 })).toEqual(TAKEN)
    expect(told()[0]?.data.identityWarning).toContain('相差')
  })

  it('is measured against what the centre has told of the other parts, where it has', async () => {
    const { store, receive, told } = world()
    store.book.change('MZ1', (record) => {
      const amounts = { ...record.proof.amounts, outOfCatalogueFen: aStatement().amounts.prepaidFen }
      return { record: { ...record, proof: { ...record.proof, amounts } }, entries: [] }
    })
    await receive({ ownpayAmt: 18.59 })
    expect(told()[0]?.data).not.toHaveProperty('identityWarning')
  })

  it('keeps no more of a strange status than history needs', async () => {
    const { receive, told } = world()
    await receive({ notifyHisStatus: '1234567890123456789' })
    expect(told()[0]?.data.notifyHisStatus).toBe('1234567890123456')
  })

  it('for an order that is not known here is kept and acknowledged', async () => {
    const { store, receive } = world({ known: false })
    expect(await receive()).toEqual(TAKEN)
    expect(store.callbacks.ofOrder('MZ1')).toHaveLength(1)
  })

  it('that cannot be read is refused with the field, and no order hears of it', async () => {
    const { store, receive, told } = world()
    const answer = await receive({ chrgTime: 'yesterday' })
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('chrgTime') })
    expect(JSON.parse(answer.body)).toMatchObject({ code: 0 })
    expect(told()).toEqual([])
    expect(store.callbacks.ofOrder('MZ1')).toEqual([])
  })
})
