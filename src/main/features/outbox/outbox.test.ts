import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemTimers } from '#main/desk/system-timers.ts'
import { openStore, type Store } from '#main/store/store.ts'
import { type DataSync, systemDataSync } from '#main/store/sync-line.ts'
import { isJsonObject, parseJson, stringifyJson } from '#shared/centre/json.ts'
import { fen } from '#shared/domain/money.ts'
import type { OrderEvidence } from '#shared/domain/order-proof.ts'
import { ok } from '#shared/domain/result.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { toldBody } from './result-body.ts'
import { recordResults } from './result-recorder.ts'
import { ResultWriter } from './result-writer.ts'

function openedStore(path = join(tempDir(), 'cashier.db'), datasync: DataSync = systemDataSync): Store {
  const opened = openStore({ path }, { now: () => 1_000 }, { datasync })
  if (!opened.ok) throw new Error(opened.error.words)
  onTestFinished(() => opened.value.close())
  return opened.value
}

function order(store: Store, medOrgOrd: string): void {
  store.book.open(medOrgOrd, {
    patientName: '测试甲',
    idNo: '99010119900101001X',
    deptName: '内科',
    drName: '',
    visitTime: '',
    chargeFen: fen(4010),
    chargeOutsideFen: fen(100),
  })
}

const result = (medOrgOrd: string, resultId: string) => ({
  resultId,
  medOrgOrd,
  resultType: 'settlement' as const,
  contentKey: resultId,
  body: '{}',
  callbackId: null,
})

describe('the outbox', () => {
  it('gives the oldest result of each order; a later one waits until the earlier is taken', () => {
    const store = openedStore()
    order(store, 'A')
    order(store, 'B')
    store.outbox.add(result('A', 'a1'), 1)
    store.outbox.add(result('A', 'a2'), 2)
    store.outbox.add(result('B', 'b1'), 3)
    expect(store.outbox.due(10, 9).map(({ resultId, seq }) => [resultId, seq])).toEqual([
      ['a1', 1],
      ['b1', 1],
    ])
    const [head] = store.outbox.due(10, 1)
    store.outbox.failed(head?.id ?? 0, 5_000)
    expect(store.outbox.due(10, 9).map(({ resultId }) => resultId)).toEqual(['b1'])
    expect(store.outbox.backlog()).toEqual({ count: 3, sinceMs: 1, failing: true })
    store.outbox.taken(head?.id ?? 0, 20)
    expect(store.outbox.due(10, 9).map(({ resultId, seq }) => [resultId, seq])).toEqual([
      ['a2', 2],
      ['b1', 1],
    ])
    expect(store.outbox.isTaken('A')).toBe(true)
    expect(store.outbox.isTaken('B')).toBe(false)
  })
})

/** Which results were told, by a writer over a store on this disk; the one result is committed, and its sync began. */
async function toldOn(datasync: DataSync, sync: () => void): Promise<readonly (readonly string[])[]> {
  const store = openedStore(undefined, datasync)
  order(store, 'A')
  store.commits.follow(() => store.outbox.add(result('A', 'a1'), 1))
  store.commits.flush()
  const told: string[] = []
  const writer = new ResultWriter({
    store,
    clock: { now: () => 1_000 },
    timers: systemTimers,
    write: async ({ resultId }) => {
      told.push(resultId)
      return ok(undefined)
    },
    onBacklog: () => undefined,
    report: (error) => {
      throw error
    },
  })
  const looking = writer.look()
  await nextTurn()
  const before = [...told]
  sync()
  await looking
  return [before, told]
}

describe('the writer of results', () => {
  it('tells a result when it is durable, and not before', async () => {
    const disk = Promise.withResolvers<void>()
    expect(await toldOn(() => disk.promise, disk.resolve)).toEqual([[], ['a1']])
  })

  it('tells nothing that the disk did not keep', async () => {
    const disk = Promise.withResolvers<void>()
    expect(
      await toldOn(
        () => disk.promise,
        () => disk.reject(new Error('EIO')),
      ),
    ).toEqual([[], []])
  })
})

