import {
  FOLDED_TABLE_NAMES,
  type FoldedColumns,
  type FoldedRow,
  type FoldedRows,
  type FoldedTable,
} from './folded-tables.ts'
import { isObjectTree, type JsonObjectTree, type JsonTree, readJsonTree, writeJsonTree } from './json-tree.ts'

/**
 * The rows of one order as a text that compresses well: how the JSON is built stands apart from what it says, rows stand
 * column by column, times as differences, and the order's number is one mark. Three parts, a line each but the last:
 * numbers that tell the structure; shapes of objects that the dictionary does not know; the values, a line each.
 */

/** Marks in values. JSON text has none of these letters; what other text has of them is escaped. */
const NULL = '\u0001'
const NUMBER_OF_ORDER = '\u0002'
// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are control characters.
const MARKS = /[\n\u0001\u0002\u001b]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const ESCAPED = /\u001b(.)/g
/** A mark is written as ESC and the letter this much further on. */
const SHIFT = 96

/** What a JSON cell is, in the structure. */
const CELL = { text: 0, scalar: 1, list: 2, object: 3, null: 4 } as const
/** In a list: its elements are built differently. Otherwise the shape of all of them, counted from 1. */
const MIXED = 0

/** How an object is built: `{`, `[` or nothing before each key as its value is an object, a list or a scalar. */
export type Shape = readonly string[]

/** What a version of the text knows: the columns that it has, and shapes that need not be told. */
export interface FoldForm {
  readonly columns: FoldedColumns
  readonly shapes: readonly Shape[]
}

/** @returns undefined when the number of the order has letters that no order number has. */
export function writeFoldText(medOrgOrd: string, rows: FoldedRows, form: FoldForm): string | undefined {
  if (medOrgOrd === '' || medOrgOrd.search(MARKS) >= 0) return undefined
  const writer = new Writer(form)
  for (const table of FOLDED_TABLE_NAMES) writer.table(table, rows[table])
  return writer.text().replaceAll(medOrgOrd, NUMBER_OF_ORDER)
}

/** @throws RangeError for a text that was not written by `writeFoldText` in this form. */
export function readFoldText(medOrgOrd: string, text: string, form: FoldForm): FoldedRows {
  const reader = new Reader(
    text.replaceAll(NUMBER_OF_ORDER, () => medOrgOrd),
    form,
  )
  const rows = FOLDED_TABLE_NAMES.map((table) => [table, reader.table(table)])
  reader.end()
  // Object.fromEntries forgets which names it was given.
  return Object.fromEntries(rows) as FoldedRows
}

class Writer {
  readonly #columns: FoldedColumns
  readonly #shapes: Map<string, number>
  readonly #unknown: Shape[] = []
  readonly #structure: number[] = []
  readonly #values: string[] = []
  #lastTime = 0

  constructor({ columns, shapes }: FoldForm) {
    this.#columns = columns
    this.#shapes = new Map(shapes.map((shape, index) => [shape.join('\n'), index]))
  }

  text(): string {
    return [this.#structure.join(' '), JSON.stringify(this.#unknown), ...this.#values].join('\n')
  }

  table(table: FoldedTable, rows: readonly FoldedRow[]): void {
    this.#structure.push(rows.length)
    for (const [name, kind] of this.#columns[table]) {
      let before = 0
      for (const row of rows) {
        const cell = row[name] ?? null
        if (kind === 'json') this.#json(cell)
        else if (typeof cell !== 'number' || kind === 'text' || kind === 'number') this.#plain(cell)
        else if (kind === 'time') {
          this.#plain(cell - this.#lastTime)
          this.#lastTime = cell
        } else {
          this.#plain(cell - before)
          before = cell
        }
      }
    }
  }

  #plain(cell: string | number | null): void {
    this.#values.push(cell === null ? NULL : typeof cell === 'number' ? String(cell) : escapeMarks(cell))
  }

  #json(cell: string | number | null): void {
    if (cell === null) {
      this.#structure.push(CELL.null)
      return
    }
    const text = String(cell)
    const tree = readJsonTree(text)
    if (tree === undefined) {
      this.#structure.push(CELL.text)
      this.#plain(text)
    } else this.#tree(tree)
  }

  #tree(tree: JsonTree): void {
    this.#structure.push(kindOf(tree))
    this.#inside(tree)
  }

  #inside(tree: JsonTree): void {
    if (typeof tree === 'string') this.#values.push(tree)
    else if (isObjectTree(tree)) {
      this.#structure.push(this.#shape(shapeOf(tree)))
      for (const value of tree.values) this.#inside(value)
    } else this.#list(tree)
  }

  #list(list: readonly JsonTree[]): void {
    this.#structure.push(list.length)
    const alike = flatObjects(list)
    const [first] = alike ?? []
    if (alike === undefined || first === undefined) {
      this.#structure.push(MIXED)
      for (const element of list) this.#tree(element)
      return
    }
    this.#structure.push(this.#shape(first.keys) + 1)
    for (const column of first.keys.keys()) {
      for (const { values } of alike) this.#values.push(String(values[column]))
    }
  }

  #shape(shape: Shape): number {
    const key = shape.join('\n')
    const known = this.#shapes.get(key)
    if (known !== undefined) return known
    const index = this.#shapes.size
    this.#shapes.set(key, index)
    this.#unknown.push(shape)
    return index
  }
}

