import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { FRESH_PROOF } from '#shared/domain/order-proof.ts'
import type { OrderState } from '#shared/domain/order-status.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { type Db, inTransaction, openDb } from './open.ts'
import type { OrderKey, OrderList } from './order-filter.ts'
import type { OrderRecord } from './order-record.ts'
import { OrderSearcher, type SearchPlace } from './order-search.ts'
import { OrderRepository } from './orders.ts'

const START_MS = Date.UTC(2026, 2, 18, 1)
const PEOPLE = ['林小满', '周知行', '古丽·阿卜杜热西提'] as const

interface Wanted {
  readonly medOrgOrd: string
  readonly payOrdId?: string
  readonly name?: string
  readonly idNo?: string
  readonly state?: OrderState
  readonly totalFen?: number
  readonly atMs?: number
}

function opened(): { db: Db; orders: OrderRepository; searcher: OrderSearcher } {
  const result = openDb({ path: join(tempDir(), 'cashier.db') })
  if (!result.ok) throw new Error(result.error.words)
  return { db: result.value, orders: new OrderRepository(result.value), searcher: new OrderSearcher(result.value) }
}

function record(wanted: Wanted): OrderRecord {
  const createdAtMs = wanted.atMs ?? START_MS
  return {
    ...{ medOrgOrd: wanted.medOrgOrd, payOrdId: wanted.payOrdId ?? null, state: wanted.state ?? 'settled' },
    ...{ proof: FRESH_PROOF, identityFailed: null, attentionReason: null, attentionSinceMs: null },
    ...{ attentionNoted: null, rebuiltAtMs: null },
    charge: {
      ...{ patientName: wanted.name ?? '林小满', idNo: wanted.idNo ?? '990101199001010011', deptName: '内科' },
      ...{ drName: '', visitTime: '', chargeFen: fen(wanted.totalFen ?? 4109), chargeOutsideFen: fen(0) },
    },
    ...{ cashierUrl: null, uploadedAtMs: null, payUntilMs: null, hiDocSn: null, hiRgstSn: null, settledAtMs: null },
    ...{ callbackAtMs: null, lastQueryAtMs: null, nextQueryAtMs: null, queryAttempts: 0, feeFingerprint: null },
    ...{ createdAtMs, updatedAtMs: createdAtMs },
  }
}

function storeWith(...wanted: readonly Wanted[]) {
  const store = opened()
  inTransaction(store.db, () => {
    for (const one of wanted) store.orders.save(record(one))
  })
  return store
}

/** Thirty orders of three people, a second apart. */
function thirty() {
  return storeWith(
    ...Array.from({ length: 30 }, (_, index) => ({
      medOrgOrd: `MZ${String(index).padStart(4, '0')}`,
      name: PEOPLE[index % 3] ?? '',
      idNo: `9901011990010100${String(index).padStart(2, '0')}`,
      atMs: START_MS + index * 1000,
    })),
  )
}

function found(searcher: OrderSearcher, text: string, list: OrderList = {}): readonly string[] {
  const { words } = readSearchText(text, START_MS)
  return searcher.search(words, list, { limit: 100 }).records.map(({ medOrgOrd }) => medOrgOrd)
}

/** Every page of a search, one after the other. */
function allPages(searcher: OrderSearcher, text: string, limit: number, list: OrderList = {}, between?: () => void) {
  const { words } = readSearchText(text, START_MS)
  const seen: string[] = []
  let after: SearchPlace | undefined
  do {
    const page = searcher.search(words, list, { after, limit })
    seen.push(...page.records.map(({ medOrgOrd }) => medOrgOrd))
    after = page.next
    between?.()
  } while (after !== undefined)
  return seen
}

