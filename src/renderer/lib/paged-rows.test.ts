import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { err, ok } from '#shared/domain/result.ts'
import { createPagedRows, PAGE_ROWS, type RowsSource } from './paged-rows.ts'

interface Row {
  readonly key: string
  readonly words: string
}

/** A list of `length` rows far away; its cursor is how many rows stand before a page. */
function farList(length: number, { counted = true } = {}) {
  const asked: number[] = []
  let isDown = false
  const rowsFrom = (at: number, limit: number) =>
    Array.from({ length: Math.max(0, Math.min(limit, length - at)) }, (_, index) => ({
      key: `${at + index}`,
      words: '',
    }))
  const source: RowsSource<Row> = {
    async page(cursor = '0', limit) {
      const at = Number(cursor)
      asked.push(at / limit)
      if (isDown) return err({ code: 'DISCONNECTED', message: '' })
      return ok({ rows: rowsFrom(at, limit), ...(at + limit < length && { nextCursor: String(at + limit) }) })
    },
    ...(counted && {
      async outline(cursor: string, every: number) {
        const behind = length - Number(cursor)
        const cursors = Array.from({ length: Math.floor(behind / every) }, (_, at) =>
          String(Number(cursor) + (at + 1) * every),
        )
        return ok({ rows: behind, cursors })
      },
    }),
  }
  return {
    source,
    asked,
    setDown: (down: boolean) => {
      isDown = down
    },
  }
}

async function world(length: number, options?: { counted?: boolean }) {
  const far = farList(length, options)
  const rows = createPagedRows<Row>(({ key }) => key)
  await rows.load(far.source)
  const settle = () => vi.advanceTimersByTimeAsync(100)
  const look = async (first: number, last = first + 10) => {
    rows.want(first, last)
    await settle()
  }
  return { ...far, rows, look, settle }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a counted list', () => {
  test('has its whole length at once, and any part of it by one question', async () => {
    const { rows, look, asked } = await world(1_000_000)
    expect(rows.view()).toMatchObject({ count: 1_000_000, isWhole: true, status: 'ready' })
    await look(700_050)
    expect(rows.view().rowAt(700_050)?.key).toBe('700050')
    expect(asked.slice(0, 3)).toEqual([0, 1, 7_000])
  })

  test('reaches its last row, also where the last page is full', async () => {
    for (const length of [PAGE_ROWS * 3, PAGE_ROWS * 3 + 1, PAGE_ROWS * 3 - 1]) {
      const { rows, look } = await world(length)
      expect(rows.view().count).toBe(length)
      await look(length - 5, length - 1)
      expect(rows.view().rowAt(length - 1)?.key).toBe(`${length - 1}`)
    }
  })

  test('holds a bounded part of it, always the first page, and fetches again what it dropped', async () => {
    const { rows, look, asked } = await world(1_000_000)
    for (let page = 1; page <= 60; page += 1) await look(page * PAGE_ROWS)
    const held = Array.from({ length: 62 }, (_, page) => rows.view().rowAt(page * PAGE_ROWS)).filter(Boolean).length
    expect(held).toBeLessThanOrEqual(24)
    expect(rows.view().rowAt(0)?.key).toBe('0')
    expect(rows.view().rowAt(5 * PAGE_ROWS)).toBeUndefined()
    const before = asked.length
    await look(5 * PAGE_ROWS)
    expect(rows.view().rowAt(5 * PAGE_ROWS)?.key).toBe(`${5 * PAGE_ROWS}`)
    expect(asked.slice(before)).toContain(5)
  })
})

describe('a leap through the list', () => {
  test('fetches only where it comes to rest', async () => {
    const { rows, settle, asked } = await world(1_000_000)
    await settle()
    asked.length = 0
    for (const at of [100_000, 300_000, 500_000]) rows.want(at, at + 10)
    await settle()
    expect(asked.toSorted((left, right) => left - right)).toEqual([4_999, 5_000, 5_001])
  })
})

describe('a list that nobody can count', () => {
  test('grows as it is read, and knows its length at its end', async () => {
    const { rows, look } = await world(PAGE_ROWS * 2 + 7, { counted: false })
    expect(rows.view().isWhole).toBe(false)
    await look(PAGE_ROWS + 1)
    await look(PAGE_ROWS * 2)
    expect(rows.view()).toMatchObject({ count: PAGE_ROWS * 2 + 7, isWhole: true })
  })

  test('takes pages that are short, and empty ones, for what they are', async () => {
    const pages = [3, 0, 2, 0].map((length, page) => ({
      rows: Array.from({ length }, (_, at) => ({ key: `${page}-${at}`, words: '' })),
      ...(page < 3 && { nextCursor: String(page + 1) }),
    }))
    const rows = createPagedRows<Row>(({ key }) => key)
    await rows.load({ page: async (cursor = '0') => ok(pages[Number(cursor)] ?? { rows: [] }) })
    for (let look = 0; look < 4; look += 1) {
      rows.want(0, rows.view().count - 1)
      await vi.advanceTimersByTimeAsync(100)
    }
    const view = rows.view()
    expect(view).toMatchObject({ count: 5, isWhole: true })
    expect(Array.from({ length: 5 }, (_, at) => view.rowAt(at)?.key)).toEqual(['0-0', '0-1', '0-2', '2-0', '2-1'])
    expect(rows.indexOf('2-1')).toBe(4)
  })
})

describe('what changes', () => {
  test('is taken in where the row is held, and told once', async () => {
    const { rows } = await world(300)
    let told = 0
    rows.subscribe(() => {
      told += 1
    })
    rows.put([
      { key: '5', words: 'new' },
      { key: '6', words: 'new' },
      { key: 'nowhere', words: 'new' },
    ])
    expect([5, 6, 7].map((index) => rows.view().rowAt(index)?.words)).toEqual(['new', 'new', ''])
    expect(rows.view().count).toBe(300)
    rows.put([{ key: 'nowhere', words: 'newer' }])
    expect(told).toBe(1)
    expect(rows.indexOf('6')).toBe(6)
    expect(rows.indexOf('nowhere')).toBeUndefined()
  })

  test('a late answer to the question before is dropped', async () => {
    const rows = createPagedRows<Row>(({ key }) => key)
    const shown: string[] = []
    const late = Promise.withResolvers<void>()
    const answer = (key: string, wait?: Promise<void>): RowsSource<Row> => ({
      async page() {
        await wait
        return ok({ rows: [{ key, words: '' }] })
      },
      onShown: () => shown.push(key),
    })
    const first = rows.load(answer('old', late.promise))
    await rows.load(answer('new'))
    late.resolve()
    await first
    expect(rows.view().rowAt(0)?.key).toBe('new')
    expect(shown).toEqual(['new'])
  })

  test('a page that cannot be read is told, and is read when it is tried again', async () => {
    const { rows, look, settle, setDown } = await world(1_000)
    setDown(true)
    await look(500)
    expect(rows.view()).toMatchObject({ status: 'ready', failure: { code: 'DISCONNECTED' }, count: 1_000 })
    setDown(false)
    rows.retry()
    await settle()
    expect(rows.view().failure).toBeNull()
    expect(rows.view().rowAt(500)?.key).toBe('500')
  })
})
