import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BillComparison } from '#shared/contract/bills.ts'
import { ZERO_FEN } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import type { BillFacts, NewBill } from './bills.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { connect, openDb } from './open.ts'
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
const FACTS: BillFacts = {
  compression: 'none',
  encoding: 'utf-8',
  separator: ',',
  columns: [],
  notes: [],
  rows: 1,
  unreadable: 0,
  totals: {
    ...{ paidFen: ZERO_FEN, refundedFen: ZERO_FEN, netFen: ZERO_FEN },
    ...{ paidCount: 1, refundedCount: 0, ignoredCount: 0 },
  },
}
const COMPARISON: BillComparison = {
  ...{ matched: 1, amountDiffers: 0, notHere: 0, missing: 0, oursPaidFen: ZERO_FEN, oursRefundedFen: ZERO_FEN },
  ...{ balances: true, comparedAtMs: 5_000 },
}

function world() {
  const path = join(tempDir(), 'cashier.db')
  const opened = openStore({ path }, { now: () => 1_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  onTestFinished(() => opened.value.close())
  return { path, bills: opened.value.bills }
}

describe('bills in the store', () => {
  it('what a reading and a comparison found is kept', () => {
    const { bills } = world()
    const id = bills.save(BILL, FACTS, COMPARISON)
    expect(bills.find(id)).toEqual({ ...BILL, id, facts: FACTS, comparison: COMPARISON })
    const [listed] = bills.list('2026-11-23', '2026-11-23', 10)
    if (listed === undefined) throw new Error('not listed')
    bills.setComparison(listed, { ...COMPARISON, missing: 2, balances: false })
    expect(bills.find(id)).toMatchObject({ facts: FACTS, comparison: { missing: 2, balances: false } })
  })

  it('a new reading of the same file takes the place of the one before, under its number', () => {
    const { bills } = world()
    const first = bills.save(BILL, FACTS, COMPARISON)
    const second = bills.save({ ...BILL, rulesHash: 'r2' }, { ...FACTS, rows: 7 }, COMPARISON)
    expect(second).toBe(first)
    expect(bills.list('2026-01-01', '2026-12-31', 10)).toMatchObject([{ rulesHash: 'r2', facts: { rows: 7 } }])
  })

  it('a bill of an earlier version has not been compared yet; its old rows go when it is read again', () => {
    const { path, bills } = world()
    const other = connect({ path })
    onTestFinished(() => void other.close())
    const id = bills.save(BILL, FACTS, COMPARISON)
    other.prepare('UPDATE bill SET facts_json = ?').run(JSON.stringify(FACTS))
    other.exec(`INSERT INTO bill_row (bill_id, line, verdict, others_json) VALUES (${id}, 2, 'notHere', '[]')`)
    expect(bills.find(id)?.comparison).toBeUndefined()
    bills.save(BILL, FACTS, COMPARISON)
    expect(other.prepare('SELECT count(*) FROM bill_row').pluck().get()).toBe(0)
  })

  it('what a crash left in an earlier version is dropped', () => {
    const { path, bills } = world()
    const other = connect({ path })
    onTestFinished(() => void other.close())
    const id = bills.save(BILL, FACTS, COMPARISON)
    other.exec('UPDATE bill SET complete = 0')
    expect(bills.find(id)).toBeUndefined()
    bills.dropUnfinished()
    expect(other.prepare('SELECT count(*) FROM bill').pluck().get()).toBe(0)
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
