import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JobContext } from '#main/worker/job.ts'
import { fen, ZERO_FEN } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { attach, connect, openDb } from '../open.ts'
import { openStore, type Store } from '../store.ts'
import type { RowsWanted } from './bill-jobs.ts'
import { buildRows } from './build-rows.ts'
import { compareBill } from './compare-bill.ts'
import { INDEX_ONE_EACH, MATCH, MISSING } from './compare-rows.ts'
import { RowReader, verdictIs } from './read-rows.ts'
import { type NewBillRow, ROWS_SCHEMA } from './rows-file.ts'
import { RowWriter } from './write-rows.ts'

type Line = NewBillRow & { readonly line: number }

const ROW: Line = {
  ...{ line: 2, movement: 'paid', medOrgOrd: 'MZ1', payOrdId: null, appRefdSn: null, tradeTime: null },
  ...{ amountFen: 100, others: [] },
}
const NEVER: JobContext = { progress: () => undefined, isCancelled: () => false }

interface World {
  readonly store: Store
  readonly wanted: RowsWanted
}

function world(key?: Buffer): World {
  const dir = tempDir()
  const database = join(dir, 'cashier.db')
  const opened = openStore({ path: database, key }, { now: () => 1_000 })
  if (!opened.ok) throw new Error(opened.error.words)
  onTestFinished(() => opened.value.close())
  const wanted = { part: join(dir, 'a.part'), database, key, billDate: '2026-11-23', billType: 'ALL', nowMs: 5_000 }
  return { store: opened.value, wanted: { ...wanted, billType: 'ALL' } }
}

function knowOrder(store: Store, medOrgOrd: string, ownPayFen = 100, payOrdId: string | null = null): void {
  store.book.open(medOrgOrd, {
    ...{ patientName: '测试甲', idNo: '', deptName: '', drName: '', visitTime: '' },
    ...{ chargeFen: ZERO_FEN, chargeOutsideFen: ZERO_FEN },
  })
  const order = store.orders.find(medOrgOrd)
  if (order === undefined) throw new Error('no order')
  const { proof } = order
  const legs = { ...proof.legs, cash: 'paid' } as const
  store.orders.save({
    ...order,
    payOrdId,
    proof: { ...proof, legs, amounts: { ...proof.amounts, ownPayFen: fen(ownPayFen) } },
  })
}

function build(wanted: RowsWanted, rows: readonly Line[], context = NEVER) {
  return buildRows(wanted, context, (db, step) => {
    const writer = new RowWriter(db)
    for (const row of rows) {
      writer.add(row.line, row)
      step(0.5)
    }
    writer.end()
  })
}

async function compared(wanted: RowsWanted, rows: readonly Line[]) {
  const built = await build(wanted, rows)
  if (!built.ok) throw new Error(built.error.words)
  return built.value.comparison
}

const rowsOf = (count: number, row: Partial<Line> = {}) =>
  Array.from({ length: count }, (_unused, index) => ({ ...ROW, line: index + 2, ...row }))

