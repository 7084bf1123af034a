import type { SearchWord } from '#shared/domain/search-text.ts'
import type { Db } from './open.ts'
import { filterOf, keysOf, NEWEST_FIRST, type OrderKey, type OrderList } from './order-filter.ts'
import type { OrderRecord } from './order-record.ts'
import { type OrderRow, readOrderRow } from './order-row.ts'
import type { Stepper } from './outline.ts'
import { type Condition, fitsAny, type Rung, rungsOf, SHORTEST_WHOLE, tellingFirst } from './search-rungs.ts'

/** Behind which order a search goes on: how well that one fitted, and its place. */
export interface SearchPlace {
  readonly rung: number
  readonly key: OrderKey
}

export interface SearchPage {
  readonly records: readonly OrderRecord[]
  /** Absent at the end. A page may be shorter than asked for, even empty, and yet not be the last. */
  readonly next?: SearchPlace
}

/** So many fitting orders are sorted; where there are more, the newest orders are looked through one by one instead. */
const MOST_SORTED = 4_000
/** A word that is in more names than this is in very many orders. */
const MOST_NAMES = 500
/** So many orders one page looks through. It bounds how long the desk's other work waits, whatever is searched for. */
const MOST_WALKED = 8_000
type AnyStatement = ReturnType<typeof prepareAny>

/** Different statements that are kept prepared. */
const MOST_PREPARED = 200

/** Lists of orders, and the search box, over the indexes of migration 7. Newest first, and stable while orders arrive. */
export class OrderSearcher {
  readonly #db: Db
  readonly #wholeNumber
  readonly #prepared = new Map<string, AnyStatement>()

