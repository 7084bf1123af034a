import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { generateStore } from '#bench/orders/generate.ts'
import { namesIn } from '#main/store/durable-file.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { browserForFile } from './support/browser.ts'
import { startDesk } from './support/desk.ts'
import { tabTo } from './support/no-mouse.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()
/** The export may be done before the key is there: then it is begun again. */
const TRIES = 5

/** A desk that has seen thousands of orders, at the list of all of them; from here on everything goes by keys. */
async function openLongList() {
  const dataDir = tempDir()
  mkdirSync(join(dataDir, 'test'))
  generateStore(join(dataDir, 'test', 'cashier.db'), { orders: 4_000, seed: 1 }, () => undefined)
  const desk = await startDesk({}, dataDir)
  const screen = new ScreenPage(await browser.open(desk.url()))
  await screen.goTo('orders')
  await screen.page.getByText('全部', { exact: true }).click()
  await screen.shows('orders-count', '共 4,000 笔')
  return { screen, exports: join(dataDir, 'test', 'exports') }
}

const taskOf = (page: Page, state: string) => page.locator(`[data-task="orderExport"][data-state="${state}"]`)

/** @returns the state in which it ended. */
async function exportAndCancel({ page }: ScreenPage): Promise<string | null> {
  await tabTo(page, '[data-testid="orders-export"]')
  await page.keyboard.press('Enter')
  const cancel = page.getByTestId('task-cancel')
  await page.locator('[data-task="orderExport"]').first().waitFor()
  if ((await cancel.count()) > 0) {
    await cancel.focus().catch(() => undefined)
    await page.keyboard.press('Enter')
  }
  const ended = page.locator('[data-task="orderExport"]:not([data-state="running"])').first()
  await ended.waitFor()
  const state = await ended.getAttribute('data-state')
  await page.getByTestId('task-read').first().focus()
  await page.keyboard.press('Enter')
  await ended.waitFor({ state: 'detached' })
  return state
}

describe('long work, by keys alone', () => {
  it('an export shows how far it is and where the file is', async () => {
    const { screen, exports } = await openLongList()
    await tabTo(screen.page, '[data-testid="orders-export"]')
    await screen.press('Enter')
    await taskOf(screen.page, 'done').waitFor()
    await screen.shows('task-strip', '已导出 4000 笔订单')
    expect(readdirSync(exports).map((name) => name.endsWith('.csv'))).toEqual([true])
  })

  it('an export that is cancelled by key leaves nothing half done', async () => {
    const { screen, exports } = await openLongList()
    let finished = 0
    let state: string | null = null
    for (let tried = 0; tried < TRIES && state !== 'cancelled'; tried += 1) {
      state = await exportAndCancel(screen)
      if (state === 'done') finished += 1
    }
    expect(state).toBe('cancelled')
    // Two exports of one second have one name.
    const files = namesIn(exports)
    expect(files.length).toBeLessThanOrEqual(finished)
    expect(files.filter((name) => !name.endsWith('.csv'))).toEqual([])
  })
})
