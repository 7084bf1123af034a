import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { openStore, type Store } from './store.ts'

const NAME = '周知行'
const ID_NO = '99010219620918011X'
const BODY = JSON.stringify({ code: 1, data: { psnName: NAME, certno: ID_NO, feeSumamt: 40.1, note: `患者${NAME}` } })

function storeWithOld(count: number) {
  const clock = { nowMs: Date.UTC(2024, 0, 5), now: () => clock.nowMs }
  const path = join(tempDir(), 'cashier.db')
  const opened = openStore({ path }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  for (let index = 0; index < count; index += 1) {
    clock.nowMs += 60_000
    addOrder(store, `MZ${index}`, clock.nowMs)
  }
  return { store, clock }
}

function addOrder(store: Store, medOrgOrd: string, atMs: number): void {
  store.book.open(medOrgOrd, {
    ...{ patientName: NAME, idNo: ID_NO, deptName: '内科', drName: '方亦舟', visitTime: '' },
    ...{ chargeFen: fen(4009), chargeOutsideFen: fen(1) },
  })
  store.charges.save({ medOrgOrd, idNo: ID_NO, detailJson: `{"userName":"${NAME}"}`, fetchedAtMs: atMs })
  store.wireLog.keep({
    ...{ medOrgOrd, interfaceId: '1.3', startedAtMs: atMs, elapsedMs: 5, status: 200, replyBody: BODY },
  })
  store.callbacks.insert({
    ...{ interfaceId: '2.2', medOrgOrd, payOrdId: null, dedupeKey: `k${medOrgOrd}`, moneyKey: 'm', status: 'applied' },
    ...{ body: BODY, caller: '127.0.0.1', receivedAtMs: atMs, answerStatus: 200, answerBody: '{}' },
  })
}

const BEGINNING = { createdAtMs: -1, medOrgOrd: '' }

function found(store: Store, text: string): readonly string[] {
  const { words } = readSearchText(text, 0)
  return store.orderSearch.search(words, {}, { limit: 50 }).records.map(({ medOrgOrd }) => medOrgOrd)
}

function everythingOf(store: Store, medOrgOrd: string): string {
  return JSON.stringify([
    store.orders.find(medOrgOrd),
    store.charges.find(medOrgOrd),
    store.wireLog.ofOrder(medOrgOrd),
    store.callbacks.ofOrder(medOrgOrd),
  ])
}

describe('personal data of old orders', () => {
  it('is gone from everything of the order, and what happened stays', () => {
    const { store, clock } = storeWithOld(1)
    expect(everythingOf(store, 'MZ0')).toContain(NAME)
    store.personalData.purgeNext(clock.nowMs + 1, BEGINNING, 10)
    const left = everythingOf(store, 'MZ0')
    expect(left).not.toContain(NAME)
    expect(left).not.toContain('19620918')
    expect(left).toContain('40.1')
    expect(store.orders.find('MZ0')).toMatchObject({
      medOrgOrd: 'MZ0',
      charge: { patientName: '周*行', chargeFen: 4009 },
    })
    expect(store.book.present('MZ0')?.timeline).toHaveLength(1)
    store.close()
  })

  it('is found no more by the name, and still by the number and the tail that is shown', () => {
    const { store, clock } = storeWithOld(1)
    expect(found(store, '知行')).toEqual(['MZ0'])
    store.personalData.purgeNext(clock.nowMs + 1, BEGINNING, 10)
    expect(found(store, '知行')).toEqual([])
    expect(found(store, 'zzx')).toEqual([])
    expect(found(store, '011X')).toEqual(['MZ0'])
    store.close()
  })

  it('stays where the order is young, or waits for the patient', () => {
    const { store, clock } = storeWithOld(2)
    store.book.change('MZ0', (record) => ({
      record: { ...record, proof: { ...record.proof, state: 'uploaded' } },
      entries: [],
    }))
    store.personalData.purgeNext(clock.nowMs, BEGINNING, 10)
    expect(everythingOf(store, 'MZ0')).toContain(NAME)
    expect(everythingOf(store, 'MZ1')).toContain(NAME)
    store.close()
  })

  it('goes in steps that join without a gap, and the name is known as long as one order bears it', () => {
    const { store, clock } = storeWithOld(5)
    const second = store.personalData.purgeNext(clock.nowMs + 1, BEGINNING, 2)
    expect(second?.medOrgOrd).toBe('MZ1')
    expect(found(store, '知行')).toEqual(['MZ4', 'MZ3', 'MZ2'])
    const fourth = store.personalData.purgeNext(clock.nowMs + 1, second ?? BEGINNING, 2)
    store.personalData.purgeNext(clock.nowMs + 1, fourth ?? BEGINNING, 2)
    expect(found(store, '知行')).toEqual([])
    expect(store.personalData.hasOlder(clock.nowMs + 1, { createdAtMs: clock.nowMs, medOrgOrd: 'MZ4' })).toBe(false)
    store.close()
  })
})
