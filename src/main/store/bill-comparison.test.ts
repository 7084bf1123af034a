import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ZERO_FEN } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { MISSING } from './bill-comparison.ts'
import type { NewBill, NewBillRow, StoredFacts } from './bills.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { openDb } from './open.ts'
import { openStore } from './store.ts'

const BILL: NewBill = {
  billDate: '2026-11-23',
  billType: 'ALL',
  sha256: 'a1',
  rulesHash: 'r1',
  fileName: 'a1.raw',
  fileBytes: 10,
  downloadedAtMs: 1_000,
  downloadedBy: '值班',
}
const FACTS: StoredFacts = {
  compression: 'none',
  encoding: 'utf-8',
  separator: ',',
  columns: [],
  notes: [],
  rows: 1,
  unreadable: 0,
  totals: {
    paidFen: ZERO_FEN,
    refundedFen: ZERO_FEN,
    netFen: ZERO_FEN,
    paidCount: 1,
    refundedCount: 0,
    ignoredCount: 0,
  },
}
const ROW: NewBillRow = {
  ...{ line: 2, movement: 'paid', medOrgOrd: 'MZ1', payOrdId: null, appRefdSn: null, tradeTime: null },
  ...{ tradeAtMs: null, amountFen: 100, others: [], raw: null, reason: null },
}

function world() {
  const path = join(tempDir(), 'cashier.db')
  const opened = openStore({ path }, { now: () => 1_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  return { store: opened.value, path }
}

describe('bills in the store', () => {
  it('a bill is seen only when it is whole, and what a crash left is dropped', () => {
    const { store } = world()
    const billId = store.bills.begin(BILL)
    store.bills.addRows(billId, [ROW])
    expect(store.bills.find(billId)).toBeUndefined()
    expect(store.bills.list('2026-01-01', '2026-12-31', 10)).toEqual([])
    store.bills.dropUnfinished()
    expect(store.bills.rows(billId, [], { afterLine: 0, limit: 10 })).toEqual([])
    store.close()
  })

  it('a new reading of the same file takes the place of the one before', () => {
    const { store } = world()
    const read = (rulesHash: string) => {
      const billId = store.bills.begin({ ...BILL, rulesHash })
      store.bills.addRows(billId, [ROW])
      store.transaction(() => store.bills.finish(billId, FACTS))
      return billId
    }
    const first = read('r1')
    const second = read('r2')
    expect(store.bills.find(first)).toBeUndefined()
    expect(store.bills.findSame(BILL)).toMatchObject({ id: second, rulesHash: 'r2' })
    expect(store.bills.rows(first, [], { afterLine: 0, limit: 10 })).toEqual([])
    store.close()
  })

  it('thousands of rows are compared in turns that let the desk work meanwhile', async () => {
    const { store } = world()
    const billId = store.bills.begin(BILL)
    const rows = Array.from({ length: 12_000 }, (_unused, index) => ({ ...ROW, line: index + 2 }))
    store.transaction(() => store.bills.addRows(billId, rows))
    store.transaction(() => store.bills.finish(billId, FACTS))
    let turns = 0
    const ticking = setInterval(() => (turns += 1), 0)
    await store.billComparer.compare(billId, 5_000)
    clearInterval(ticking)
    expect(turns).toBeGreaterThan(2)
    const bill = store.bills.find(billId)
    if (bill === undefined) throw new Error('no bill')
    expect(store.billComparer.summary(bill)).toMatchObject({ notHere: 12_000, balances: false, comparedAtMs: 5_000 })
    store.close()
  })
})

it('a bill that names one order in every row is judged once, not once a row', async () => {
  const { store } = world()
  store.book.open('MZ1', {
    ...{ patientName: '测试甲', idNo: '', deptName: '', drName: '', visitTime: '' },
    ...{ chargeFen: ZERO_FEN, chargeOutsideFen: ZERO_FEN },
  })
  const billId = store.bills.begin(BILL)
  const rows = Array.from({ length: 20_000 }, (_unused, index) => ({ ...ROW, line: index + 2 }))
  store.transaction(() => store.bills.addRows(billId, rows))
  store.transaction(() => store.bills.finish(billId, FACTS))
  await store.billComparer.compare(billId, 5_000)
  const bill = store.bills.find(billId)
  if (bill === undefined) throw new Error('no bill')
  expect(store.billComparer.summary(bill)).toMatchObject({ amountDiffers: 20_000, matched: 0, oursPaidFen: 0 })
  store.close()
})

describe('the plans', () => {
  it('what is missing is searched by day and never by scanning orders or rows', () => {
    const opened = openDb({ path: join(tempDir(), 'a.db') })
    if (!opened.ok) throw new Error(opened.error.words)
    const plan = opened.value
      .prepare<[{ billId: number; fromMs: number; beforeMs: number }], { detail: string }>(
        `EXPLAIN QUERY PLAN ${MISSING.ALL}`,
      )
      .all({ billId: 1, fromMs: 0, beforeMs: 1 })
      .map((step) => step.detail)
      .join('\n')
    expect(plan).toContain('USING INDEX orders_by_cash_day')
    expect(plan).toContain('bill_row_by_order (bill_id=? AND order_number=? AND movement=?)')
    expect(plan).not.toMatch(/SCAN (o|r|orders|bill_row)\b/)
    opened.value.close()
  })
})

it('the migration to bills leaves orders as they were', () => {
  const opened = openDb({ path: join(tempDir(), 'a.db') })
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  db.exec('DROP TABLE bill_row; DROP TABLE bill; DROP INDEX orders_by_cash_day; PRAGMA user_version = 2')
  db.exec(`INSERT INTO charge VALUES ('A1', '990101', '{}', 1)`)
  expect(migrate(db, MIGRATIONS.slice(0, 3))).toEqual({ ok: true })
  expect(db.prepare('SELECT count(*) FROM charge').pluck().get()).toBe(1)
  expect(db.prepare('SELECT count(*) FROM bill').pluck().get()).toBe(0)
  db.close()
})
