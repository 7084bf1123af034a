import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { tempDir } from '#test/support/temp-dir.ts'
import { CallbackRepository } from './callbacks.ts'
import { MIGRATIONS, migrate } from './migrate.ts'
import { type Db, type OpenOptions, openDb } from './open.ts'
import { OutboxRepository } from './outbox.ts'

function opened(options: OpenOptions): Db {
  const result = openDb(options)
  if (!result.ok) throw new Error(result.error.words)
  return result.value
}

describe('opening the store', () => {
  it('is durable: write-ahead log, synchronous FULL, foreign keys', () => {
    const db = opened({ path: join(tempDir(), 'sub', 'a.db') })
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    db.close()
  })

  it('keeps its contents across a reopening', () => {
    const path = join(tempDir(), 'a.db')
    const first = opened({ path })
    first.prepare(`INSERT INTO charge VALUES ('A1', '990101', '{}', 1)`).run()
    first.close()
    const second = opened({ path })
    expect(second.prepare('SELECT count(*) FROM charge').pluck().get()).toBe(1)
    second.close()
  })

  it('writes nothing readable when it has a key, and says so when the key is another', () => {
    const path = join(tempDir(), 'a.db')
    const marker = 'PERSON-OF-NOWHERE'
    const db = opened({ path, key: Buffer.alloc(32, 7) })
    db.prepare(`INSERT INTO charge VALUES ('A1', '${marker}', '{}', 1)`).run()
    db.close()
    expect(readFileSync(path).includes(marker)).toBe(false)
    const wrong = openDb({ path, key: Buffer.alloc(32, 8) })
    expect(wrong).toMatchObject({ ok: false, error: { reason: 'wrongKey' } })
  })

  it('without a key the same marker is readable: the test above can fail', () => {
    const path = join(tempDir(), 'a.db')
    const db = opened({ path })
    db.prepare(`INSERT INTO charge VALUES ('A1', 'PERSON-OF-NOWHERE', '{}', 1)`).run()
    db.close()
    expect(readFileSync(path).includes('PERSON-OF-NOWHERE')).toBe(true)
  })

  it('refuses a database of a newer version in words that name both, and leaves it as it is', () => {
    const path = join(tempDir(), 'a.db')
    const db = opened({ path })
    db.pragma(`user_version = ${MIGRATIONS.length + 3}`)
    db.close()
    const refused = openDb({ path })
    expect(refused).toMatchObject({ ok: false, error: { reason: 'newerSchema' } })
    if (!refused.ok) {
      expect(refused.error.words).toContain(String(MIGRATIONS.length + 3))
      expect(refused.error.words).toContain(String(MIGRATIONS.length))
    }
  })

  it('says what is wrong with a file that is no database, and does not overwrite it', () => {
    const path = join(tempDir(), 'a.db')
    writeFileSync(path, 'this is no database, but somebody may want it back'.repeat(20))
    expect(openDb({ path })).toMatchObject({ ok: false, error: { reason: 'wrongKey' } })
    expect(readFileSync(path, 'utf8')).toContain('somebody may want it back')
  })

  it('says so when the place cannot be written', () => {
    const path = join(tempDir(), 'file')
    writeFileSync(path, '')
    expect(openDb({ path: join(path, 'a.db') })).toMatchObject({ ok: false, error: { reason: 'unwritable' } })
  })
})

/** An order with nothing but what its table asks for, in a database of any version. */
function insertOrder(db: Db, medOrgOrd: string, patientName = '林小满'): void {
  const columns = db.prepare('SELECT name, type, "notnull" AS needed FROM pragma_table_info(?)').all('orders')
  const needed = z
    .array(z.object({ name: z.string(), type: z.string(), needed: z.number() }))
    .parse(columns)
    .filter((column) => column.needed === 1 || column.name === 'med_org_ord')
  const cellOf = ({ name, type }: { name: string; type: string }) =>
    type === 'TEXT' ? (name === 'patient_name' ? patientName : medOrgOrd) : 7
  db.prepare(
    `INSERT INTO orders (${needed.map(({ name }) => name).join(', ')}) VALUES (${needed.map(() => '?').join(', ')})`,
  ).run(...needed.map(cellOf))
}

