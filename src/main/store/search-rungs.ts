import type { SearchWord } from '#shared/domain/search-text.ts'

/** SQL that is true of the orders meant, with what it is bound to. */
export interface Condition {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/**
 * One way in which a word may fit an order. The rungs of a word stand in the order of their worth: a whole number is
 * what was meant, a tail likely is, a name may be.
 */
export interface Rung {
  /** True of the orders that fit in this way. */
  readonly fits: Condition
  /** What finds them: `FROM …` up to a condition, through one index that is named. */
  readonly seek: Condition
  /** A hit here leaves nothing more to look for. */
  readonly isWhole: boolean
  /** The number by which its hits are ordered, where that is not their time. */
  readonly byNumber?: NumberColumn
  /** What has to be few for `seek` to be quick, read from an index alone; absent where there are never many. */
  readonly among?: Condition
  /** As well as these, of which fewer already are many: the names that fit. */
  readonly names?: Condition
}

/** Fewer digits than this stand at the end of too many numbers to mean anything. */
const SHORTEST_TAIL = 4
/** A number of at least so many characters that was found whole is not also looked for as a tail. */
export const SHORTEST_WHOLE = 10
const LAST = '\u{10FFFF}'

export function rungsOf(word: SearchWord): readonly Rung[] {
  switch (word.kind) {
    case 'number':
      return numberRungs(word.text, word.amountFen)
    case 'letters':
      return [initialsRung(word.text.toLowerCase()), ...prefixRungs(word.text)]
    case 'name':
      return [nameRung(word.text)]
  }
}

/** That an order fits the word in any way. */
export function fitsAny(rungs: readonly Rung[]): Condition {
  return {
    sql: `coalesce(${rungs.map(({ fits }) => fits.sql).join(' OR ')}, 0)`,
    values: rungs.flatMap(({ fits }) => fits.values),
  }
}

/** The more telling of two words leads; the other then only has to fit as well. */
export function tellingFirst(words: readonly SearchWord[]): readonly SearchWord[] {
  const worth = ({ kind, text }: SearchWord) => {
    if (kind === 'number') return text.length >= SHORTEST_WHOLE ? 0 : text.length >= SHORTEST_TAIL ? 2 : 4
    return text.length >= 2 ? (kind === 'name' ? 1 : 3) : 5
  }
  return [...words].sort((left, right) => worth(left) - worth(right) || right.text.length - left.text.length)
}

function numberRungs(text: string, amountFen: number | undefined): readonly Rung[] {
  if (!/^[\x21-\x7e]+$/.test(text)) return amountFen === undefined ? [] : [amountRung(amountFen)]
  const long = text.length >= SHORTEST_TAIL
  return [
    wholeRung('med_org_ord', text),
    wholeRung('pay_ord_id', text),
    ...(long ? [tailRung('id_no', 'orders_by_id_tail', text)] : []),
    ...(long ? [tailRung('med_org_ord', 'orders_by_number_tail', text)] : []),
    ...(long ? [tailRung('pay_ord_id', 'orders_by_pay_tail', text)] : []),
    ...(amountFen === undefined ? [] : [amountRung(amountFen)]),
    ...prefixRungs(text),
  ]
}

type NumberColumn = 'med_org_ord' | 'pay_ord_id'

/** The indexes of the columns; that of the primary key has the name that SQLite gives it. */
const INDEX: Readonly<Record<NumberColumn, string>> = {
  med_org_ord: 'sqlite_autoindex_orders_1',
  pay_ord_id: 'orders_by_pay_ord_id',
}

function wholeRung(column: NumberColumn, text: string): Rung {
  const fits = { sql: `${column} IN (?, ?)`, values: [text, text.toUpperCase()] }
  return { fits, seek: from(INDEX[column], fits), isWhole: text.length >= SHORTEST_WHOLE }
}

function tailRung(column: NumberColumn | 'id_no', index: string, text: string): Rung {
  const tail = text.toUpperCase()
  // Of the index's own form, so that it is found by it; only a longer tail has to be read from the order.
  const last = { sql: `upper(substr(${column}, -${SHORTEST_TAIL})) = ?`, values: [tail.slice(-SHORTEST_TAIL)] }
  const fits =
    tail.length === SHORTEST_TAIL
      ? last
      : { sql: `${last.sql} AND upper(substr(${column}, ?)) = ?`, values: [...last.values, -tail.length, tail] }
  return { fits, seek: from(index, fits), among: from(index, last), isWhole: false }
}

function amountRung(amountFen: number): Rung {
  const fits = { sql: 'charge_fen + charge_outside_fen = ?', values: [amountFen] }
  const seek = from('orders_by_amount', fits)
  return { fits, seek, among: seek, isWhole: false }
}

/**
 * As typed, and in capitals where that differs. The highest number first: numbers begin with the day or count up, and so
 * the first of a month's orders are found as quickly as today's.
 */
function prefixRungs(text: string): readonly Rung[] {
  return (['med_org_ord', 'pay_ord_id'] as const).flatMap((column) =>
    [...new Set([text, text.toUpperCase()])].map((prefix) => {
      const fits = { sql: `${column} >= ? AND ${column} < ?`, values: [prefix, prefix + LAST] }
      return { fits, seek: from(INDEX[column], fits), isWhole: false, byNumber: column }
    }),
  )
}

function initialsRung(initials: string): Rung {
  const fits = { sql: 'name_initials >= ? AND name_initials < ?', values: [initials, initials + LAST] }
  return { fits, ...throughNames(initials), isWhole: false }
}

function nameRung(text: string): Rung {
  return { fits: { sql: 'instr(patient_name, ?) > 0', values: [text] }, ...throughNames(text), isWhole: false }
}

function from(index: string, { sql, values }: Condition): Condition {
  // Said in so many words, or SQLite would not see that an index over the centre's numbers alone is enough.
  const given = index.startsWith('orders_by_pay') ? 'pay_ord_id IS NOT NULL AND ' : ''
  return { sql: `FROM orders INDEXED BY ${index} WHERE ${given}${sql}`, values }
}

/** Through the names that have the word in them, which are far fewer than the orders. */
function throughNames(part: string): Pick<Rung, 'seek' | 'among' | 'names'> {
  const values = [part, part + LAST]
  const ofNames = 'FROM name_part WHERE part >= ? AND part < ?'
  const seek = {
    sql: `FROM (SELECT DISTINCT name ${ofNames}) AS fitting
      CROSS JOIN orders INDEXED BY orders_by_name WHERE patient_name = fitting.name`,
    values,
  }
  return { seek, among: seek, names: { sql: `SELECT 1 ${ofNames}`, values } }
}
