import type { SearchWord } from '#shared/domain/search-text.ts'
import type { Db } from './open.ts'
import { filterOf, keysOf, NEWEST_FIRST, type OrderKey, type OrderList } from './order-filter.ts'
import type { OrderRecord } from './order-record.ts'
import { type OrderRow, readOrderRow } from './orders.ts'
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
/** So many orders one page looks through. It bounds how long the desk's other work waits, whatever is searched for. */
const MOST_WALKED = 8_000
/** Different statements that are kept prepared. */
const MOST_PREPARED = 200

/** Lists of orders, and the search box, over the indexes of migration 7. Newest first, and stable while orders arrive. */
export class OrderSearcher {
  readonly #db: Db
  readonly #wholeNumber
  readonly #prepared = new Map<string, ReturnType<Db['prepare']>>()

  constructor(db: Db) {
    this.#db = db
    this.#wholeNumber = ['med_org_ord', 'pay_ord_id'].map((column) =>
      db.prepare<[string], OrderRow>(`SELECT * FROM orders WHERE ${column} = ?`),
    )
  }

  /** All orders of a list, page by page; `after` is the last order of the page before. */
  list(list: OrderList & { readonly after?: OrderKey | undefined; readonly limit: number }): readonly OrderRecord[] {
    const keys = keysOf(list, list.after)
    return this.#records(
      `SELECT orders.* FROM (${keys.sql} LIMIT ?) AS listed CROSS JOIN orders ON orders.rowid = listed.place`,
      [...keys.values, list.limit],
    )
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
    if (
      rung.isWhole ||
      this.#count({ sql: `SELECT 1 ${rung.seek.sql}`, values: rung.seek.values }, MOST_SORTED + 1) <= MOST_SORTED
    ) {
      const where = allOf([rung.seek, filterOf(list, key), ...also, ...before])
      return {
        records: this.#records(`SELECT orders.* ${where.sql} ${NEWEST_FIRST} LIMIT ?`, [...where.values, wanted]),
      }
    }
    return this.#walk(keysOf(list, key), allOf([rung.fits, ...also, ...before]), wanted)
  }

  #walk(keys: Condition, where: Condition, wanted: number) {
    const records = this.#records(
      `SELECT orders.* FROM (${keys.sql} LIMIT ${MOST_WALKED}) AS walked CROSS JOIN orders ON orders.rowid = walked.place
       WHERE ${where.sql} LIMIT ?`,
      [...keys.values, ...where.values, wanted],
    )
    return records.length === wanted ? { records } : { records, walkedTo: this.#keyAt(keys, MOST_WALKED - 1) }
  }

  #records(sql: string, values: readonly (string | number)[]): readonly OrderRecord[] {
    return this.#statement(sql)
      .all(...values)
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
    const statement = this.#db.prepare(sql)
    this.#prepared.set(sql, statement)
    return statement
  }
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
