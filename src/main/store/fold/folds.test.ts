import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { A_CHARGE, aStatement } from '#test/support/an-order.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { inspectBackup } from '../backup/inspect-backup.ts'
import { type Db, openDb } from '../open.ts'
import { openStore, type Store } from '../store.ts'
import { readBlock, UnreadableFold } from './fold-block.ts'
import { FOLDED_TABLE_NAMES } from './folded-tables.ts'

const LATER = Number.MAX_SAFE_INTEGER
const ID_NO = A_CHARGE.idNo
const BODY = JSON.stringify({ code: 1, data: { psnName: A_CHARGE.patientName, certno: ID_NO, feeSumamt: 40.09 } })

/** A store of settled orders, the last of which keeps the numbers of all tables going, and a second connection. */
function world(numbers: readonly string[] = ['MZ1', 'MZ2', 'MZ3']) {
  const clock = { nowMs: 1_000_000, now: () => clock.nowMs }
  const path = join(tempDir(), 'cashier.db')
  const opened = openStore({ path }, clock)
  const beside = openDb({ path })
  if (!opened.ok || !beside.ok) throw new Error('no store')
  const store = opened.value
  const db = beside.value
  onTestFinished(() => {
    db.close()
    store.close()
  })
  for (const number of numbers) {
    clock.nowMs += 60_000
    settle(store, number, clock.nowMs)
  }
  const fold = (medOrgOrd: string) => store.transaction(() => store.folds.fold(medOrgOrd, LATER))
  return { store, db, clock, fold }
}

function settle(store: Store, medOrgOrd: string, atMs: number): void {
  const { book, operations } = store
  book.open(medOrgOrd, A_CHARGE, '值班')
  store.charges.save({
    medOrgOrd,
    idNo: ID_NO,
    detailJson: `{"userName":"${A_CHARGE.patientName}"}`,
    fetchedAtMs: atMs,
  })
  operations.insert({
    ...{ id: `op-${medOrgOrd}`, medOrgOrd, kind: 'upload', state: 'prepared', requestId: `r-${medOrgOrd}` },
    ...{ requestJson: `{"medOrgOrd":"${medOrgOrd}"}`, operatorName: '值班', message: null, preparedAtMs: atMs },
    endedAtMs: null,
  })
  operations.move(`op-${medOrgOrd}`, 'send', atMs)
  operations.move(`op-${medOrgOrd}`, 'succeed', atMs)
  keepReply(store, medOrgOrd, atMs)
  const callbackId = store.callbacks.insert({
    ...{
      interfaceId: '2.2',
      medOrgOrd,
      payOrdId: 'ORD1',
      dedupeKey: `k-${medOrgOrd}`,
      moneyKey: 'm',
      status: 'applied',
    },
    ...{ body: BODY, caller: '127.0.0.1', receivedAtMs: atMs, answerStatus: 200, answerBody: '{"code":1}' },
  })
  store.book.hear(medOrgOrd, aStatement(), { entries: [], callbackAtMs: atMs })
  store.outbox.add(
    { resultId: `res-${medOrgOrd}`, medOrgOrd, resultType: 'settlement', contentKey: 'k', body: BODY, callbackId },
    atMs,
  )
  for (const { id } of store.outbox.due(LATER, 100)) store.outbox.taken(id, atMs)
}

function keepReply(store: Store, medOrgOrd: string, atMs: number): void {
  store.wireLog.keep({
    ...{ medOrgOrd, interfaceId: '1.6', startedAtMs: atMs, elapsedMs: 5, status: 200, replyBody: BODY },
  })
}

/** Every row of the tables that folding touches, as it stands in the file. */
function dump(db: Db): string {
  const rows = FOLDED_TABLE_NAMES.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all())
  return JSON.stringify([rows, db.prepare('SELECT * FROM orders ORDER BY 1').all()])
}

