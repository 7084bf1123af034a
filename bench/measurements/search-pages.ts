import { createReadStream } from 'node:fs'
import { openDb } from '#main/store/open.ts'
import type { OrderList } from '#main/store/order-filter.ts'
import type { OrderRecord } from '#main/store/order-record.ts'
import { OrderSearcher } from '#main/store/order-search.ts'
import { readSearchText } from '#shared/domain/search-text.ts'
import type { Figure, Measurement } from '../lib/measurement.ts'
import { median, quantile } from '../lib/statistics.ts'
import { LAST_DAY_END_MS } from '../orders/generate.ts'
import { createRandom, type Random } from '../orders/random.ts'

const DAY_MS = 86_400_000
const PAGE = 50
/** So many pages at either end of a walk through the list. */
const SPAN = 50
const FEW_ORDERS = 10_000

/** What people type, with the filters beside it; of an order that is there, or by chance. */
interface Question {
  readonly text: string
  readonly list: OrderList
}

interface Known {
  readonly patient_name: string
  readonly name_initials: string
  readonly id_no: string
  readonly med_org_ord: string
  readonly created_at_ms: number
}

/** Pages of the search box at the full size, the same at 10,000 orders, and pages far down. */
export const searchPages: Measurement = {
  name: 'search-pages',
  what: 'first pages by name, initials, tail, day and state; pages far down',
  async run({ plan, storeOf, short }) {
    const questions = short ? 60 : 300
    await readThrough(storeOf(plan.orders))
    const many = openSearch(storeOf(plan.orders), questions)
    const few = openSearch(storeOf(Math.min(FEW_ORDERS, plan.orders)), questions)
    const first = many.questions.map((question) => timeOf(() => many.ask(question)))
    for (const question of few.questions) few.ask(question)
    // Each once more, both stores in turn: so neither has compiled code, a filled memory or a quiet machine before the other.
    const inTurn = many.questions.map((question, index) => ({
      many: timeOf(() => many.ask(question)),
      few: timeOf(() => few.ask(few.questions[index] ?? question)),
    }))
    const { top, deep } = timeList(many.searcher, Math.min(200, Math.floor(many.orders / PAGE) - SPAN))
    many.close()
    few.close()
    return [
      {
        what: 'first page, p95 of all kinds of questions',
        measured: quantile(first, 0.95),
        unit: 'ms',
        budget: { of: 'time', atMost: 30 },
      },
      {
        what: 'first page, median of all kinds, beside 10,000 orders',
        measured: median(inTurn.map((times) => times.many)),
        unit: 'ms',
        reference: { what: 'at 10,000 orders', value: median(inTurn.map((times) => times.few)) },
        budget: { of: 'ratio', atMost: 2 },
      },
      {
        what: 'pages 201 to 250 of a list, beside its first 50',
        measured: median(deep),
        unit: 'ms',
        reference: { what: 'the first 50', value: median(top) },
        budget: { of: 'ratio', atMost: 1.5 },
      },
    ] satisfies Figure[]
  },
}

/** The system has it in memory afterwards: what a disk takes to find a page is no property of a search. */
async function readThrough(path: string): Promise<void> {
  for await (const _piece of createReadStream(path, { highWaterMark: 2 ** 20 }));
}

function openSearch(path: string, count: number) {
  const opened = openDb({ path })
  if (!opened.ok) throw new Error(opened.error.words)
  const db = opened.value
  const searcher = new OrderSearcher(db)
  const random = createRandom(7)
  const known = db.prepare<[number], Known>('SELECT * FROM orders WHERE rowid = ?')
  const orders = Number(db.prepare('SELECT max(rowid) FROM orders').pluck().get())
  const questions = Array.from({ length: count }, (_, index): Question => {
    const order = known.get(1 + random.below(orders))
    if (order === undefined) throw new Error('an order is missing')
    return KINDS[index % KINDS.length]?.(order, random) ?? { text: '', list: {} }
  })
  const ask = ({ text, list }: Question) =>
    searcher.search(readSearchText(text, LAST_DAY_END_MS).words, list, { limit: PAGE })
  for (const question of questions.slice(0, KINDS.length * 2)) ask(question)
  return { searcher, orders, questions, ask, close: () => db.close() }
}

/** Pages from either end of a walk, in turn: so a machine that is slower for a while is so for both. */
function timeList(searcher: OrderSearcher, depth: number) {
  const ends = walk(searcher, depth + SPAN)
  const timeAt = (page: number) => timeOf(() => searcher.list({ limit: PAGE, after: ends[page] }))
  const times = Array.from({ length: SPAN }, (_, page) => ({ top: timeAt(page), deep: timeAt(depth + page) }))
  return { top: times.map(({ top }) => top), deep: times.map(({ deep }) => deep) }
}

const KINDS: readonly ((order: Known, random: Random) => Question)[] = [
  ({ patient_name }) => ({ text: patient_name, list: {} }),
  ({ patient_name }) => ({ text: patient_name.slice(1), list: {} }),
  ({ patient_name }) => ({ text: patient_name.slice(0, 1), list: {} }),
  ({ name_initials }) => ({ text: name_initials, list: {} }),
  ({ name_initials }) => ({ text: name_initials.slice(0, 1), list: { states: ['refunded'] } }),
  ({ id_no }) => ({ text: id_no.slice(-4), list: {} }),
  ({ id_no, patient_name }) => ({ text: `${patient_name} ${id_no.slice(-4)}`, list: {} }),
  ({ med_org_ord }) => ({ text: med_org_ord.slice(-6), list: {} }),
  ({ med_org_ord }) => ({ text: med_org_ord.slice(0, 8), list: {} }),
  ({ patient_name, created_at_ms }) => ({ text: patient_name.slice(0, 1), list: weekOf(created_at_ms) }),
  ({ patient_name }) => ({ text: patient_name, list: { states: ['settled', 'refunded'] } }),
  ({ name_initials, created_at_ms, id_no }) => ({
    text: `${name_initials} ${id_no.slice(-4)}`,
    list: { ...weekOf(created_at_ms), states: ['settled'] },
  }),
  ({ patient_name }) => ({ text: patient_name.slice(0, 1), list: { states: ['suspense', 'partlyRefunded'] } }),
  (_order, random) => ({ text: `${random.below(300)}.${random.below(90) + 10}`, list: {} }),
]

function weekOf(atMs: number): OrderList {
  return { fromMs: atMs - 3 * DAY_MS, beforeMs: atMs + 4 * DAY_MS }
}

/** Each page behind the one before it, as a list is scrolled. @returns the last order before each page. */
function walk(searcher: OrderSearcher, pages: number): readonly (OrderRecord | undefined)[] {
  let after: OrderRecord | undefined
  return Array.from({ length: pages }, () => {
    const before = after
    after = searcher.list({ limit: PAGE, after }).at(-1)
    return before
  })
}

function timeOf(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