describe('migrations', () => {
  it('make this schema; a change of it is a new migration, never an edit', () => {
    const db = opened({ path: join(tempDir(), 'a.db') })
    const schema = db.prepare(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name`).pluck().all()
    expect(schema.join(';\n')).toMatchSnapshot()
    db.close()
  })

  it('version 2 keeps the orders of version 1, without a fingerprint', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 1))
    insertOrder(before, 'A1')
    before.close()

    const db = opened({ path })
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    const row = db.prepare('SELECT med_org_ord, charge_fen, fee_fingerprint FROM orders').get()
    expect(row).toEqual({ med_org_ord: 'A1', charge_fen: 7, fee_fingerprint: null })
    expect(db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0)
    db.close()
  })

  it('version 4 keeps the drift that version 3 counted, without a sample', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 3))
    before.exec(`INSERT INTO wire_drift VALUES ('2.2', 'unknownField', 'x', 7, 1, 2)`)
    before.close()

    const db = opened({ path })
    expect(db.prepare('SELECT * FROM wire_drift').get()).toMatchObject({ path: 'x', times: 7, sample: null })
    db.close()
  })

  it('version 6 finds the orders of version 5 by the parts of their names', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 5))
    insertOrder(before, 'A1', '林小满')
    insertOrder(before, 'A2', '林小满')
    insertOrder(before, 'A3', '周知行')
    before.close()

    const db = opened({ path })
    const parts = db.prepare('SELECT part FROM name_part WHERE name = ? ORDER BY part').pluck()
    expect(parts.all('林小满')).toEqual(['A1', 'A2', '小满', '林小满', '满'])
    expect(parts.all('周知行')).toEqual(['A3', '周知行', '知行', '行'])
    db.close()
  })

  it('version 7 keeps the orders of version 6 as rows, all of them to be folded', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 6))
    insertOrder(before, 'A1')
    before.exec(`INSERT INTO timeline VALUES (1, 'A1', 7, 'orderCreated', 'desk', NULL, '{}')`)
    before.exec(`INSERT INTO disclosure VALUES (1, 7, 'caller', '2.4', NULL, 'hash', 'served')`)
    before.close()

    const db = opened({ path })
    const unfolded = db.prepare('SELECT med_org_ord FROM orders INDEXED BY orders_unfolded WHERE fold_id IS NULL')
    expect(unfolded.pluck().all()).toEqual(['A1'])
    expect(db.prepare('SELECT count(*) FROM timeline').pluck().get()).toBe(1)
    expect(db.prepare('SELECT count(*) FROM fold').pluck().get()).toBe(0)
    expect(db.prepare('SELECT id_hash FROM disclosure').pluck().get()).toBe('hash')
    db.close()
  })

  it('version 8 keeps the results of version 7, which hold all that they tell', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 7))
    insertOrder(before, 'A1')
    before.exec(`INSERT INTO outbox VALUES (1, 'R1', 'A1', 1, 'settlement', 'k', '{"a":1}', 1, 0, 1, NULL)`)
    before.close()

    const db = opened({ path })
    expect(new OutboxRepository(db).due(9, 9)).toMatchObject([{ resultId: 'R1', body: '{"a":1}', message: null }])
    db.close()
  })

  it('version 9 knows what of version 8 had no effect yet', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 8))
    for (const status of ['accepted', 'applied', 'parked', 'conflict', 'refused']) {
      before
        .prepare(`INSERT INTO callback VALUES (NULL, '2.2', ?, 'P', ?, 'm', ?, '{}', '', 1, 200, '', 0)`)
        .run(`order-${status}`, `key-${status}`, status)
    }
    insertOrder(before, 'order-accepted')
    insertOrder(before, 'order-applied')
    before.close()

    const db = opened({ path })
    const callbacks = new CallbackRepository(db)
    expect(callbacks.waiting().map(({ medOrgOrd }) => medOrgOrd)).toEqual(['order-accepted'])
    expect(callbacks.waitingFor('order-parked')).toHaveLength(1)
    expect(callbacks.waitingFor('order-applied')).toEqual([])
    const kept = (status: string) => callbacks.acceptedByKey(`order-${status}`, `key-${status}`)?.status
    expect(['accepted', 'applied', 'parked', 'conflict'].map(kept)).toEqual([
      'accepted',
      'applied',
      'parked',
      undefined,
    ])
    db.close()
  })

  it('version 5 keeps the orders of the version before, and nothing is decided, noted or ruled out', () => {
    const path = join(tempDir(), 'a.db')
    const before = new Database(path)
    migrate(before, MIGRATIONS.slice(0, 4))
    insertOrder(before, 'A1')
    before.close()

    const db = opened({ path })
    const row = db.prepare('SELECT charge_fen, setl_ruled_out, attention_noted, rebuilt_at_ms FROM orders').get()
    expect(row).toEqual({ charge_fen: 7, setl_ruled_out: null, attention_noted: null, rebuilt_at_ms: null })
    expect(db.prepare('SELECT count(*) FROM decision').pluck().get()).toBe(0)
    db.close()
  })

  it('every table is STRICT', () => {
    const db = opened({ path: join(tempDir(), 'a.db') })
    const loose = db.prepare(`SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite_%'`)
    expect(loose.pluck().all()).toEqual([])
    db.close()
  })

  it('a step that fails leaves version and contents of the step before', () => {
    const db = opened({ path: join(tempDir(), 'a.db') })
    const broken = [...MIGRATIONS, 'CREATE TABLE half (a TEXT) STRICT; CREATE TABLE half (a TEXT) STRICT;']
    expect(() => migrate(db, broken)).toThrow()
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'half'`).pluck().get()).toBe(0)
    db.close()
  })
})
