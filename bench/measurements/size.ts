import { connect, type Db } from '#main/store/open.ts'
import type { Measurement } from '../lib/measurement.ts'

/** What an order takes on disk, every message included, in a store as two years of use leave it. */
export const size: Measurement = {
  name: 'size',
  what: 'bytes of database an order, every message included',
  async run({ storeOf, plan }) {
    const db = connect({ path: storeOf() }, { readonly: true })
    try {
      const folds = count(db, 'SELECT count(*) FROM fold')
      return [
        {
          what: 'database, with timeline and raw messages, an order',
          measured: usedBytes(db) / plan.orders,
          unit: 'B',
          budget: { of: 'value', atMost: 2_000 },
        },
        {
          what: 'of it: what is folded, an order',
          measured: count(db, `SELECT sum(pgsize) FROM dbstat WHERE name = 'fold'`) / folds,
          unit: 'B',
          budget: { of: 'value', atMost: 1_000 },
        },
        {
          what: 'of it: what is not folded yet, with its indexes, an order of all',
          measured: count(db, UNFOLDED_BYTES) / plan.orders,
          unit: 'B',
          budget: { of: 'value', atMost: 250 },
        },
      ]
    } finally {
      db.close()
    }
  },
}

/** Free pages are what the next orders take: they are not counted, and there are few. */
function usedBytes(db: Db): number {
  const pragma = (name: string) => Number(db.pragma(name, { simple: true }))
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

const UNFOLDED_BYTES = `SELECT sum(pgsize) FROM dbstat WHERE name IN (
  SELECT name FROM sqlite_schema
  WHERE tbl_name IN ('timeline', 'exchange', 'callback', 'outbox', 'charge', 'operation', 'refund'))`

function count(db: Db, sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? 0
}
