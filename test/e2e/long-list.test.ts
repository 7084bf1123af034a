import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { generateStore } from '#bench/orders/generate.ts'
import { dayOf } from '#shared/domain/time.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { browserForFile } from './support/browser.ts'
import { CHARGES, CounterPage } from './support/counter-page.ts'
import { type Desk, startDesk } from './support/desk.ts'
import { ScreenPage } from './support/screen-page.ts'

const browser = browserForFile()
const ORDERS = 3_000
/** Keys that come faster are a scanner's. */
const BY_HAND = { delay: 120 }

/** A desk that has seen thousands of orders, opened at the list of all of them. */
async function openLongList(): Promise<{ desk: Desk; orders: ListPage }> {
  const dataDir = tempDir()
  mkdirSync(join(dataDir, 'test'))
  generateStore(join(dataDir, 'test', 'cashier.db'), { orders: ORDERS, seed: 1 }, () => undefined)
  const desk = await startDesk({}, dataDir)
  const orders = new ListPage(await browser.open(desk.url()))
  await orders.goTo('orders')
  await orders.page.getByText('全部', { exact: true }).click()
  await orders.shows('orders-count', '共 3,000 笔')
  return { desk, orders }
}

class ListPage extends ScreenPage {
  readonly list = this.at('orders-list')

  /** Places of the rows in sight, the first and the last. */
  async inSight(): Promise<readonly number[]> {
    return this.list.evaluate((list) => {
      const { top, bottom } = list.getBoundingClientRect()
      const places = [...list.querySelectorAll('[role="option"]')]
        .filter((row) => row.getBoundingClientRect().bottom > top + 1 && row.getBoundingClientRect().top < bottom - 1)
        .map((row) => Number(row.getAttribute('aria-posinset')))
      return [Math.min(...places), Math.max(...places)]
    })
  }

  /** What stands in the uppermost row in sight; empty while it is still to be fetched. */
  async firstRow(): Promise<string> {
    return this.list.evaluate((list) => {
      const { top } = list.getBoundingClientRect()
      const rows = [...list.querySelectorAll('[role="option"]')]
      const inSight = rows.filter((row) => row.getBoundingClientRect().bottom > top + 1)
      const placeOf = (row: Element) => Number(row.getAttribute('aria-posinset'))
      return inSight.toSorted((one, other) => placeOf(one) - placeOf(other))[0]?.getAttribute('data-testid') ?? ''
    })
  }

  /** Place of the row that the arrow keys stand on, as a screen reader is told. */
  async activePlace(): Promise<number> {
    const id = await this.list.getAttribute('aria-activedescendant')
    if (id === null) return 0
    return Number(await this.page.locator(`[id="${id}"]`).getAttribute('aria-posinset'))
  }

  async scrollTo(part: number): Promise<void> {
    await this.list.evaluate((list, wanted) => {
      list.scrollTop = wanted * list.scrollHeight
    }, part)
  }
}

