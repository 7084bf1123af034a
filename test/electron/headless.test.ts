import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildIfStale } from '#scripts/lib/build.ts'
import { DESK_ENTRY, DESK_FLAGS } from '#scripts/lib/desk-entry.ts'
import { ROOT } from '#scripts/lib/project.ts'
import { BUILT, startHeadless } from '#test/support/headless-process.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { waitFor } from '#test/support/wait-for.ts'

beforeAll(async () => {
  if (!(await buildIfStale())) throw new Error('the build failed')
})

it('`npm run headless` runs it as the other ways to start it do', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  expect(scripts.headless).toBe(['node', ...DESK_FLAGS, DESK_ENTRY].join(' '))
})

it('what `npm run headless` starts serves its window, and its worker works', async () => {
  const settings = { environment: 'simulated', listener: { port: 0 }, backup: { keepDays: 0 } } as const
  const { ready, call } = await startHeadless(tempDir(), settings, { entry: BUILT })
  expect(await (await fetch(ready.url)).text()).toContain('<div id="root">')
  const days = { from: '2026-11-01', to: '2026-11-25' }
  expect(await call('orders.export', { requestId: randomUUID(), ...days })).toMatchObject({ ok: true })
  const task = await waitFor('the end of the export', async () => {
    const listed = await call('tasks.list', {})
    return listed.ok
      ? listed.value.tasks.find(({ kind, state }) => kind === 'orderExport' && state !== 'running')
      : undefined
  })
  expect(task).toMatchObject({ state: 'done' })
})