describe('the search box', () => {
  it.each([
    ['MZ0007', 1],
    ['mz0007', 1],
    ['知行', 10],
    ['行', 10],
    ['lxm', 10],
    ['LX', 10],
    ['glabd', 10],
    ['010029', 1],
    ['41.09', 30],
    ['41.08', 0],
    ['41', 0],
    ['没有这个人', 0],
    ['知行 0107', 0],
    ['知行 0100', 0],
    ['周 010010', 1],
    ['%', 0],
    ['MZ_0', 0],
    ['古丽·阿', 10],
  ])('%s finds %i of thirty', (text, count) => {
    expect(found(thirty().searcher, text)).toHaveLength(count)
  })

  it('puts a whole number before tails, tails before amounts, and these before beginnings', () => {
    const { searcher } = storeWith(
      { medOrgOrd: '2026', atMs: START_MS },
      { medOrgOrd: 'A1', idNo: '990101199001012026', atMs: START_MS + 1 },
      { medOrgOrd: 'B2026', atMs: START_MS + 2 },
      { medOrgOrd: 'C3', payOrdId: 'ORD2026', atMs: START_MS + 3 },
      { medOrgOrd: 'D4', totalFen: 202600, atMs: START_MS + 4 },
      { medOrgOrd: '20261', atMs: START_MS + 5 },
      { medOrgOrd: '20262', atMs: START_MS + 6 },
      { medOrgOrd: 'E5', atMs: START_MS + 7 },
    )
    expect(found(searcher, '2026')).toEqual(['2026', 'A1', 'B2026', 'C3', 'D4', '20262', '20261'])
    expect(allPages(searcher, '2026', 2)).toEqual(found(searcher, '2026'))
  })

  it('looks no further once a whole number is found', () => {
    const { searcher } = storeWith(
      { medOrgOrd: 'MZ20260318000101' },
      { medOrgOrd: 'X1', payOrdId: 'ORDMZ20260318000101' },
    )
    expect(found(searcher, 'MZ20260318000101')).toEqual(['MZ20260318000101'])
    expect(found(searcher, '0318000101')).toHaveLength(2)
  })

  it('keeps to the filters', () => {
    const { searcher } = storeWith(
      { medOrgOrd: 'A1', state: 'suspense', atMs: START_MS },
      { medOrgOrd: 'A2', state: 'settled', atMs: START_MS + 1 },
      { medOrgOrd: 'A3', state: 'revoked', atMs: START_MS + 2 },
    )
    expect(found(searcher, '小满', { states: ['suspense', 'revoked'] })).toEqual(['A3', 'A1'])
    expect(found(searcher, '小满', { states: ['settled'] })).toEqual(['A2'])
    expect(found(searcher, '小满', { fromMs: START_MS + 1, beforeMs: START_MS + 2 })).toEqual(['A2'])
  })

  it('finds a new name at once, also when a charge changes it', () => {
    const { searcher, orders } = storeWith({ medOrgOrd: 'A1', name: '林小满' })
    orders.save(record({ medOrgOrd: 'A1', name: '沈砚秋' }))
    expect(found(searcher, '砚秋')).toEqual(['A1'])
    expect(found(searcher, '小满')).toEqual([])
  })

  it('pages through more than it sorts, without a gap or a double, while newer orders arrive', () => {
    const count = 9_000
    const { searcher, orders, db } = storeWith(
      ...Array.from({ length: count }, (_, index) => ({ medOrgOrd: `MZ${index}`, atMs: START_MS + index })),
    )
    let late = 0
    const seen = allPages(searcher, '林', 200, {}, () => {
      late += 1
      inTransaction(db, () => orders.save(record({ medOrgOrd: `LATE${late}`, atMs: START_MS + count + late })))
    })
    expect(seen).toEqual(Array.from({ length: count }, (_, index) => `MZ${count - 1 - index}`))
  })

  it.each(['林小满', '小满', 'lxm'])('%s: pages through orders of one moment by their numbers', (text) => {
    const { searcher } = storeWith(
      ...Array.from({ length: 60 }, (_, index) => ({
        ...{ medOrgOrd: `MZ${index + 100}`, atMs: START_MS + Math.floor(index / 25) },
      })),
    )
    const newestFirst = Array.from({ length: 60 }, (_, index) => `MZ${159 - index}`)
    for (const limit of [1, 7, 10, 25, 60]) expect(allPages(searcher, text, limit)).toEqual(newestFirst)
    const lastMoments = { fromMs: START_MS + 1, beforeMs: START_MS + 2 }
    expect(allPages(searcher, text, 4, lastMoments)).toEqual(newestFirst.slice(10, 35))
  })

  it('looks through a bounded number of orders a page, and goes on behind them', () => {
    const { searcher } = storeWith(
      ...Array.from({ length: 9_000 }, (_, index) => ({
        medOrgOrd: `MZ${index}`,
        state: index === 3 ? ('suspense' as const) : ('settled' as const),
        atMs: START_MS + index,
      })),
    )
    const { words } = readSearchText('林', START_MS)
    const first = searcher.search(words, { states: ['suspense', 'settled'], beforeMs: START_MS + 10 }, { limit: 5 })
    expect(first.records).toHaveLength(5)
    expect(allPages(searcher, '林', 5, { states: ['suspense'] })).toEqual(['MZ3'])
    expect(allPages(searcher, 'MZ 林', 200, { beforeMs: START_MS + 300 })).toHaveLength(300)
    const beginning = allPages(searcher, 'mz', 200, { fromMs: START_MS + 8_700 })
    expect(new Set(beginning).size).toBe(300)
    expect(beginning).toHaveLength(300)
  })
})