const SETTLED: OrderEvidence = {
  source: 'query',
  ordStas: '6',
  setlType: 'ALL',
  amounts: {
    feeSumFen: fen(4010),
    fundFen: fen(2000),
    accountFen: fen(0),
    ownPayFen: fen(2110),
    outOfCatalogueFen: null,
    prepaidFen: null,
  },
}

function heard(store: Store, evidence: OrderEvidence): void {
  store.book.hear('A', { ...evidence, payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'M1' }, { entries: [] })
}

/** A store that records results, with one uploaded order. */
function recordingStore(path?: string): Store {
  const store = openedStore(path)
  recordResults({ store, clock: { now: () => 1_000 }, appId: 'APP', orgCodg: 'ORG' })
  order(store, 'A')
  return store
}

const told = (store: Store) => store.outbox.due(9_999, 9).map(toldBody)

const bodies = (store: Store) =>
  told(store).map((body) => {
    const value = parseJson(body)?.value
    return isJsonObject(value) ? value : {}
  })

describe('a result and the change that it tells of', () => {
  it('stand together: the flat form of 2.2, amounts with two decimals', () => {
    const store = recordingStore()
    heard(store, SETTLED)
    const [body] = bodies(store)
    expect(stringifyJson(body)).toContain('"feeSumamt":40.10,"fundPay":20.00,"psnAcctPay":0.00,"ownpayAmt":21.10')
    expect(body).toMatchObject({
      resultType: 'settlement',
      medOrgOrd: 'A',
      payOrdId: 'ORD1',
      setlType: 'ALL',
      ordStas: '6',
      hiDocSn: 'S1',
      hiRgstSn: 'M1',
      appId: 'APP',
      orgCodg: 'ORG',
    })
  })

  it('fall together: where the change does not commit, there is no result', () => {
    const store = recordingStore()
    store.book.withEachStep(() => {
      throw new Error('the disk is full')
    })
    expect(() => heard(store, SETTLED)).toThrow('the disk is full')
    expect(store.book.find('A')?.state).toBe('created')
    expect(bodies(store)).toEqual([])
  })

  it('the same again, or a later code that says the same, is no second result; other money is', () => {
    const store = recordingStore()
    heard(store, { ...SETTLED, ordStas: '5' })
    heard(store, SETTLED)
    heard(store, SETTLED)
    expect(store.outbox.backlog().count).toBe(1)
    heard(store, { ...SETTLED, ordStas: '7' })
    expect(store.outbox.backlog().count).toBe(2)
  })

  it('nothing is told of an order that contradicts itself', () => {
    const store = recordingStore()
    heard(store, SETTLED)
    heard(store, { ...SETTLED, ordStas: '12' })
    expect(store.book.find('A')?.state).toBe('suspense')
    expect(store.outbox.backlog().count).toBe(1)
  })

  it('survives the end of the process', () => {
    const path = join(tempDir(), 'cashier.db')
    const first = recordingStore(path)
    heard(first, SETTLED)
    first.close()
    expect(openedStore(path).outbox.due(9_999, 9)).toHaveLength(1)
  })
})

const PAID_AT: Record<string, string> = { first: '20260701080000', later: '20260701090000' }

