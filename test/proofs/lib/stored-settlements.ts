import { type Db, openDb } from '#main/store/open.ts'
import { openStore } from '#main/store/store.ts'
import { describeSqliteError } from '#main/store/store-problem.ts'
import { fen } from '#shared/domain/money.ts'
import { uploadedProof } from '#shared/domain/order-proof.ts'
import { systemClock } from '#shared/domain/time.ts'
import { centreNumberOf, orderOf } from './settlement-load.ts'

/** Every `EVERY`th order is known to the desk, so that its settlement has an effect; the others are parked. */
const EVERY = 4

/** Orders of an invented patient that wait for their settlement. */
export function prepareOrders(path: string, count: number): void {
  const opened = openStore({ path }, systemClock)
  if (!opened.ok) throw new Error(opened.error.words)
  const { book, transaction, close } = opened.value
  transaction(() => {
    for (let number = 0; number < count; number += EVERY) {
      const medOrgOrd = orderOf(number)
      book.open(medOrgOrd, {
        patientName: '测试甲',
        idNo: '990101199001010011',
        deptName: '内科',
        drName: '',
        visitTime: '',
        chargeFen: fen(4009),
        chargeOutsideFen: fen(0),
      })
      book.change(medOrgOrd, (record) => ({
        record: { ...record, payOrdId: centreNumberOf(number), proof: uploadedProof(record.proof) },
        entries: [],
      }))
    }
  })
  close()
}

/** What the database holds at the end, against what was acknowledged. */
export interface Reckoning {
  readonly lost: number
  /** Messages that stand there twice, and effects that were had twice. */
  readonly duplicates: number
  /** Acknowledged settlements of known orders that had no effect. */
  readonly withoutEffect: number
  /** What SQLite's own check says. */
  readonly integrity: string
}

export function reckon(path: string, acknowledged: ReadonlySet<string>): Reckoning {
  const opened = openDb({ path })
  if (!opened.ok) return nothingLeft(acknowledged, opened.error.words)
  const db = opened.value
  try {
    const kept = new Set(
      numbers(db, `SELECT med_org_ord FROM callback WHERE status IN ('accepted', 'applied', 'parked')`),
    )
    return {
      lost: [...acknowledged].filter((order) => !kept.has(order)).length,
      duplicates: count(db, TWICE_KEPT) + count(db, TWICE_DONE),
      withoutEffect: count(db, WITHOUT_EFFECT),
      integrity: db.prepare<[], string>('PRAGMA integrity_check(1)').pluck().get() ?? '',
    }
  } catch (error) {
    const problem = describeSqliteError(error)
    if (problem === undefined) throw error
    return nothingLeft(acknowledged, problem.words)
  } finally {
    db.close()
  }
}

/** Of a database that cannot be read. */
export function nothingLeft(acknowledged: ReadonlySet<string>, words: string): Reckoning {
  return { lost: acknowledged.size, duplicates: 0, withoutEffect: 0, integrity: words }
}

const TWICE_KEPT = `SELECT count(*) FROM (SELECT dedupe_key FROM callback
  WHERE status IN ('accepted', 'applied', 'parked') GROUP BY dedupe_key HAVING count(*) > 1)`
const WITHOUT_EFFECT = `SELECT count(*) FROM unapplied_callback JOIN callback ON id = callback_id
  WHERE status = 'accepted'`
const TWICE_DONE = `SELECT count(*) FROM (SELECT med_org_ord FROM timeline
  WHERE kind = 'settlementReceived' GROUP BY med_org_ord HAVING count(*) > 1)`

function numbers(db: Db, sql: string): readonly string[] {
  return db.prepare<[], string>(sql).pluck().all()
}

function count(db: Db, sql: string): number {
  return db.prepare<[], number>(sql).pluck().get() ?? 0
}
