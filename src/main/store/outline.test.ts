import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import type { OrderKey } from './order-filter.ts'
import { outlineOf, type Stepper } from './outline.ts'
import { openStore } from './store.ts'

/** Rows that are the numbers from 1 to `last`. */
function counting(last: number): Stepper<number> {
  return {
    skip: (key, rows) => (key + rows <= last ? key + rows : undefined),
    rest: (key, most) => Math.min(last - key, most),
  }
}

function storeWithOrders(count: number) {
  const clock = { nowMs: Date.UTC(2026, 0, 5), now: () => clock.nowMs }
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  for (let index = 0; index < count; index += 1) {
    clock.nowMs += 60_000
    store.book.open(`MZ${String(index).padStart(4, '0')}`, {
      ...{ patientName: '林小满', idNo: '99010119900101001X', deptName: '内科', drName: '周知行' },
      ...{ visitTime: '2026-01-05 09:00:00', chargeFen: fen(4009), chargeOutsideFen: fen(100) },
    })
  }
  return store
}

describe('the outline of a list', () => {
  it('counts what is behind a key and names every so many of them', async () => {
    expect(await outlineOf(counting(35), 0, 10)).toEqual({ rows: 35, keys: [10, 20, 30] })
    expect(await outlineOf(counting(30), 0, 10)).toEqual({ rows: 30, keys: [10, 20, 30] })
    expect(await outlineOf(counting(3), 0, 10)).toEqual({ rows: 3, keys: [] })
    expect(await outlineOf(counting(35), 35, 10)).toEqual({ rows: 0, keys: [] })
  })

  it('lets other work have its turn during a long list', async () => {
    let turns = 0
    const timer = setInterval(() => {
      turns += 1
    }, 1)
    const { rows } = await outlineOf(slow(counting(60)), 0, 1)
    clearInterval(timer)
    expect(rows).toBe(60)
    expect(turns).toBeGreaterThan(0)
  })

  it('of orders names the keys that pages begin behind, so that the pages join without a gap', async () => {
    const store = storeWithOrders(47)
    const first = store.orderSearch.list({ limit: 10 })
    const last = first.at(-1)
    if (last === undefined) throw new Error('no first page')
    const { rows, keys } = await outlineOf(store.orderSearch.stepper({}), last, 10)
    const pages = [last, ...keys].map((after) => store.orderSearch.list({ after, limit: 10 }))
    const numbers = [first, ...pages].flat().map(({ medOrgOrd }) => medOrgOrd)
    expect(rows).toBe(37)
    expect(numbers).toEqual(store.orderSearch.list({ limit: 100 }).map(({ medOrgOrd }) => medOrgOrd))
    store.close()
  })

  it('of orders keeps to the states and the days that were asked for', async () => {
    const store = storeWithOrders(47)
    const top: OrderKey = { createdAtMs: Number.MAX_SAFE_INTEGER, medOrgOrd: '' }
    const fromMs = Date.UTC(2026, 0, 5) + 11 * 60_000
    const beforeMs = fromMs + 20 * 60_000
    const rowsOf = async (states: readonly ['created'] | readonly ['settled']) =>
      (await outlineOf(store.orderSearch.stepper({ states, fromMs, beforeMs }), top, 10)).rows
    expect(await rowsOf(['created'])).toBe(20)
    expect(await rowsOf(['settled'])).toBe(0)
    store.close()
  })
})

/** Each step takes a while, as on an old PC. */
function slow<K>(stepper: Stepper<K>): Stepper<K> {
  return {
    ...stepper,
    skip(key, rows) {
      const untilMs = performance.now() + 1
      while (performance.now() < untilMs);
      return stepper.skip(key, rows)
    },
  }
}
