import type { Result } from '#shared/domain/result.ts'
import type { ShownFailure } from './rpc-client.ts'

/**
 * Some rows of a long list, and where the next ones begin; absent: there are none. A page of a list that is not counted
 * may be shorter than asked for, even empty, and have a next one all the same.
 */
export interface RowsPage<T> {
  readonly rows: readonly T[]
  readonly nextCursor?: string | undefined
}

/** How many rows stand behind a place of a list, and where each page of them begins. */
export interface RowsOutline {
  readonly rows: number
  /** Behind every full page; the last may have nothing behind it. */
  readonly cursors: readonly string[]
}

/** Where the rows come from. */
export interface RowsSource<T> {
  page(cursor: string | undefined, limit: number): Promise<Result<RowsPage<T>, ShownFailure>>
  /** What stands behind the first page. Absent, or without an answer: the list grows as it is read. */
  outline?(cursor: string, every: number): Promise<Result<RowsOutline, ShownFailure>>
  /** The first page is what the list shows now; not called when another list was asked for meanwhile. */
  onShown?(): void
}

/** The list as it is drawn now; another object whenever anything changed. */
export interface RowsView<T> {
  /** Of the whole list; one page that could not be read is told by `failure` alone. */
  readonly status: 'idle' | 'loading' | 'ready' | 'failed'
  readonly failure: ShownFailure | null
  /** Rows to draw, those that are still to be fetched among them. */
  readonly count: number
  /** Whether `count` is the length of the list, or only of what is known of it so far. */
  readonly isWhole: boolean
  /** Another number for another list: whoever shows it begins at its top. */
  readonly generation: number
  rowAt(index: number): T | undefined
}

/** A list of any length of which only what is near the place in sight is held. */
export interface PagedRows<T> {
  view(): RowsView<T>
  subscribe(listener: () => void): () => void
  /** Shows another list; the one before stays in sight until its first page is there. */
  load(source: RowsSource<T>): Promise<void>
  /** These rows are in sight: they, and some before and after them, are fetched. */
  want(first: number, last: number): void
  /** Fetches again what could not be read. */
  retry(): void
  /** Takes in newer versions of rows; those that are not held are left out. */
  put(rows: readonly T[]): void
  /** Where a row stands, as far as it is held. */
  indexOf(key: string): number | undefined
}

export const PAGE_ROWS = 100
/** Pages fetched ahead of the rows in sight, in both directions. */
const AHEAD = 1
/** Pages held, those in sight and ahead of them included; the rest is dropped and fetched again when it is wanted. */
const HELD = 24
const AT_ONCE = 2
/** Whoever stays in a place for so long wants to see it. */
const LEAP_MS = 60
/** Rows drawn as still to come behind a list whose length is not known. */
const TAIL_ROWS = 5

interface Loaded<T> {
  readonly source: RowsSource<T>
  readonly generation: number
  /** Where each page begins, as far as that is known. */
  cursors: readonly (string | undefined)[]
  /** Row that each page begins with, as far as that is known; behind the last one every page is full. */
  starts: readonly number[]
  /** Rows of the whole list, once they are counted. */
  total: number | null
  /** In the order of their last use. */
  readonly pages: Map<number, readonly T[]>
  readonly fetching: Set<number>
  failed: ShownFailure | null
}

/** @param merge what a row is after a newer version of it came */
export function createPagedRows<T>(
  keyOf: (row: T) => string,
  merge: (held: T, told: T) => T = (_held, told) => told,
): PagedRows<T> {
  const listeners = new Set<() => void>()
  let generation = 0
  let list: Loaded<T> | null = null
  let wanted = { first: 0, last: 0 }
  let landing: ReturnType<typeof setTimeout> | undefined
  let shown = viewOf<T>(null, 'idle', null)

  const show = (status: RowsView<T>['status'], failure: ShownFailure | null = null) => {
    shown = viewOf(list, status, failure)
    for (const listener of [...listeners]) listener()
  }

  const load = async (source: RowsSource<T>) => {
    generation += 1
    const mine = generation
    show('loading')
    const answer = await source.page(undefined, PAGE_ROWS)
    // Late: the list of another question is wanted by now.
    if (mine !== generation) return
    if (!answer.ok) return show('failed', answer.error)
    list = firstPage(source, mine, answer.value)
    wanted = { first: 0, last: 0 }
    source.onShown?.()
    show('ready')
    await count(list)
  }

  const count = async (counted: Loaded<T>) => {
    const cursor = counted.cursors[1]
    if (cursor === undefined || counted.source.outline === undefined) return
    const answer = await counted.source.outline(cursor, PAGE_ROWS)
    if (list !== counted || !answer.ok) return
    counted.cursors = [undefined, cursor, ...answer.value.cursors]
    counted.starts = counted.starts.slice(0, 2)
    counted.total = startOf(counted, 1) + answer.value.rows
    show(shown.status, shown.failure)
    fetchWanted()
  }

  const fetchWanted = () => {
    if (list === null || list.failed !== null) return
    for (const page of pagesOf(wanted, list)) {
      if (list.fetching.size >= AT_ONCE) return
      if (!list.pages.has(page) && !list.fetching.has(page)) void fetchPage(list, page)
    }
  }

  const fetchPage = async (of: Loaded<T>, page: number) => {
    of.fetching.add(page)
    const answer = await of.source.page(of.cursors[page], PAGE_ROWS)
    of.fetching.delete(page)
    if (list !== of) return
    if (answer.ok) takePage(of, page, answer.value)
    else of.failed = answer.error
    show(shown.status, of.failed)
    fetchWanted()
  }

  const takePage = (of: Loaded<T>, page: number, { rows, nextCursor }: RowsPage<T>) => {
    of.pages.set(page, rows)
    if (of.total === null && of.cursors.length === page + 1) {
      const end = startOf(of, page) + rows.length
      if (nextCursor === undefined) of.total = end
      else {
        of.cursors = [...of.cursors, nextCursor]
        of.starts = [...of.starts, end]
      }
    }
    dropFarPages(of, pagesOf(wanted, of))
  }

  return {
    view: () => shown,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load,
    want(first, last) {
      wanted = { first, last }
      clearTimeout(landing)
      // In the middle of a leap through the list nothing is fetched that will be out of sight when it comes.
      if (list === null || shown.rowAt(first) !== undefined || shown.rowAt(last) !== undefined) fetchWanted()
      else landing = setTimeout(fetchWanted, LEAP_MS)
    },
    retry() {
      if (list === null) return
      list.failed = null
      show('ready')
      fetchWanted()
    },
    put(rows) {
      if (list !== null && replaceRows(list, keyOf, merge, rows)) show(shown.status, shown.failure)
    },
    indexOf(key) {
      for (const [page, rows] of list?.pages ?? []) {
        const at = rows.findIndex((row) => keyOf(row) === key)
        if (list !== null && at >= 0) return startOf(list, page) + at
      }
      return undefined
    },
  }
}

