import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { namesIn } from '#main/store/durable-file.ts'
import { billBytes } from '#test/support/bill-files.ts'
import { killableDesk } from '#test/support/killable-desk.ts'
import { expectOk, paymentWorld } from '#test/support/payment-world.ts'
import { httpAnswer, startRawServer } from '#test/support/raw-server.ts'
import { waitFor } from '#test/support/wait-for.ts'

/** Large enough to be long work, and to be under way still when somebody looks. */
const LINES = 60_000
const BILL = { billDate: '2026-11-23' } as const

/** Serves such a bill. @returns its address. */
async function longBill(): Promise<string> {
  const rows = Array.from({ length: LINES }, (_unused, index) => [`MZ20261123${index}`, `ORD${index}`, '1.00'])
  const bytes = billBytes([['医院订单号', '支付中心订单号', '金额'], ...rows])
  const server = await startRawServer((socket) => void socket.end(httpAnswer(200, bytes)))
  onTestFinished(() => server.close())
  return `${server.url}/bill`
}

const fault = (value: string) => ({ interface: '1.5', kind: 'billUrl', value })
const endings = (folder: string) => namesIn(folder).map((name) => name.slice(name.lastIndexOf('.')))

describe('a bill of many rows', () => {
  it('is a task that is seen, and says nothing more when the screen has its bill', async () => {
    const world = await paymentWorld()
    await world.control('POST', '/faults', fault(await longBill()))
    const bill = expectOk(await world.call('bills.download', BILL))
    expect(bill).toMatchObject({ rows: LINES, comparison: { notHere: LINES }, rowsKept: true })
    const { tasks } = expectOk(await world.call('tasks.list', {}))
    expect(tasks).toMatchObject([{ kind: 'billImport', state: 'done', words: null }])
    expect(tasks[0]?.done).toBeGreaterThan(0)
  })

  it('that is cancelled leaves its raw file and nothing else', async () => {
    const world = await paymentWorld()
    await world.control('POST', '/faults', fault(await longBill()))
    const downloading = world.call('bills.download', BILL)
    const taskId = await waitFor('the task', async () => {
      const { tasks } = expectOk(await world.call('tasks.list', {}))
      return tasks.find(({ kind }) => kind === 'billImport')?.id
    })
    expect(expectOk(await world.call('tasks.cancel', { requestId: randomUUID(), taskId })).asked).toBe(true)
    expect(await downloading).toMatchObject({ ok: false, error: { code: 'BILL_CANCELLED' } })
    expect(expectOk(await world.call('bills.list', {})).bills).toEqual([])
    expect(endings(join(world.dataDir, 'test', 'bills'))).toEqual(['.raw'])
  })

  it('kill -9 in the middle: after the start there is no half bill, and it can be read', async () => {
    const { start, sim, dataDir } = await killableDesk()
    const first = await start()
    await sim('POST', '/faults', fault(await longBill()))
    first.call('bills.download', BILL).catch(() => undefined)
    const folder = join(dataDir, 'test', 'bills')
    // The raw file has its name by then: what is half is the rows.
    await waitFor('the rows being read', async () =>
      endings(folder).sort().join() === '.part,.raw' ? true : undefined,
    )
    await first.stop('SIGKILL')
    expect(endings(folder)).toContain('.part')

    const second = await start()
    expect(endings(folder)).toEqual(['.raw'])
    expect(expectOk(await second.call('bills.list', {})).bills).toEqual([])
    await sim('POST', '/faults', fault(await longBill()))
    expect(expectOk(await second.call('bills.download', BILL))).toMatchObject({ rows: LINES, rowsKept: true })
    expect(endings(folder).sort()).toEqual(['.raw', '.rows'])
  })
})