describe('a list of thousands of orders', () => {
  it('is walked by keyboard to both of its ends, and Enter opens the order that stands there', async () => {
    const { orders } = await openLongList()
    await orders.press('Escape', 'End')
    await orders.becomes(() => orders.activePlace(), ORDERS)
    await orders.becomes(async () => (await orders.inSight())[1], ORDERS)
    await orders.list.locator(`[aria-posinset="${ORDERS}"][aria-busy="false"]`).waitFor()
    await orders.press('Enter')
    const oldest = await orders.list.locator(`[aria-posinset="${ORDERS}"]`).getAttribute('data-testid')
    await orders.shows('order-detail', oldest?.replace('order-row-', '') ?? 'nothing')
    await orders.press('PageUp')
    expect(await orders.activePlace()).toBeLessThan(ORDERS - 3)
    await orders.press('Home')
    await orders.becomes(() => orders.activePlace(), 1)
    await orders.becomes(async () => (await orders.inSight())[0], 1)
    await orders.press('ArrowDown', 'ArrowDown')
    await orders.becomes(() => orders.activePlace(), 3)
    expect(await orders.list.locator('[aria-posinset="3"]').getAttribute('aria-setsize')).toBe(String(ORDERS))
  })

  it('draws a handful of rows however far the wheel goes, and stands where it was left', async () => {
    const { orders } = await openLongList()
    await orders.list.hover()
    for (let turn = 0; turn < 20; turn += 1) await orders.page.mouse.wheel(0, 700)
    await orders.becomes(async () => ((await orders.inSight())[0] ?? 0) > 200, true)
    expect(await orders.list.locator('[role="option"]').count()).toBeLessThan(40)
    await orders.becomes(async () => (await orders.firstRow()) !== '', true)
    const left = await orders.firstRow()
    await orders.list.locator(`[data-testid="${left}"]`).click()
    await orders.at('order-detail').waitFor()
    await orders.goTo('counter')
    await orders.at('charge-search').waitFor()
    await orders.goTo('orders')
    await orders.becomes(() => orders.firstRow(), left)
  })

  it('lets new orders wait behind a button, so that what is read stays in its place, and changes rows where they are', async () => {
    const { desk, orders } = await openLongList()
    await orders.scrollTo(0.5)
    await orders.becomes(async () => (await orders.firstRow()) !== '', true)
    const read = await orders.firstRow()
    const counter = new CounterPage(await browser.open(desk.url()))
    const newest = await counter.upload(CHARGES.usual)
    await orders.shows('orders-fresh', '有 1 条新订单')
    expect(await orders.firstRow()).toBe(read)
    await orders.at('orders-fresh').click()
    await orders.becomes(() => orders.firstRow(), `order-row-${newest}`)
    await orders.shows('orders-count', '共 3,001 笔')
    await orders.hasNone('orders-fresh')
    await desk.centre.control('POST', `/orders/${newest}/pay`, {})
    await orders.shows(`order-row-${newest}`, '已结清')
  })
})

describe('the search box', () => {
  it('finds across all days, marks what was found, and Esc gives the list back', async () => {
    const { desk, orders } = await openLongList()
    const found = await desk.call('orders.search', { text: 'zh', limit: 1 })
    if (!found.ok) throw new Error(found.error.message)
    const name = found.value.orders[0]?.patientName ?? ''
    await orders.press('F3')
    await orders.page.keyboard.type(name)
    await orders.shows('orders-found', /找到 \d+ 笔/)
    expect(await orders.list.locator('mark').first().innerText()).toBe(name)
    await orders.press('Escape')
    expect(await orders.at('orders-search').inputValue()).toBe('')
    await orders.shows('orders-count', '共 3,000 笔')
    await orders.page.keyboard.type(`${name} 今天`)
    await orders.shows('orders-found', '找到 0 笔')
    expect(await orders.at('orders-search').getAttribute('autocomplete')).toBe('off')
  })

  it('never shows the answer to an older text, however late it comes', async () => {
    const { orders } = await openLongList()
    const slow = await holdSearches(orders.page, 'slow')
    await orders.press('F3')
    await orders.page.keyboard.type('slow', BY_HAND)
    await slow.asked
    await orders.press('Escape')
    await orders.page.keyboard.type('mz', BY_HAND)
    await orders.shows('orders-found', /找到 \d+ 笔|找到很多/)
    const shown = await orders.firstRow()
    await slow.answer()
    expect(await orders.firstRow()).toBe(shown)
    await orders.shows('orders-found', /找到 \d+ 笔|找到很多/)
  })

  it('takes a day from the calendar as well as typed', async () => {
    const { orders } = await openLongList()
    const newest = await orders.list.locator('[aria-posinset="1"] time').innerText()
    const day = dayOf(Date.UTC(2026, 5, 30))
    expect(newest).toContain(day.slice(5))
    await orders.page.getByText('指定日期').click()
    await orders.at('orders-day-to-calendar').fill('2020-01-01')
    await orders.page.getByText('没有符合条件的订单').waitFor()
    await orders.at('orders-day-to').fill(day)
    await orders.shows('orders-count', '共 3,000 笔')
  })
})

/** Keeps the answers to searches for this text until they are let go. */
async function holdSearches(page: Page, text: string) {
  const asked = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  await page.route('**/rpc', async (route) => {
    if (!route.request().postData()?.includes(`"text":"${text}"`)) return route.continue()
    asked.resolve()
    await released.promise
    await route.continue()
    answered.resolve()
  })
  return {
    asked: asked.promise,
    async answer() {
      released.resolve()
      await answered.promise
      await page.waitForTimeout(500)
    },
  }
}