describe('the rows of a bill', () => {
  it('are written whole, however they fall into statements, and read page by page', async () => {
    const { wanted } = world()
    await compared(wanted, rowsOf(77, { others: ['甲'], tradeTime: '2026/11/23 08:00:00' }))
    const reader = new RowReader({ path: wanted.part })
    onTestFinished(() => reader.close())
    const page = reader.rows(['备注'], { afterLine: 0, limit: 100 })
    expect(page.map(({ line }) => line)).toEqual(rowsOf(77).map(({ line }) => line))
    expect(page[0]).toMatchObject({ match: 'notHere', others: [{ header: '备注', value: '甲' }] })
    expect(page[0]?.tradeAtMs).toBe(Date.parse('2026-11-23T08:00:00+08:00'))
    expect(reader.rows([], { match: 'notHere', afterLine: 70, limit: 3 }).map(({ line }) => line)).toEqual([71, 72, 73])
    expect(reader.rows([], { match: 'matched', afterLine: 0, limit: 3 })).toEqual([])
    expect(reader.stepper(undefined).skip(0, 10)).toBe(11)
    expect(reader.stepper('notHere').rest(70, 100)).toBe(8)
  })

  it('come back as they were read, whichever kinds of them stand between each other', async () => {
    const { wanted } = world()
    const kinds: readonly Partial<NewBillRow>[] = [
      {},
      { movement: 'refunded', appRefdSn: 'TK1' },
      { payOrdId: 'ORD1', others: ['甲', ''] },
      { movement: 'ignored', amountFen: 0, medOrgOrd: null, payOrdId: 'ORD2' },
    ]
    const lines = Array.from({ length: 333 }, (_unused, index) => ({ ...ROW, ...kinds[index % 5], line: index + 2 }))
    const unreadable = lines.filter((_line, index) => index % 5 === 4)
    await buildRows(wanted, NEVER, (db) => {
      const writer = new RowWriter(db)
      for (const line of lines) {
        if (unreadable.includes(line)) writer.addUnreadable(line.line, `坏行${line.line}`, '没有金额')
        else writer.add(line.line, line)
      }
      writer.end()
    })
    const reader = new RowReader({ path: wanted.part })
    onTestFinished(() => reader.close())
    const page = reader.rows(['备注', '渠道'], { afterLine: 0, limit: 1_000 })
    expect(page.map(({ line }) => line)).toEqual(lines.map(({ line }) => line))
    for (const [index, { line, ...row }] of lines.entries()) {
      const { others, ...plain } = row
      const read = { ...plain, others: others.slice(0, 1).map((value) => ({ header: '备注', value })) }
      const broken = { match: 'unreadable', movement: null, raw: `坏行${line}`, reason: '没有金额' }
      expect(page[index]).toMatchObject(index % 5 === 4 ? broken : { ...read, raw: null, reason: null })
    }
  })

  it('name the order that they are of, also by the centre’s number alone; others name none', async () => {
    const { store, wanted } = world()
    knowOrder(store, 'MZ1')
    knowOrder(store, 'MZ2', 100, 'ORD2')
    const rows = [
      {},
      { medOrgOrd: null, payOrdId: 'ORD2' },
      { medOrgOrd: 'MZ3' },
      { medOrgOrd: 'MZ2', payOrdId: 'ORD1' },
    ]
    await compared(
      wanted,
      rows.map((row, index) => ({ ...ROW, ...row, line: index + 2 })),
    )
    const reader = new RowReader({ path: wanted.part })
    onTestFinished(() => reader.close())
    expect(reader.rows([], { afterLine: 0, limit: 9 })).toMatchObject([
      { match: 'matched', orderNumber: 'MZ1', oursFen: 100 },
      { match: 'matched', orderNumber: 'MZ2', oursFen: 100 },
      { match: 'notHere', orderNumber: null, oursFen: null },
      { match: 'notHere', orderNumber: null, oursFen: null },
    ])
  })

  it('are matched with the orders as they are at each comparison', async () => {
    const { store, wanted } = world()
    expect(await compared(wanted, [ROW])).toMatchObject({ notHere: 1, matched: 0, balances: false })
    knowOrder(store, 'MZ1')
    const again = { ...wanted, rows: wanted.part, part: `${wanted.part}2` }
    expect(await compareBill(again, NEVER)).toMatchObject({
      value: { comparison: { matched: 1, notHere: 0, oursPaidFen: 100, balances: true, comparedAtMs: 5_000 } },
    })
  })

  it.each([
    ['most match', 5],
    ['hardly one matches', 1],
  ])('are found by what became of them, where %s', async (_what, matching) => {
    const { store, wanted } = world()
    for (let place = 0; place < matching; place += 1) knowOrder(store, `MZ${place}`)
    await compared(
      wanted,
      rowsOf(6).map((row, place) => ({ ...row, medOrgOrd: `MZ${place}` })),
    )
    const reader = new RowReader({ path: wanted.part })
    onTestFinished(() => reader.close())
    const linesOf = (match: 'matched' | 'notHere') =>
      reader.rows([], { match, afterLine: 2, limit: 9 }).map(({ line }) => line)
    expect(linesOf('matched')).toEqual([3, 4, 5, 6].slice(0, matching - 1))
    expect(linesOf('notHere')).toEqual([3, 4, 5, 6, 7].slice(matching - 1))
    expect(reader.stepper('matched').rest(0, 9)).toBe(matching)
    const db = connect({ path: wanted.part })
    onTestFinished(() => void db.close())
    const ofKind = `SELECT line FROM verdict v WHERE ${verdictIs('notHere')} v.line > 0 ORDER BY v.line LIMIT 1`
    const steps = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${ofKind}`).all()
    expect(steps.map(({ detail }) => detail).join()).toContain('verdict_by_kind (verdict=? AND rowid>?)')
  })

  it('an order in many rows is judged by their sum, and counted once', async () => {
    const { store, wanted } = world()
    knowOrder(store, 'MZ1')
    expect(await compared(wanted, rowsOf(25_000))).toMatchObject({
      amountDiffers: 25_000,
      matched: 0,
      oursPaidFen: 100,
    })
    expect(await compared({ ...wanted, part: `${wanted.part}2` }, rowsOf(4, { amountFen: 25 }))).toMatchObject({
      matched: 4,
      balances: true,
    })
  })

  it('what the bill lacks is found, and counts as ours', async () => {
    const { store, wanted } = world()
    knowOrder(store, 'MZ1')
    knowOrder(store, 'MZ2', 230)
    const day = { ...wanted, billDate: '1970-01-01' }
    expect(await compared(day, [ROW])).toMatchObject({ matched: 1, missing: 1, oursPaidFen: 330, balances: false })
    const reader = new RowReader({ path: day.part })
    onTestFinished(() => reader.close())
    expect(reader.missing(0, 10)).toMatchObject([{ match: 'missing', orderNumber: 'MZ2', oursFen: 230, line: null }])
    expect(reader.missing(1, 10)).toEqual([])
    expect(reader.stepper('missing').rest(0, 10)).toBe(1)
  })

  it('are sealed with the key of the desk; control: without one anybody reads them', async () => {
    // So long that no key makes it by chance.
    const medOrgOrd = 'MZ20260701000001'
    const row = { ...ROW, medOrgOrd }
    const sealed = world(randomBytes(32))
    await compared(sealed.wanted, [row])
    const reader = new RowReader({ path: sealed.wanted.part, key: Buffer.from(sealed.wanted.key ?? []) })
    onTestFinished(() => reader.close())
    expect(reader.rows([], { afterLine: 0, limit: 5 })).toHaveLength(1)
    expect(readFileSync(sealed.wanted.part).includes(medOrgOrd)).toBe(false)
    const open = world()
    await compared(open.wanted, [row])
    expect(readFileSync(open.wanted.part).includes(medOrgOrd)).toBe(true)
  })
})

describe('beside the desk', () => {
  it('the desk writes at any moment of a reading, and waits for nobody', async () => {
    const { store, wanted } = world()
    const impatient = connect({ path: wanted.database })
    onTestFinished(() => void impatient.close())
    impatient.pragma('busy_timeout = 0')
    let written = 0
    const progress = () => {
      impatient.exec(`INSERT INTO charge VALUES ('C${written}', '990101', '{}', 1)`)
      written += 1
    }
    expect(await build(wanted, rowsOf(30), { ...NEVER, progress })).toMatchObject({ ok: true })
    expect(written).toBeGreaterThan(30)
    expect(store.charges.find('C0')).toBeDefined()
  })

  it('control: a connection that writes to the desk’s database is in the way', async () => {
    const { wanted } = world()
    const other = connect({ path: wanted.database })
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')
    const impatient = connect({ path: wanted.database })
    onTestFinished(() => void impatient.close())
    impatient.pragma('busy_timeout = 0')
    expect(() => impatient.exec(`INSERT INTO charge VALUES ('C', '990101', '{}', 1)`)).toThrow('locked')
  })

  it('stops wherever it is when it is cancelled', async () => {
    const { wanted } = world()
    for (let steps = 0; steps < 7; steps += 1) {
      let left = steps
      const isCancelled = () => left-- <= 0
      const part = `${wanted.part}${steps}`
      expect(await build({ ...wanted, part }, rowsOf(3), { ...NEVER, isCancelled })).toMatchObject({
        error: { reason: 'cancelled' },
      })
    }
  })

  it('a database that cannot be opened ends in words', async () => {
    const { wanted } = world()
    expect(await build({ ...wanted, database: tempDir() }, [ROW])).toMatchObject({ error: { reason: 'failed' } })
  })
})

it('the plans: orders are found by their numbers, what is missing by its day', () => {
  const dir = tempDir()
  const desk = openDb({ path: join(dir, 'desk.db') })
  if (!desk.ok) throw new Error(desk.error.words)
  desk.value.close()
  const db = connect({ path: join(dir, 'rows.db') })
  onTestFinished(() => void db.close())
  db.exec(`${ROWS_SCHEMA} ${INDEX_ONE_EACH}`)
  attach(db, 'desk', { path: join(dir, 'desk.db') })
  const planOf = (sql: string) =>
    db
      .prepare<[Record<string, number>], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ from: 1, to: 2, fromMs: 0, beforeMs: 1 })
      .map((step) => step.detail)
      .join('\n')
  expect(planOf(MATCH)).toContain('SEARCH r USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)')
  expect(planOf(MATCH)).toContain('SEARCH o USING INDEX sqlite_autoindex_orders_1 (med_org_ord=?)')
  expect(planOf(MATCH)).toContain('SEARCH p USING INDEX orders_by_pay_ord_id')
  expect(planOf(MISSING.ALL)).toContain('USING INDEX orders_by_cash_day')
  expect(planOf(MISSING.ALL)).toContain('verdict_by_order (place=? AND movement=?)')
  for (const sql of [MATCH, MISSING.ALL]) expect(planOf(sql)).not.toMatch(/SCAN (o|p|v|r)\b/)
})