function viewOf<T>(list: Loaded<T> | null, status: RowsView<T>['status'], failure: ShownFailure | null): RowsView<T> {
  return {
    status,
    failure,
    count: list === null ? 0 : countOf(list),
    isWhole: list !== null && list.total !== null,
    generation: list?.generation ?? 0,
    rowAt(index) {
      if (list === null) return undefined
      const page = pageOf(list, index)
      return list.pages.get(page)?.[index - startOf(list, page)]
    },
  }
}

function countOf<T>(list: Loaded<T>): number {
  return list.total ?? startOf(list, list.cursors.length - 1) + TAIL_ROWS
}

function startOf<T>({ starts }: Loaded<T>, page: number): number {
  const known = Math.min(page, starts.length - 1)
  return (starts[known] ?? 0) + (page - known) * PAGE_ROWS
}

/** The last page that begins at this row or before it: those before that begin at the same row have none. */
function pageOf<T>({ starts }: Loaded<T>, index: number): number {
  const last = starts.length - 1
  const behind = index - (starts[last] ?? 0)
  return behind >= 0 ? last + Math.floor(behind / PAGE_ROWS) : starts.findLastIndex((start) => start <= index)
}

function firstPage<T>(source: RowsSource<T>, generation: number, { rows, nextCursor }: RowsPage<T>): Loaded<T> {
  return {
    source,
    generation,
    cursors: nextCursor === undefined ? [undefined] : [undefined, nextCursor],
    starts: nextCursor === undefined ? [0] : [0, rows.length],
    total: nextCursor === undefined ? rows.length : null,
    pages: new Map([[0, rows]]),
    fetching: new Set(),
    failed: null,
  }
}

/** Pages of the rows in sight, then the ones around them; only those whose beginning is known. */
function pagesOf<T>({ first, last }: { first: number; last: number }, list: Loaded<T>): readonly number[] {
  const from = pageOf(list, first)
  const to = pageOf(list, last)
  const pages: number[] = []
  for (let page = from; page <= to; page += 1) pages.push(page)
  for (let away = 1; away <= AHEAD; away += 1) pages.push(to + away, from - away)
  const end = list.total ?? Number.POSITIVE_INFINITY
  return pages.filter((page) => page >= 0 && page < list.cursors.length && startOf(list, page) < end)
}

/**
 * The page that was used longest ago goes first; what is in sight stays. So does the first page: asked again, it would
 * begin with rows that are newer than this list.
 */
function dropFarPages<T>(list: Loaded<T>, near: readonly number[]): void {
  for (const page of [...near, 0]) touch(list, page)
  for (const page of [...list.pages.keys()].slice(0, Math.max(0, list.pages.size - HELD))) list.pages.delete(page)
}

function touch<T>(list: Loaded<T>, page: number): void {
  const rows = list.pages.get(page)
  if (rows === undefined) return
  list.pages.delete(page)
  list.pages.set(page, rows)
}

/** @returns whether any of them was held. */
function replaceRows<T>(
  list: Loaded<T>,
  keyOf: (row: T) => string,
  merge: (held: T, told: T) => T,
  told: readonly T[],
): boolean {
  const newer = new Map(told.map((row) => [keyOf(row), row]))
  let found = false
  for (const [page, rows] of list.pages) {
    if (!rows.some((row) => newer.has(keyOf(row)))) continue
    list.pages.set(
      page,
      rows.map((row) => {
        const newerRow = newer.get(keyOf(row))
        return newerRow === undefined ? row : merge(row, newerRow)
      }),
    )
    found = true
  }
  return found
}