describe('the details of the centre in a result', () => {
  const message = (extData: string) => ({ code: 1, data: { hiChrgTime: PAID_AT[extData], extData } })

  /** What is written for a callback, after this many later ones were stored and wait for their effect. */
  function written(hand: boolean, later = 0): unknown {
    const store = recordingStore()
    const taken = (extData: string) =>
      store.callbacks.insert({
        ...{ interfaceId: '2.2', medOrgOrd: 'A', payOrdId: 'ORD1', dedupeKey: extData, moneyKey: 'm' },
        ...{ status: 'accepted', body: JSON.stringify(message(extData)), caller: '', receivedAtMs: 1 },
        ...{ answerStatus: 200, answerBody: '' },
      })
    const id = taken('first')
    for (let count = 0; count < later; count += 1) taken('later')
    const statement = { ...SETTLED, source: 'callback' as const, payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'M1' }
    const callback = { id, paidAt: PAID_AT.first }
    store.book.hear('A', statement, { entries: [], ...(hand ? { callback } : {}) })
    return { ...bodies(store)[0], resultId: '' }
  }

  it('are the same whether the message is handed along or read from the store', () => {
    expect(written(true)).toMatchObject({ extData: 'first', hiChrgTime: '20260701080000' })
    expect(written(false)).toEqual(written(true))
  })

  it('are those of the last message that was taken, whichever was handed along', () => {
    expect(written(true, 1)).toMatchObject({ extData: 'later', hiChrgTime: '20260701090000' })
    expect(written(false, 1)).toEqual(written(true, 1))
  })
})

describe('a result that a callback proved', () => {
  const DETAILS = `"extData":{"preSelfPayAmt":1.00,"psnName":"测试甲"},"uploadInfo":{"mdtrtCertNo":"99010119900101001X"}`

  function proved(path?: string): Store {
    const store = recordingStore(path)
    const id = store.callbacks.insert({
      ...{ interfaceId: '2.2', medOrgOrd: 'A', payOrdId: 'ORD1', dedupeKey: 'k', moneyKey: 'm', status: 'accepted' },
      ...{ body: `{"code":1,"data":{"hiChrgTime":"20260701080000",${DETAILS}}}`, caller: '', receivedAtMs: 1 },
      ...{ answerStatus: 200, answerBody: '' },
    })
    const statement = { ...SETTLED, source: 'callback' as const, payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'M1' }
    store.book.hear('A', statement, { entries: [] })
    store.callbacks.markApplied('A', id)
    return store
  }

  it('holds the details once, in the callback, and is told with them, letter for letter', () => {
    const [result] = proved().outbox.due(9_999, 9)
    expect(result?.body).toContain('"feeSumamt":40.10')
    expect(result?.body).not.toContain('extData')
    expect(result && toldBody(result)).toBe(`${result?.body.slice(0, -1)},${DETAILS}}`)
  })

  it('is told in the same bytes after a restart, and after later messages', () => {
    const path = join(tempDir(), 'cashier.db')
    const first = proved(path)
    const before = told(first)
    first.callbacks.insert({
      ...{ interfaceId: '2.2', medOrgOrd: 'A', payOrdId: 'ORD1', dedupeKey: 'later', moneyKey: 'm' },
      ...{ status: 'accepted', body: '{"extData":"later"}', caller: '', receivedAtMs: 2 },
      ...{ answerStatus: 200, answerBody: '' },
    })
    expect(told(first)).toEqual(before)
    first.close()
    expect(told(openedStore(path))).toEqual(before)
    expect(before).toHaveLength(1)
  })

  it('is told without persons once they are purged', () => {
    const store = proved()
    expect(told(store)[0]).toContain('99010119900101001X')
    store.transaction(() => store.personalData.purgeNext(9_999, { createdAtMs: -1, medOrgOrd: '' }, 9))
    expect(told(store)[0]).not.toContain('99010119900101001X')
    expect(told(store)[0]).not.toContain('测试甲')
    expect(bodies(store)[0]).toMatchObject({ medOrgOrd: 'A', extData: expect.anything() })
  })

  it('of an answer to a query holds all that is told', () => {
    const store = recordingStore()
    store.wireLog.keep({
      ...{ medOrgOrd: 'A', interfaceId: '1.3', startedAtMs: 1, elapsedMs: 1, status: 200 },
      replyBody: `{"code":1,"data":{${DETAILS}}}`,
    })
    heard(store, SETTLED)
    const [result] = store.outbox.due(9_999, 9)
    expect(result?.body).toContain(DETAILS)
    expect(result && toldBody(result)).toBe(result?.body)
  })
})
