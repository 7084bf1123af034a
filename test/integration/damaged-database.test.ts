import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startApp } from '#main/app.ts'
import { systemTimers } from '#main/desk/system-timers.ts'
import { connect } from '#main/store/open.ts'
import { createJobRunner, WORKER_SOURCE } from '#main/worker/job-runner.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { Timers } from '#shared/domain/time.ts'
import { killableDesk } from '#test/support/killable-desk.ts'
import { EC_TOKEN, expectOk } from '#test/support/payment-world.ts'

const PAGE_BYTES = 4096

/** Which bytes of the database are lost, from where to where. The outline of the tables begins on its first page. */
const DAMAGES: readonly (readonly [string, (database: string) => readonly [number, number]])[] = [
  ['header', () => [0, 100]],
  ['outline of the tables', () => [100, PAGE_BYTES]],
  ['operations, while all else can be read', pageOfOperations],
]

function pageOfOperations(database: string): readonly [number, number] {
  const db = connect({ path: database }, { readonly: true })
  try {
    const page = db.prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'operation'`).pluck().get()
    return [((page ?? 0) - 1) * PAGE_BYTES, (page ?? 0) * PAGE_BYTES]
  } finally {
    db.close()
  }
}

/** A desk that has ended with one order uploaded, and today's backup of its database. */
async function endedDesk() {
  const world = await killableDesk()
  const desk = await world.start()
  const medOrgOrd = await world.aCharge(desk)
  expectOk(await desk.call('counter.upload', { requestId: randomUUID(), medOrgOrd, ecToken: EC_TOKEN }))
  expect(await desk.stop('SIGTERM')).toBe(0)
  const folder = join(world.dataDir, 'test')
  const database = join(folder, 'cashier.db')
  const made = await createJobRunner(WORKER_SOURCE).run('backup', {
    source: database,
    folder: join(folder, 'backups'),
    fileName: 'cashier-test-20260101-080000.db',
  })
  if (!made.ok) throw new Error(made.error.words)
  const refusal = () =>
    world.start().then(
      () => '',
      (error: Error) => error.message,
    )
  return { ...world, medOrgOrd, database, refusal }
}

function countedTimers() {
  let begun = 0
  const running = new Set<() => void>()
  const every = (ms: number, run: () => void) => {
    begun += 1
    const stop = systemTimers.every(ms, run)
    running.add(stop)
    return () => {
      stop()
      running.delete(stop)
    }
  }
  const timers: Timers = { ...systemTimers, every }
  return { timers, begun: () => begun, running: () => running.size }
}

describe('a database that is damaged', () => {
  it.each(DAMAGES)(
    'in its %s is refused in words, and is back after the command in them',
    async (_where, lostBytes) => {
      const { start, refusal, database, medOrgOrd } = await endedDesk()
      const lost = lostBytes(database)
      const damaged = readFileSync(database).fill(0xff, ...lost)
      writeFileSync(database, damaged)

      const words = await refusal()
      expect(words).toMatch(/已损坏.*请勿删除.*最近一份核对过的备份是/)
      expect(words).not.toMatch(/ at |Error/)
      // The counter of writes in its header may have moved; nothing is mended, and no empty file stands in its place.
      const left = readFileSync(database)
      expect(left.length).toBe(damaged.length)
      expect(left.subarray(...lost).equals(damaged.subarray(...lost))).toBe(true)

      const command = /npm run restore -- [^（]+/.exec(words)?.[0] ?? 'false'
      expect(spawnSync(command, { shell: true, encoding: 'utf8' }).stdout).toContain('已恢复')
      const again = await start()
      expect(expectOk(await again.call('orders.get', { medOrgOrd })).state).toBe('uploaded')
    },
  )

  it('leaves nothing behind that looks at it again and again', async () => {
    const { dataDir, database } = await endedDesk()
    writeFileSync(database, readFileSync(database).fill(0xff, ...pageOfOperations(database)))
    const { timers, running, begun } = countedTimers()
    const started = await startApp({ dataDir, config: settingsSchema.parse({ environment: 'test' }), timers })
    expect(started).toMatchObject({ ok: false, error: { words: expect.stringContaining('已损坏') } })
    expect(begun()).toBeGreaterThan(0)
    expect(running()).toBe(0)
  })

  it('and was not damaged starts: the tests above can fail', async () => {
    const { refusal } = await endedDesk()
    expect(await refusal()).toBe('')
  })
})