  constructor(db: Db) {
    this.#db = db
    this.#wholeNumber = ['med_org_ord', 'pay_ord_id'].map((column) =>
      db.prepare<[string], OrderRow>(`SELECT * FROM orders WHERE ${column} = ?`),
    )
  }

  /** All orders of a list, page by page; `after` is the last order of the page before. */
  list(list: OrderList & { readonly after?: OrderKey | undefined; readonly limit: number }): readonly OrderRecord[] {
    const keys = keysOf(list, list.after)
    return this.#placed({ sql: `SELECT place FROM (${keys.sql} LIMIT ?)`, values: [...keys.values, list.limit] })
  }

  /** Steps over what is behind an order of a list, by the keys alone. */
  stepper(list: OrderList): Stepper<OrderKey> {
    return {
      skip: (key, rows) => this.#keyAt(keysOf(list, key), rows - 1),
      rest: (key, most) => this.#count(keysOf(list, key), most),
    }
  }

  /**
   * The orders that fit all of the words: whole numbers before tails, tails before beginnings and names, and among
   * those that fit equally well the newest first.
   */
  search(
    words: readonly SearchWord[],
    list: OrderList,
    { after, limit }: { readonly after?: SearchPlace | undefined; readonly limit: number },
  ): SearchPage {
    const whole = after === undefined ? this.#whole(words, list) : []
    if (whole.length > 0) return { records: whole }
    const [first, ...others] = tellingFirst(words).map(rungsOf)
    if (first === undefined || others.some((rungs) => rungs.length === 0)) return { records: [] }
    const also = others.map(fitsAny)
    const found: { readonly record: OrderRecord; readonly rung: number }[] = []
    for (let rung = after?.rung ?? 0; rung < first.length && found.length <= limit; rung += 1) {
      const key = rung === after?.rung ? after.key : undefined
      const wanted = limit + 1 - found.length
      const { records, walkedTo } = this.#readRung(first, rung, { list, also, key, wanted })
      found.push(...records.map((record) => ({ record, rung })))
      if (walkedTo !== undefined) return { records: found.map(({ record }) => record), next: { rung, key: walkedTo } }
      if (first[rung]?.isWhole === true && records.length > 0) break
    }
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return {
      records: page.map(({ record }) => record),
      ...(found.length > limit && last !== undefined ? { next: { rung: last.rung, key: keyOf(last.record) } } : {}),
    }
  }

  /** The short way of the commonest search: a whole number, scanned or pasted, and nothing else. */
  #whole([word, ...others]: readonly SearchWord[], list: OrderList): readonly OrderRecord[] {
    const isAlone = others.length === 0 && Object.values(list).every((filter) => filter === undefined)
    if (word?.kind !== 'number' || word.text.length < SHORTEST_WHOLE || !isAlone) return []
    for (const statement of this.#wholeNumber) {
      const rows = statement.all(word.text)
      if (rows.length > 0) return rows.map(readOrderRow)
    }
    return []
  }

  /** What fits in one way and in none of those before it. `walkedTo` where the search has to go on from there. */
  #readRung(
    rungs: readonly Rung[],
    at: number,
    {
      list,
      also,
      key,
      wanted,
    }: { list: OrderList; also: readonly Condition[]; key: OrderKey | undefined; wanted: number },
  ): { readonly records: readonly OrderRecord[]; readonly walkedTo?: OrderKey | undefined } {
    const rung = rungs[at]
    if (rung === undefined) return { records: [] }
    const before =
      at === 0 ? [] : [fitsAny(rungs.slice(0, at))].map(({ sql, values }) => ({ sql: `NOT ${sql}`, values }))
    if (rung.byNumber !== undefined) {
      return this.#walk(
        numberKeys(rung, rung.byNumber, key),
        allOf([filterOf(list, undefined), ...also, ...before]),
        wanted,
      )
    }
    if (!this.#isFew(rung)) return this.#walk(keysOf(list, key), allOf([rung.fits, ...also, ...before]), wanted)
    const fromMs = also.length + before.length === 0 ? this.#oldestOf(rung, { list, key, wanted }) : undefined
    const filter = filterOf(fromMs === undefined ? list : { ...list, fromMs }, key)
    const { sql, values } = allOf([rung.seek, filter, ...also, ...before])
    const keys = { sql: `SELECT orders.rowid AS place ${sql} ${NEWEST_FIRST} LIMIT ?`, values: [...values, wanted] }
    return { records: this.#placed(keys) }
  }

  /**
   * The time of the oldest order of a page, where the index of names alone tells it: those of one moment stand by their
   * numbers, so without it each order that fits would be read for its number. Undefined where that has to be.
   */
  #oldestOf(
    { names, seek }: Rung,
    { list, key, wanted }: { list: OrderList; key: OrderKey | undefined; wanted: number },
  ): number | undefined {
    const { fromMs, beforeMs, states = [], attention = false } = list
    if (names === undefined || states.length > 0 || attention) return undefined
    const { sql, values } = allOf([seek, filterOf({ fromMs, beforeMs: key?.createdAtMs ?? beforeMs }, undefined)])
    const oldest = this.#statement(`SELECT created_at_ms ${sql} ORDER BY created_at_ms DESC LIMIT 1 OFFSET ?`)
    const row = oldest.get(...values, wanted - 1) as Pick<OrderRow, 'created_at_ms'> | undefined
    return row?.created_at_ms
  }

  #isFew({ names, among }: Rung): boolean {
    if (names !== undefined && this.#count(names, MOST_NAMES + 1) > MOST_NAMES) return false
    if (among === undefined) return true
    return this.#count({ sql: `SELECT 1 ${among.sql}`, values: among.values }, MOST_SORTED + 1) <= MOST_SORTED
  }

  #walk(keys: Condition, where: Condition, wanted: number) {
    const walked = { sql: `SELECT place FROM (${keys.sql} LIMIT ${MOST_WALKED})`, values: keys.values }
    const fitting = { sql: `WHERE ${where.sql} LIMIT ?`, values: [...where.values, wanted] }
    const records = this.#placed(walked, fitting)
    return records.length === wanted ? { records } : { records, walkedTo: this.#keyAt(keys, MOST_WALKED - 1) }
  }

  /** The orders at these places, in their order: only what is listed is read, however many were looked at. */
  #placed(places: Condition, where: Condition = { sql: '', values: [] }): readonly OrderRecord[] {
    const sql = `SELECT orders.* FROM (${places.sql}) AS placed CROSS JOIN orders ON orders.rowid = placed.place ${where.sql}`
    return this.#statement(sql)
      .all(...places.values, ...where.values)
      .map((row) => readOrderRow(row as OrderRow))
  }

  #keyAt({ sql, values }: Condition, offset: number): OrderKey | undefined {
    const row = this.#statement(`SELECT created_at_ms, med_org_ord FROM (${sql}) LIMIT 1 OFFSET ?`).get(
      ...values,
      offset,
    )
    const key = row as Pick<OrderRow, 'created_at_ms' | 'med_org_ord'> | undefined
    return key === undefined ? undefined : { createdAtMs: key.created_at_ms, medOrgOrd: key.med_org_ord }
  }

  #count({ sql, values }: Condition, most: number): number {
    const row = this.#statement(`SELECT count(*) AS count FROM (${sql} LIMIT ?)`).get(...values, most)
    return (row as { count: number }).count
  }

  #statement(sql: string) {
    const known = this.#prepared.get(sql)
    if (known !== undefined) return known
    // What people filter by repeats itself; a scan of all that there could be must not fill the memory.
    if (this.#prepared.size >= MOST_PREPARED) this.#prepared.clear()
    const statement = prepareAny(this.#db, sql)
    this.#prepared.set(sql, statement)
    return statement
  }
}

/** The keys of the orders whose numbers begin so, by these numbers. */
function numberKeys({ seek }: Rung, column: string, after: OrderKey | undefined): Condition {
  const behind = after === undefined ? '' : `AND ${column} < (SELECT ${column} FROM orders WHERE med_org_ord = ?)`
  return {
    sql: `SELECT orders.rowid AS place, created_at_ms, med_org_ord ${seek.sql} ${behind} ORDER BY ${column} DESC`,
    values: after === undefined ? seek.values : [...seek.values, after.medOrgOrd],
  }
}

function prepareAny(db: Db, sql: string) {
  return db.prepare<(string | number)[]>(sql)
}

function keyOf({ createdAtMs, medOrgOrd }: OrderRecord): OrderKey {
  return { createdAtMs, medOrgOrd }
}

function allOf(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}
