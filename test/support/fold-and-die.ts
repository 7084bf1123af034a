import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Folds } from '#main/store/fold/folds.ts'
import { inTransaction, openDb } from '#main/store/open.ts'

/** Folds or unfolds one order and is killed in the middle of it, before the trigger that it is told fires. */
const { values } = parseArgs({
  options: {
    path: { type: 'string' },
    order: { type: 'string' },
    step: { type: 'string' },
    at: { type: 'string' },
    careless: { type: 'boolean', default: false },
  },
})
const { path, order, step, at, careless } = z
  .object({
    path: z.string(),
    order: z.string(),
    step: z.enum(['fold', 'unfold']),
    at: z.string(),
    careless: z.boolean(),
  })
  .parse(values)

const opened = openDb({ path })
if (!opened.ok) throw new Error(opened.error.words)
const db = opened.value
db.function('die', () => {
  process.kill(process.pid, 'SIGKILL')
  // The signal is on its way; nothing more is done meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  return 0
})
db.exec(`CREATE TEMP TRIGGER death BEFORE ${at} BEGIN SELECT die(); END`)
const folds = new Folds(db)
const work = () => (step === 'fold' ? folds.fold(order, Number.MAX_SAFE_INTEGER) : folds.unfold(order))
// The control: each statement commits by itself.
if (careless) work()
else inTransaction(db, work)
