import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { eventually } from '#test/support/eventually.ts'
import { expectOk, paymentWorld } from '#test/support/payment-world.ts'

it('orders are exported by a worker while the desk runs, and the task says where to', async () => {
  const world = await paymentWorld()
  const medOrgOrd = await world.aCharge()
  await world.upload(medOrgOrd)
  const started = expectOk(await world.call('orders.export', { requestId: randomUUID() }))
  expect(started).toMatchObject({ kind: 'orderExport', state: 'running' })
  const ended = await eventually(async () => {
    const { tasks } = expectOk(await world.call('tasks.list', {}))
    const task = tasks.find(({ id }) => id === started.id)
    expect(task?.state).toBe('done')
    return task
  })
  const [, file = ''] = /^已导出 1 笔订单：(.*)$/.exec(ended?.words ?? '') ?? []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain(medOrgOrd)
  const { asked } = expectOk(await world.call('tasks.cancel', { requestId: randomUUID(), taskId: started.id }))
  expect(asked).toBe(false)
})
