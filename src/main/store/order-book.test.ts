import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { uploadedProof } from '#shared/domain/order-proof.ts'
import { A_CHARGE, aStatement } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import type { OperationRecord } from './operations.ts'
import { openStore, type Store } from './store.ts'

function world() {
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs }
  const path = join(tempDir(), 'cashier.db')
  const open = (): Store => {
    const opened = openStore({ path }, clock)
    if (!opened.ok) throw new Error(opened.error.words)
    return opened.value
  }
  return { clock, open, store: open() }
}

function operation(overrides: Partial<OperationRecord> = {}): OperationRecord {
  return {
    id: 'op-1',
    medOrgOrd: 'MZ1',
    kind: 'upload',
    state: 'unknown',
    requestId: 'request-1',
    requestJson: '{"medOrgOrd":"MZ1","previousPayOrdId":null}',
    operatorName: '值班',
    message: null,
    preparedAtMs: 1_000_000,
    endedAtMs: null,
    ...overrides,
  }
}

describe('the order book', () => {
  it('tells listeners after the commit, with the whole order', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    const heard: string[] = []
    store.book.onChange((order) => heard.push(`${order.state} ${order.timeline.length}`))
    store.book.hear('MZ1', aStatement(), { entries: [] })
    expect(heard).toEqual(['settled 2'])
    store.close()
  })

  it('a step that throws changes nothing and tells nobody', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    const heard: string[] = []
    store.book.onChange((order) => heard.push(order.state))
    const step = () =>
      store.book.change('MZ1', (record) => {
        store.operations.insert(operation())
        throw new Error(`after a write to ${record.medOrgOrd}`)
      })
    expect(step).toThrow('after a write')
    expect(store.operations.latest('MZ1')).toBeUndefined()
    expect(heard).toEqual([])
    store.close()
  })

  it('an unknown upload is asked about after three seconds, survives a reopening, and ends with the proof', () => {
    const { store, open, clock } = world()
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => {
      store.operations.insert(operation())
      return { record, entries: [] }
    })
    expect(store.book.present('MZ1')).toMatchObject({
      state: 'unknown',
      nextQueryAtMs: clock.nowMs + 3000,
      attention: { reason: 'outcomeUnknown' },
      may: { upload: false, revoke: false },
    })
    store.close()

    const reopened = open()
    expect(reopened.orders.due(clock.nowMs + 3000, 10)).toEqual(['MZ1'])
    expect(reopened.orders.due(clock.nowMs + 2999, 10)).toEqual([])
    const order = reopened.book.hear('MZ1', aStatement({ source: 'query' }), { entries: [], asked: true })
    expect(order).toMatchObject({
      state: 'settled',
      payOrdId: 'ORD1',
      nextQueryAtMs: clock.nowMs + 120_000,
      operation: { state: 'resolved' },
    })
    expect(order.attention).toBeUndefined()
    expect(order.timeline.map((entry) => entry.kind)).toContain('uploadResolved')
    reopened.close()
  })

  it('an answer about the attempt before proves nothing of the upload that is unknown', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => {
      store.operations.insert(operation({ requestJson: '{"medOrgOrd":"MZ1","previousPayOrdId":"ORD0"}' }))
      return { record, entries: [] }
    })
    const still = store.book.hear('MZ1', aStatement({ payOrdId: 'ORD0', ordStas: '12' }), { entries: [] })
    expect(still).toMatchObject({ state: 'unknown', operation: { state: 'unknown' } })
    const proved = store.book.hear('MZ1', aStatement({ payOrdId: 'ORD1', ordStas: '1' }), { entries: [] })
    expect(proved).toMatchObject({
      state: 'uploaded',
      legs: { insurance: 'open', cash: 'open' },
      operation: { state: 'resolved' },
    })
    store.close()
  })

  it('money that moved in the attempt before is suspense while the new upload is unknown, never lost', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => {
      store.operations.insert(operation({ requestJson: '{"medOrgOrd":"MZ1","previousPayOrdId":"ORD0"}' }))
      return { record, entries: [] }
    })
    const order = store.book.hear('MZ1', aStatement({ payOrdId: 'ORD0' }), { entries: [] })
    expect(order).toMatchObject({ state: 'suspense', suspenseReason: 'foreignPayOrdId' })
    store.close()
  })

  it('money under another centre number is suspense; a word about it without money is none', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => ({
      record: { ...record, payOrdId: 'ORD1', proof: uploadedProof(record.proof) },
      entries: [],
    }))
    expect(store.book.hear('MZ1', aStatement({ payOrdId: 'ORD9', ordStas: '12' }), { entries: [] }).state).toBe(
      'uploaded',
    )
    const order = store.book.hear('MZ1', aStatement({ payOrdId: 'ORD9' }), { entries: [] })
    expect(order).toMatchObject({ state: 'suspense', suspenseReason: 'foreignPayOrdId', payOrdId: 'ORD1' })
    store.book.open('MZ2', A_CHARGE)
    expect(store.orderSearch.list({ attention: true, limit: 9 }).map(({ medOrgOrd }) => medOrgOrd)).toEqual(['MZ1'])
    store.close()
  })

  it('after a revoke, a payment under a new number is the patient paying in another way', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    store.book.change('MZ1', (record) => ({
      record: { ...record, payOrdId: 'ORD1', proof: uploadedProof(record.proof) },
      entries: [],
    }))
    expect(store.book.hear('MZ1', aStatement({ ordStas: '12' }), { entries: [] }).state).toBe('revoked')
    expect(store.book.hear('MZ1', aStatement({ payOrdId: 'ORD2', ordStas: '1' }), { entries: [] }).payOrdId).toBe(
      'ORD1',
    )
    const order = store.book.hear('MZ1', aStatement({ payOrdId: 'ORD2' }), { entries: [] })
    expect(order).toMatchObject({ state: 'settled', payOrdId: 'ORD2', suspenseReason: null, identityHolds: true })
    // Control: money under the revoked number itself stays a contradiction.
    store.book.open('MZ2', A_CHARGE)
    store.book.hear('MZ2', aStatement({ ordStas: '12' }), { entries: [] })
    expect(store.book.hear('MZ2', aStatement(), { entries: [] }).suspenseReason).toBe('paidYetRevoked')
    store.close()
  })

  it('the database itself keeps a second operation from beginning while one is open', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    store.operations.insert(operation({ state: 'sent' }))
    const second = () => store.operations.insert(operation({ id: 'op-2', requestId: 'request-2', state: 'prepared' }))
    expect(second).toThrow(/UNIQUE/)
    store.operations.move('op-1', 'fail', 1)
    expect(second).not.toThrow()
    store.close()
  })

  it('shows what the centre did not tell from the charge, and checks the identity over both', () => {
    const { store } = world()
    store.book.open('MZ1', A_CHARGE)
    const told = aStatement({ source: 'query' })
    const amounts = { ...told.amounts, outOfCatalogueFen: null, prepaidFen: null }
    const order = store.book.hear('MZ1', { ...told, amounts }, { entries: [] })
    expect(order.amounts).toMatchObject({ outOfCatalogueFen: 100, prepaidFen: null })
    expect(order.identityHolds).toBe(true)
    store.book.open('MZ2', A_CHARGE)
    const short = { ...amounts, ownPayFen: fen(959) }
    const prepaid = store.book.hear('MZ2', { ...told, payOrdId: 'ORD2', amounts: short }, { entries: [] })
    expect(prepaid.identityHolds).toBeNull()
    store.close()
  })
})
