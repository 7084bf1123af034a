import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobContext } from '#main/worker/job.ts'
import { fen } from '#shared/domain/money.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { openStore } from '../store.ts'
import { exportOrders } from './export-orders.ts'

const NOW_MS = Date.UTC(2026, 2, 20, 2)

function databaseWith(count: number) {
  const folder = tempDir()
  const clock = { nowMs: NOW_MS, now: () => clock.nowMs }
  const opened = openStore({ path: join(folder, 'cashier.db') }, clock)
  if (!opened.ok) throw new Error(opened.error.words)
  const store = opened.value
  // One commit: a test has no time for thousands.
  store.transaction(() => {
    for (let index = 0; index < count; index += 1) {
      clock.nowMs += 1000
      store.book.open(`MZ${String(index).padStart(5, '0')}`, {
        ...{ patientName: index % 2 === 0 ? '林小满' : '=HYPERLINK()', idNo: '99010219620918011X', deptName: '内科' },
        ...{ drName: '', visitTime: '', chargeFen: fen(4009), chargeOutsideFen: fen(100) },
      })
    }
  })
  store.close()
  const exports = join(folder, 'exports')
  return { source: join(folder, 'cashier.db'), folder: exports, fileName: 'orders.csv', text: '', nowMs: NOW_MS }
}

function context(cancelAfter = Number.POSITIVE_INFINITY) {
  const told: [number, number][] = []
  const job: JobContext = {
    progress: (done, total) => told.push([done, total]),
    isCancelled: () => told.length >= cancelAfter,
  }
  return { job, told }
}

describe('the export of orders', () => {
  it('is every order, newest first, with a mark for Excel, persons masked, and nothing that Excel would run', async () => {
    const wanted = databaseWith(2_500)
    const { job, told } = context()
    const made = await exportOrders({ ...wanted, wholePersons: false }, job)
    expect(made).toEqual({ ok: true, value: { file: join(wanted.folder, 'orders.csv'), rows: 2_500 } })
    const text = readFileSync(join(wanted.folder, 'orders.csv'), 'utf8')
    const lines = text.trimEnd().split('\r\n')
    expect(text.startsWith('\uFEFF"创建时间","医院订单号"')).toBe(true)
    expect(lines).toHaveLength(2_501)
    expect(lines[1]).toContain('"MZ02499"')
    expect(lines.at(-1)).toContain('"MZ00000"')
    expect(lines[2]).toContain('"林*满","990•••••••••••011X"')
    expect(lines[2]).toContain('"41.09"')
    expect(text).not.toMatch(/"[=+@-]/)
    expect(told.at(-1)).toEqual([2_500, 2_500])
  })

  it('names persons in full when asked to', async () => {
    const wanted = databaseWith(1)
    await exportOrders({ ...wanted, wholePersons: true }, context().job)
    expect(readFileSync(join(wanted.folder, 'orders.csv'), 'utf8')).toContain('"林小满","99010219620918011X"')
  })

  it('keeps to what was searched for', async () => {
    const wanted = databaseWith(30)
    const made = await exportOrders({ ...wanted, text: '小满 今天', wholePersons: false }, context().job)
    expect(made).toMatchObject({ ok: true, value: { rows: 15 } })
    const none = await exportOrders({ ...wanted, to: '2026-03-19', wholePersons: false }, context().job)
    expect(none).toMatchObject({ ok: true, value: { rows: 0 } })
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const wanted = databaseWith(2_500)
    const made = await exportOrders({ ...wanted, wholePersons: false }, context(1).job)
    expect(made).toMatchObject({ ok: false, error: { reason: 'cancelled' } })
    expect(readdirSync(wanted.folder)).toEqual([])
  })
})
