import type { Page } from 'playwright-core'
import type { Task } from '#shared/contract/tasks.ts'
import type { AlteredCalls } from './altered-calls.ts'
import type { Picture } from './picture-office.ts'

const BEGUN: Omit<Task, 'id' | 'kind'> = {
  ...{ state: 'running', done: 0, total: null, startedAtMs: 0, endedAtMs: null, words: null },
}

const SCENES: Readonly<Record<string, readonly Task[]>> = {
  running: [{ ...BEGUN, id: '1', kind: 'billImport', done: 430, total: 1_000 }],
  several: [
    { ...BEGUN, id: '1', kind: 'orderExport', done: 36_000, total: 120_000 },
    { ...BEGUN, id: '2', kind: 'retention', done: 2_480 },
    { ...BEGUN, id: '3', kind: 'backup', done: 81, total: 100 },
  ],
  ended: [
    {
      ...{ ...BEGUN, id: '1', kind: 'orderExport', state: 'done', endedAtMs: 1 },
      words: '已导出 120000 笔订单：D:\\medins-cashier\\test\\exports\\orders-20260318083000.csv',
    },
    {
      ...BEGUN,
      id: '2',
      kind: 'backup',
      state: 'failed',
      endedAtMs: 1,
      words: '备份没有成功：磁盘已满，备份写不进备份文件夹',
    },
    { ...BEGUN, id: '3', kind: 'billImport', state: 'cancelled', endedAtMs: 1, words: '已取消' },
  ],
}

/** Long work below the bar: one, several, and what became of it. Not at the counter, which hides the desk's own. */
export async function pictureTasks(page: Page, calls: AlteredCalls, picture: Picture): Promise<void> {
  const goTo = (address: string) => page.evaluate((hash) => window.location.assign(hash), address)
  await goTo('#/orders')
  for (const [name, tasks] of Object.entries(SCENES)) {
    calls.change('tasks.list', (answer) => {
      answer.tasks = tasks
    })
    await page.reload()
    await page.getByTestId('orders-search').waitFor()
    await page.locator('[data-testid="task-strip"][data-empty="false"]').waitFor()
    await picture(page, `edge-tasks-${name}`)
    calls.asEver()
  }
  await goTo('#/counter')
  await page.reload()
}