function rowsOf(db: Db, medOrgOrd: string): number {
  const counts = FOLDED_TABLE_NAMES.map((table) =>
    db.prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE med_org_ord = ?`).pluck().get(medOrgOrd),
  )
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** All that anybody reads of an order. */
function seen({ book, charges, callbacks, wireLog, operations, outbox, orders }: Store, medOrgOrd: string) {
  const record = orders.find(medOrgOrd)
  return {
    detail: book.present(medOrgOrd),
    summary: record === undefined ? undefined : book.summarise(record),
    charge: charges.find(medOrgOrd),
    callbacks: callbacks.ofOrder(medOrgOrd),
    accepted: callbacks.acceptedByKey(medOrgOrd, `k-${medOrgOrd}`),
    messages: wireLog.ofOrder(medOrgOrd),
    latest: operations.latest(medOrgOrd),
    operation: operations.find(medOrgOrd, `op-${medOrgOrd}`),
    request: operations.byRequestId(medOrgOrd, `r-${medOrgOrd}`),
    taken: outbox.isTaken(medOrgOrd),
  }
}

describe('folding an order', () => {
  it('takes its rows away, and everybody sees what he saw before', () => {
    const { store, db, fold } = world()
    const before = seen(store, 'MZ1')
    expect(rowsOf(db, 'MZ1')).toBeGreaterThan(5)
    expect(fold('MZ1')).toBe(true)
    expect(rowsOf(db, 'MZ1')).toBe(0)
    expect(seen(store, 'MZ1')).toEqual(before)
    expect(before.detail?.timeline.length).toBeGreaterThan(1)
    expect(seen(store, 'MZ2').callbacks).toHaveLength(1)
  })

  it('and unfolding it gives the same rows, whatever was kept of it', () => {
    const reply = fc.oneof(fc.json(), fc.string({ unit: 'grapheme' }), fc.constantFrom('{"a":1.00}', '\u0001\n\u001b'))
    const { store, db, fold, clock } = world([])
    let count = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(reply, fc.option(fc.integer())), { maxLength: 5 }), (replies) => {
        const medOrgOrd = `MZ${++count}`
        settle(store, medOrgOrd, clock.nowMs)
        for (const [replyBody, status] of replies) {
          store.wireLog.keep({
            ...{ medOrgOrd, interfaceId: '1.3', startedAtMs: clock.nowMs, elapsedMs: 1, status, replyBody },
          })
        }
        settle(store, `behind-${medOrgOrd}`, clock.nowMs)
        const before = dump(db)
        expect(fold(medOrgOrd)).toBe(true)
        expect(dump(db)).not.toBe(before)
        store.transaction(() => store.folds.unfold(medOrgOrd))
        expect(dump(db)).toBe(before)
      }),
      { numRuns: 25 },
    )
  })

  it('the comparison above fails for a block that lost one entry', () => {
    const { store, db, fold } = world()
    const before = dump(db)
    fold('MZ1')
    const unfolded = store.folds.rowsOf<Record<string, string | number | null>>('MZ1', 'timeline')
    store.transaction(() => store.folds.unfold('MZ1'))
    db.prepare('DELETE FROM timeline WHERE id = ?').run(unfolded[0]?.id)
    expect(dump(db)).not.toBe(before)
  })

  it('is undone by the transaction that changes the order, and only by that', () => {
    const { store, db, fold } = world()
    fold('MZ1')
    fold('MZ2')
    const failing = () =>
      store.book.change('MZ1', () => {
        throw new Error('after unfolding')
      })
    expect(failing).toThrow('after unfolding')
    expect(rowsOf(db, 'MZ1')).toBe(0)
    store.book.change('MZ1', (record) => ({ record, entries: [{ kind: 'receiptPrinted', actor: 'operator' }] }))
    expect(rowsOf(db, 'MZ1')).toBeGreaterThan(5)
    expect(rowsOf(db, 'MZ2')).toBe(0)
    expect(store.book.present('MZ1')?.timeline.at(-1)?.kind).toBe('receiptPrinted')
    expect(db.prepare('SELECT count(*) FROM fold').pluck().get()).toBe(1)
  })

  it.each<[string, (store: Store) => unknown]>([
    [
      'a charge heard anew',
      ({ charges }) => charges.save({ medOrgOrd: 'MZ1', idNo: '', detailJson: '{}', fetchedAtMs: 1 }),
    ],
    ['an answer', (store) => keepReply(store, 'MZ1', 2)],
    [
      'a repeated callback',
      ({ callbacks }) => {
        const earlier = callbacks.acceptedByKey('MZ1', 'k-MZ1')
        return earlier === undefined ? 0 : callbacks.countRepeat(earlier)
      },
    ],
  ])('%s makes rows of it again, and nothing is seen twice or lost', (_, write) => {
    const { store, db, fold } = world()
    const before = seen(store, 'MZ1')
    fold('MZ1')
    expect(write(store)).not.toBe(0)
    expect(rowsOf(db, 'MZ1')).toBeGreaterThan(5)
    const after = seen(store, 'MZ1')
    expect(after.detail).toEqual(before.detail)
    expect(after.callbacks).toEqual(before.callbacks)
    expect(after.latest).toEqual(before.latest)
  })

  it('gives no number of a row a second time', () => {
    const { store, db, fold, clock } = world()
    // The last order holds the largest numbers: while it does, it stays.
    expect(['MZ1', 'MZ2', 'MZ3'].map(fold)).toEqual([true, true, false])
    const newest = () => db.prepare('SELECT max(id) FROM timeline').pluck().get()
    const before = newest()
    settle(store, 'MZ4', clock.nowMs)
    expect(newest()).toBeGreaterThan(Number(before))
    expect(fold('MZ3')).toBe(true)
    store.transaction(() => store.folds.unfold('MZ1'))
    expect(seen(store, 'MZ1').detail?.timeline.map(({ id }) => id)).toEqual([1, 2])
  })

  it('leaves an order that anything waits for', () => {
    const numbers = ['open', 'attention', 'question', 'result', 'callback', 'paying', 'free', 'last']
    const { store, db, fold, clock } = world(numbers)
    db.exec(`UPDATE operation SET state = 'unknown' WHERE med_org_ord = 'open'`)
    db.exec(`UPDATE orders SET attention_reason = 'outcomeUnknown' WHERE med_org_ord = 'attention'`)
    db.exec(`UPDATE orders SET next_query_at_ms = 1 WHERE med_org_ord = 'question'`)
    db.exec(`UPDATE outbox SET taken_at_ms = NULL WHERE med_org_ord = 'result'`)
    db.exec(`INSERT INTO unapplied_callback SELECT med_org_ord, id FROM callback WHERE med_org_ord = 'callback'`)
    db.exec(`UPDATE orders SET state = 'paying' WHERE med_org_ord = 'paying'`)
    expect(numbers.filter(fold)).toEqual(['free'])
    expect(store.folds.fold('last', clock.nowMs)).toBe(false)
    expect(store.folds.fold('nobody', LATER)).toBe(false)
  })

  it('keeps the operations of an order that was refunded or decided on: bills are compared with them', () => {
    const { store, db, fold } = world()
    store.refunds.insert({
      ...{ operationId: 'op-MZ1', medOrgOrd: 'MZ1', appRefdSn: 'TF1', refdType: 'ALL', refChannel: 'online' },
      reason: '患者要求',
    })
    const before = seen(store, 'MZ1')
    expect(fold('MZ1')).toBe(true)
    expect(rowsOf(db, 'MZ1')).toBe(1)
    expect(seen(store, 'MZ1')).toEqual(before)
    expect(before.detail?.refunds).toHaveLength(1)
  })

  it('finds what is quiet, the longest quiet first, and passes by what is folded', () => {
    const { store, fold } = world()
    const quiet = (after = { updatedAtMs: -1, place: -1 }) => store.folds.quiet(LATER, after, 2)
    expect(quiet().map(({ medOrgOrd }) => medOrgOrd)).toEqual(['MZ1', 'MZ2'])
    fold('MZ1')
    const [second, third] = quiet()
    expect([second?.medOrgOrd, third?.medOrgOrd]).toEqual(['MZ2', 'MZ3'])
    expect(quiet(third)).toEqual([])
    expect(store.folds.quiet(second?.updatedAtMs ?? 0, { updatedAtMs: -1, place: -1 }, 2)).toEqual([])
  })
})

describe('what makes a desk whole again', () => {
  it('finds nothing missing of a folded order in the journal, and would', () => {
    const { store, db, fold } = world()
    fold('MZ1')
    expect(store.replayJournal()).toEqual({ operations: 0, callbacks: 0 })
    db.exec('UPDATE orders SET fold_id = NULL; DELETE FROM fold')
    expect(store.replayJournal()).toEqual({ operations: 1, callbacks: 1 })
  })

  it('a backup has the folded orders, and counts them', () => {
    const { store, db, fold, clock } = world()
    const copied = (name: string) => {
      const path = join(tempDir(), name)
      db.prepare('VACUUM INTO ?').run(path)
      return path
    }
    const before = inspectBackup({ path: copied('before.db') })
    expect(before).toMatchObject({ ok: true, value: { orders: 3, operations: 3, callbacks: 3 } })
    const order = seen(store, 'MZ1')
    fold('MZ1')
    const path = copied('cashier.db')
    expect(inspectBackup({ path })).toEqual(before)
    const restored = openStore({ path }, clock)
    if (!restored.ok) throw new Error(restored.error.words)
    expect(seen(restored.value, 'MZ1')).toEqual(order)
    restored.value.close()
  })
})

describe('a block that cannot be read', () => {
  function damaged() {
    const made = world()
    made.fold('MZ1')
    made.fold('MZ2')
    made.db.exec('UPDATE fold SET block = substr(block, 1, 20) WHERE id = 1')
    return made
  }

  it('is told of its order alone, which lists still show', () => {
    const { store } = damaged()
    expect(() => store.book.present('MZ1')).toThrow(UnreadableFold)
    expect(() => store.callbacks.acceptedByKey('MZ1', 'k-MZ1')).toThrow(UnreadableFold)
    const record = store.orders.find('MZ1')
    expect(record && store.book.summarise(record).operation?.id).toBe('op-MZ1')
    expect(store.book.present('MZ2')?.state).toBe('settled')
  })

  it('is never written over, and nothing is written beside it', () => {
    const { store, db, fold, clock } = damaged()
    const block = () => db.prepare('SELECT block FROM fold WHERE id = 1').pluck().get()
    const before = block()
    expect(() => store.book.change('MZ1', (record) => ({ record, entries: [] }))).toThrow(UnreadableFold)
    expect(() => keepReply(store, 'MZ1', 7)).toThrow(UnreadableFold)
    expect(fold('MZ1')).toBe(false)
    store.personalData.purgeNext(clock.nowMs + 1, { createdAtMs: -1, medOrgOrd: '' }, 10)
    expect(block()).toEqual(before)
    expect(rowsOf(db, 'MZ1')).toBe(0)
  })
})

describe('the persons of a folded order', () => {
  it('are purged out of the block, which is one again afterwards', () => {
    const { store, db, fold, clock } = world()
    fold('MZ1')
    const text = () => {
      const block = db.prepare<[], Buffer>(
        `SELECT block FROM fold JOIN orders ON fold_id = id WHERE med_org_ord = 'MZ1'`,
      )
      return JSON.stringify(readBlock('MZ1', block.pluck().get() ?? Buffer.alloc(0)))
    }
    expect(text()).toContain(A_CHARGE.patientName)
    store.transaction(() => store.personalData.purgeNext(clock.nowMs + 1, { createdAtMs: -1, medOrgOrd: '' }, 10))
    expect(text()).not.toContain(A_CHARGE.patientName)
    expect(text()).not.toContain(ID_NO)
    expect(text()).toContain('40.09')
    expect(rowsOf(db, 'MZ1')).toBe(0)
  })
})
