import { openDb } from '#main/store/open.ts'
import { OrderSearcher } from '#main/store/order-search.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import type { Measurement } from '../lib/measurement.ts'
import { compare } from '../lib/statistics.ts'

/** Search by a whole number against the bare prepared SELECT of the same rows of the same file. */
export const searchExact: Measurement = {
  name: 'search-exact',
  what: 'search by any exact number',
  async run({ storeOf }) {
    const opened = openDb({ path: storeOf() })
    if (!opened.ok) throw new Error(opened.error.words)
    const db = opened.value
    const searcher = new OrderSearcher(db)
    const numbers = db
      .prepare<[], { ours: string; theirs: string }>(
        `SELECT med_org_ord AS ours, pay_ord_id AS theirs FROM orders WHERE pay_ord_id IS NOT NULL
         ORDER BY substr(pay_ord_id, -3), med_org_ord LIMIT 2000`,
      )
      .all()
    const kinds = { ours: 'med_org_ord', theirs: 'pay_ord_id' } as const
    const size = { rounds: 31, calls: numbers.length }
    const figures = (['ours', 'theirs'] as const).map((kind) => {
      const bare = db.prepare<[string]>(`SELECT * FROM orders WHERE ${kinds[kind]} = ?`)
      const numberOf = (call: number) => numbers[call]?.[kind] ?? ''
      const { measured, reference } = compare(
        size,
        (call) => searcher.search(readSearchText(numberOf(call), 0).words, {}, { limit: 50 }),
        (call) => bare.all(numberOf(call)),
      )
      return {
        what: `search by ${kind === 'ours' ? "the hospital's" : "the centre's"} whole order number`,
        measured: measured * 1000,
        unit: 'µs',
        reference: { what: 'bare prepared SELECT', value: reference * 1000 },
        budget: { of: 'ratio', atMost: 1.5 },
      } as const
    })
    db.close()
    return figures
  },
}