describe('a list', () => {
  it('pages without a gap or a double while newer orders arrive', () => {
    const { searcher, orders } = thirty()
    const seen: string[] = []
    let after: OrderKey | undefined
    for (;;) {
      const page = searcher.list({ after, limit: 7 })
      if (page.length === 0) break
      seen.push(...page.map(({ medOrgOrd }) => medOrgOrd))
      after = page.at(-1)
      if (seen.length === 7) orders.save(record({ medOrgOrd: 'MZ-LATE', atMs: START_MS + 60_000 }))
    }
    expect(seen).toHaveLength(30)
    expect(new Set(seen).size).toBe(30)
  })

  it('of several states is in one order of time', () => {
    const { searcher } = storeWith(
      { medOrgOrd: 'A1', state: 'revoked', atMs: START_MS },
      { medOrgOrd: 'A2', state: 'failed', atMs: START_MS + 1 },
      { medOrgOrd: 'A3', state: 'revoked', atMs: START_MS + 2 },
      { medOrgOrd: 'A4', state: 'settled', atMs: START_MS + 3 },
    )
    const of = (states: OrderState[]) => searcher.list({ states, limit: 9 }).map(({ medOrgOrd }) => medOrgOrd)
    expect(of(['revoked', 'failed', 'revoked'])).toEqual(['A3', 'A2', 'A1'])
    expect(of(['settled', 'failed'])).toEqual(['A4', 'A2'])
  })
})

describe('no question reads a whole table', () => {
  /** Every statement that a use of the searcher prepares, with its plan. */
  function plansOf(use: (searcher: OrderSearcher) => void): readonly string[] {
    const { db } = thirty()
    const statements: string[] = []
    const spying = new Proxy(db, {
      get: (target, name) =>
        name === 'prepare'
          ? (sql: string) => {
              statements.push(sql)
              return target.prepare(sql)
            }
          : Reflect.get(target, name, target),
    })
    use(new OrderSearcher(spying))
    return statements.flatMap((sql) => {
      const places = sql.match(/\?/g)?.length ?? 0
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array<number>(places).fill(1))
      return (plan as { detail: string }[]).map(({ detail }) => detail)
    })
  }

  const readsAll = (plan: readonly string[]) => plan.filter((step) => /SCAN (orders|name_part)\b(?! USING)/.test(step))

  it.each<[string, OrderList]>([
    ['0107', {}],
    ['MZ20260318000101', {}],
    ['林小满', { states: ['suspense'] }],
    ['lxm 0107', { fromMs: 1, beforeMs: 2 }],
    ['41.09 林', { attention: true }],
  ])('search for %s', (text, list) => {
    const plans = plansOf((searcher) => void found(searcher, text, list))
    expect(plans.length).toBeGreaterThan(0)
    expect(readsAll(plans)).toEqual([])
  })

  it.each<OrderList>([
    {},
    { states: ['revoked', 'failed'] },
    { states: ['settled'] },
    { attention: true },
    { fromMs: 1 },
  ])('list %j', (list) => {
    const plans = plansOf((searcher) => {
      searcher.list({ ...list, limit: 10 })
      searcher.stepper(list).rest({ createdAtMs: 1, medOrgOrd: '' }, 10)
    })
    expect(readsAll(plans)).toEqual([])
  })

  it('would be noticed: without an index the plan is another', () => {
    const { db } = thirty()
    const plan = db.prepare('EXPLAIN QUERY PLAN SELECT * FROM orders WHERE dept_name = ?').all('x') as {
      detail: string
    }[]
    expect(readsAll(plan.map(({ detail }) => detail))).toHaveLength(1)
  })
})
