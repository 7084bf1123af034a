import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MIGRATIONS } from '#main/store/migrate.ts'
import { type DataPlan, generateStore } from './generate.ts'

/** Counted up when the generator writes something else for the same plan. */
const GENERATOR = 6

/**
 * The database of a plan, made on first use and kept: its name holds everything that it depends on. Nobody may write to
 * it; who wants to, copies it.
 */
export function prepareStore(plan: DataPlan, cache: string | undefined, say: (words: string) => void): string {
  const folder = cache ?? join(tmpdir(), 'medins-cashier-bench')
  const path = join(folder, `${plan.orders}-orders-seed-${plan.seed}-schema-${MIGRATIONS.length}-${GENERATOR}.db`)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  const part = `${path}.${process.pid}.part`
  const startedAt = performance.now()
  let toldAt = startedAt
  generateStore(part, plan, (done) => {
    if (performance.now() - toldAt < 10_000) return
    toldAt = performance.now()
    say(`generated ${done} of ${plan.orders} orders`)
  })
  renameSync(part, path)
  for (const beside of ['-wal', '-shm']) rmSync(`${part}${beside}`, { force: true })
  say(`generated ${plan.orders} orders in ${Math.round((performance.now() - startedAt) / 1000)} s`)
  return path
}
