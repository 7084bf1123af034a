import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '#main/store/store.ts'
import { fen } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { searchOrders } from './search-orders.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Twelve orders of 周知行 and twelve of 林小满, two a day, the last of them today. */
function twelveDays() {
  const clock = { nowMs: Date.UTC(2026, 2, 9, 2), now: () => clock.nowMs }
  const opened = openStore({ path: join(tempDir(), 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  for (let day = 0; day < 12; day += 1) {
    for (const [index, patientName] of ['周知行', '林小满'].entries()) {
      store.book.open(`MZ${day}${index}`, {
        ...{ patientName, idNo: '99010119900101001X', deptName: '内科', drName: '方亦舟' },
        ...{ visitTime: '2026-03-09 10:00:00', chargeFen: fen(4009), chargeOutsideFen: fen(100) },
      })
    }
    if (day < 11) clock.nowMs += DAY_MS
  }
  const search = (input: Parameters<typeof searchOrders>[2]) => {
    const answer = searchOrders(store, clock, input)
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
  return { store, clock, search }
}

describe('the search box and the filters together', () => {
  it.each([
    ['周知行 今天', undefined, ['MZ110']],
    ['昨天', undefined, ['MZ101', 'MZ100']],
    ['周 3月20日', undefined, ['MZ110']],
    ['林', '2026-03-19', ['MZ111', 'MZ101']],
    ['今天', '2026-03-21', []],
  ])('%s from %s', (text, from, numbers) => {
    expect(
      twelveDays()
        .search({ text, from })
        .orders.map(({ medOrgOrd }) => medOrgOrd),
    ).toEqual(numbers)
  })

  it('tells where each word was found', () => {
    const [first] = twelveDays().search({ text: 'zz 001x', limit: 1 }).orders
    expect(first?.matched).toEqual([
      { field: 'patientName', from: 0, to: 2 },
      { field: 'maskedIdNo', from: 14, to: 18 },
    ])
  })

  it('pages through what fits, the hits of a text as well as the days alone', () => {
    for (const text of ['周知行', '2026年3月']) {
      const { search } = twelveDays()
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = search({ text, limit: 5, cursor })
        seen.push(...page.orders.map(({ medOrgOrd }) => medOrgOrd))
        cursor = page.nextCursor
      } while (cursor !== undefined)
      expect(new Set(seen).size).toBe(text === '周知行' ? 12 : 24)
      expect(seen).toHaveLength(text === '周知行' ? 12 : 24)
    }
  })

  it('refuses the cursor of another kind of list', () => {
    const { store, clock, search } = twelveDays()
    const { nextCursor } = search({ limit: 5 })
    const refused = searchOrders(store, clock, { text: '周知行', cursor: nextCursor })
    expect(refused).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })
})