function kindOf(tree: JsonTree): number {
  if (typeof tree === 'string') return CELL.scalar
  return isObjectTree(tree) ? CELL.object : CELL.list
}

function shapeOf({ keys, values }: JsonObjectTree): Shape {
  return keys.map((key, index) => OPENING[kindOf(values[index] ?? '')] + key)
}

const OPENING: Readonly<Record<number, string>> = { [CELL.scalar]: '', [CELL.list]: '[', [CELL.object]: '{' }

/** The elements, when all are objects of the same keys with scalars only; such a list is written column by column. */
function flatObjects(list: readonly JsonTree[]): readonly JsonObjectTree[] | undefined {
  const objects = list.filter(isObjectTree)
  const keys = objects[0]?.keys.join()
  const alike = objects.every(
    (one) => one.keys.join() === keys && one.values.every((value) => typeof value === 'string'),
  )
  return alike && objects.length === list.length && keys !== undefined && keys !== '' ? objects : undefined
}

class Reader {
  readonly #columns: FoldedColumns
  readonly #shapes: readonly Shape[]
  readonly #structure: readonly number[]
  readonly #values: readonly string[]
  #atStructure = 0
  #atValue = 2
  #lastTime = 0

  constructor(text: string, { columns, shapes }: FoldForm) {
    this.#columns = columns
    this.#values = text.split('\n')
    const [structure = '', unknown = ''] = this.#values
    this.#structure = structure.split(' ').map(Number)
    this.#shapes = [...shapes, ...(JSON.parse(unknown) as Shape[])]
  }

  end(): void {
    if (this.#atStructure !== this.#structure.length || this.#atValue !== this.#values.length) {
      throw new RangeError('a folded order has more than it says')
    }
  }

  table(table: FoldedTable): FoldedRow[] {
    const rows = Array.from({ length: this.#number() }, (): Record<string, string | number | null> => ({}))
    for (const [name, kind] of this.#columns[table]) {
      let before = 0
      for (const row of rows) {
        const cell = kind === 'json' ? this.#json() : this.#plain(kind !== 'text')
        if (typeof cell === 'number' && kind === 'time') row[name] = this.#lastTime += cell
        else if (typeof cell === 'number' && kind === 'id') row[name] = before += cell
        else row[name] = cell
      }
    }
    return rows
  }

  #plain(isNumber: boolean): string | number | null {
    const value = this.#value()
    if (value === NULL) return null
    return isNumber ? Number(value) : value.replace(ESCAPED, (_, letter: string) => unshifted(letter))
  }

  #json(): string | number | null {
    const kind = this.#number()
    if (kind === CELL.null) return null
    return kind === CELL.text ? this.#plain(false) : writeJsonTree(this.#tree(kind))
  }

  #tree(kind: number): JsonTree {
    if (kind === CELL.scalar) return this.#value()
    return kind === CELL.object ? this.#object() : this.#list()
  }

  #object(): JsonObjectTree {
    const shape = this.#shape(this.#number())
    return { keys: shape.map(keyOf), values: shape.map((entry) => this.#tree(kindOfEntry(entry))) }
  }

  #list(): JsonTree {
    const length = this.#number()
    const built = this.#number()
    if (built === MIXED) return Array.from({ length }, () => this.#tree(this.#number()))
    const keys = this.#shape(built - 1)
    const columns = keys.map(() => Array.from({ length }, () => this.#value()))
    return Array.from({ length }, (_, row) => ({ keys, values: columns.map((column) => String(column[row])) }))
  }

  #shape(index: number): Shape {
    const shape = this.#shapes[index]
    if (shape === undefined) throw new RangeError('a folded order names a shape that there is not')
    return shape
  }

  #number(): number {
    const number = this.#structure[this.#atStructure]
    if (number === undefined || !Number.isSafeInteger(number)) throw new RangeError('a folded order ends too early')
    this.#atStructure += 1
    return number
  }

  #value(): string {
    const value = this.#values[this.#atValue]
    if (value === undefined) throw new RangeError('a folded order ends too early')
    this.#atValue += 1
    return value
  }
}

function keyOf(entry: string): string {
  return entry.startsWith('"') ? entry : entry.slice(1)
}

function kindOfEntry(entry: string): number {
  if (entry.startsWith('"')) return CELL.scalar
  return entry.startsWith('{') ? CELL.object : CELL.list
}

function escapeMarks(text: string): string {
  return text.replace(MARKS, (mark) => `\u001b${String.fromCharCode(mark.charCodeAt(0) + SHIFT)}`)
}

function unshifted(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - SHIFT)
}
