import { spawnSync } from 'node:child_process'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOLDED_TABLE_NAMES } from '#main/store/fold/folded-tables.ts'
import { Folds } from '#main/store/fold/folds.ts'
import { connect, inTransaction, openDb } from '#main/store/open.ts'
import { generateStore } from '../../bench/orders/generate.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Everywhere in a step where the process may end. */
const FOLDING = [
  ...['INSERT ON fold', 'UPDATE OF fold_id ON orders'],
  ...['charge', 'exchange', 'callback', 'outbox', 'operation', 'timeline'].map((table) => `DELETE ON ${table}`),
]
const UNFOLDING = [
  ...['charge', 'exchange', 'callback', 'outbox', 'operation', 'timeline'].map((table) => `INSERT ON ${table}`),
  ...['UPDATE OF fold_id ON orders', 'DELETE ON fold'],
]

/** A store of settled orders and the number of its first one with a callback, folded or not. */
function prepare(folded: boolean) {
  const path = join(tempDir(), 'cashier.db')
  generateStore(path, { orders: 40, seed: 5 }, () => undefined, { fold: false })
  const opened = openDb({ path })
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  const first = db.prepare<[], string>(`SELECT med_org_ord FROM orders WHERE state = 'settled' ORDER BY created_at_ms`)
  const order = first.pluck().get() ?? ''
  if (folded) expect(inTransaction(db, () => new Folds(db).fold(order, Number.MAX_SAFE_INTEGER))).toBe(true)
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
  return { path, order }
}

/** What stands in the file after a process was killed there. */
function afterDeath(path: string, order: string, step: 'fold' | 'unfold', at: string, careless = false) {
  const copy = join(tempDir(), 'cashier.db')
  copyFileSync(path, copy)
  const child = ['test/support/fold-and-die.ts', '--path', copy, '--order', order, '--step', step, '--at', at]
  const { signal } = spawnSync(process.execPath, careless ? [...child, '--careless'] : child)
  expect(signal).toBe('SIGKILL')
  return dump(copy)
}

function dump(path: string): string {
  const db = connect({ path })
  const tables = [...FOLDED_TABLE_NAMES, 'orders', 'fold']
  const rows = tables.map((table) => db.prepare<[], unknown[]>(`SELECT * FROM ${table} ORDER BY 1`).raw().all())
  const whole = db.pragma('integrity_check', { simple: true })
  db.close()
  return JSON.stringify([whole, rows])
}

describe('a process that is killed', () => {
  it('in the middle of folding leaves the rows as they were, wherever that is', () => {
    const { path, order } = prepare(false)
    const before = dump(path)
    expect(before).toContain('"ok"')
    for (const at of FOLDING) expect(afterDeath(path, order, 'fold', at) === before, at).toBe(true)
  })

  it('in the middle of unfolding leaves the block as it was', () => {
    const { path, order } = prepare(true)
    const before = dump(path)
    for (const at of UNFOLDING) expect(afterDeath(path, order, 'unfold', at) === before, at).toBe(true)
  })

  it('would leave something half done without the transaction: the tests above can fail', () => {
    const { path, order } = prepare(false)
    expect(afterDeath(path, order, 'fold', 'DELETE ON timeline', true)).not.toBe(dump(path))
  })
})
