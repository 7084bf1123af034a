/** One record of a delimited text. `cells` is null for one that is broken; `problem` then says how. */
export type CsvRecord = CsvLine &
  (
    | { readonly cells: readonly string[]; readonly problem: null }
    | { readonly cells: null; readonly problem: 'quotes' | 'tooLong' }
  )

interface CsvLine {
  /** Of its first line in the file; the first line is 1. */
  readonly line: number
  /** As it came, without its line end, at most `LONGEST_RAW` characters of it. */
  readonly raw: string
}

const LONGEST_RAW = 2_000
const LONGEST_RECORD = 64 * 1024
/** A quoted cell may go over line ends, but a quote that never closes must not swallow the rest of the bill. */
const MOST_LINES = 8

interface PhysicalLine {
  readonly line: number
  readonly text: string
}

/**
 * Splits delimited text into records, piece by piece and in constant memory. A quote opens a cell only as its first
 * character; a record with a broken quote is given up alone and reading goes on at the next line.
 *
 * Written for bills rather than taken from a CSV library: those give up the whole file at a broken quote, or let it eat
 * all that follows, and neither may happen to a day's money.
 */
export class CsvSplitter {
  readonly #separator: string
  #rest = ''
  #line = 0
  /** Discards what is left of a line that was too long. */
  #skipping = false
  /** Lines of a record whose quoted cell is still open. */
  #open: readonly PhysicalLine[] = []

  constructor(separator: string) {
    this.#separator = separator
  }

  push(text: string): CsvRecord[] {
    const lines = `${this.#rest}${text}`.split('\n')
    this.#rest = lines.pop() ?? ''
    const records: CsvRecord[] = []
    for (const line of lines) {
      if (this.#isPlain(line)) records.push(this.#takePlain(line))
      else records.push(...this.#takeLine(line))
    }
    return this.#rest.length > LONGEST_RECORD ? [...records, ...this.#cutLine()] : records
  }

  end(): CsvRecord[] {
    const last = this.#rest
    this.#rest = ''
    const records = last === '' || this.#skipping ? [] : this.#takeLine(last)
    return [...records, ...this.#closeAll()]
  }

  /** Nearly every line: a bill of a million lines has a million of them. */
  #isPlain(text: string): boolean {
    return !this.#skipping && this.#open.length === 0 && text.length <= LONGEST_RECORD && !text.includes('"')
  }

  #takePlain(text: string): CsvRecord {
    this.#line += 1
    const record = withoutReturn(text)
    return { line: this.#line, raw: beginningOf(record), cells: record.split(this.#separator), problem: null }
  }

  #takeLine(text: string): CsvRecord[] {
    if (this.#skipping) {
      this.#skipping = false
      return []
    }
    this.#line += 1
    return this.#take({ line: this.#line, text })
  }

  #take(next: PhysicalLine): CsvRecord[] {
    const lines = [...this.#open, next]
    const text = lines.map((line) => line.text).join('\n')
    const split = text.length > LONGEST_RECORD ? 'broken' : splitCells(withoutReturn(text), this.#separator)
    this.#open = lines
    if (split === 'open' && lines.length < MOST_LINES) return []
    if (typeof split === 'string') return this.#giveUpFirst()
    this.#open = []
    const first = lines[0] ?? next
    return [{ line: first.line, raw: rawOf(text), cells: split, problem: null }]
  }

  /** The first of the open lines is broken; the others are read again, each for itself. */
  #giveUpFirst(): CsvRecord[] {
    const [first, ...others] = this.#open
    this.#open = []
    if (first === undefined) return []
    const problem = first.text.length > LONGEST_RECORD ? 'tooLong' : 'quotes'
    return [
      { line: first.line, raw: rawOf(first.text), cells: null, problem },
      ...others.flatMap((line) => this.#take(line)),
    ]
  }

  #closeAll(): CsvRecord[] {
    const records: CsvRecord[] = []
    while (this.#open.length > 0) records.push(...this.#giveUpFirst())
    return records
  }

  /** A line that does not end: its beginning is kept, the rest is passed over as it comes. */
  #cutLine(): CsvRecord[] {
    const text = this.#rest
    this.#rest = ''
    if (this.#skipping) return []
    const before = this.#closeAll()
    this.#line += 1
    this.#skipping = true
    return [...before, { line: this.#line, raw: rawOf(text), cells: null, problem: 'tooLong' }]
  }
}

function rawOf(text: string): string {
  return beginningOf(withoutReturn(text))
}

function beginningOf(text: string): string {
  return text.length > LONGEST_RAW ? text.slice(0, LONGEST_RAW) : text
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

/** `open`: a quoted cell goes on in the next line. `broken`: something stands behind a closing quote. */
function splitCells(text: string, separator: string): readonly string[] | 'open' | 'broken' {
  if (!text.includes('"')) return text.split(separator)
  const cells: string[] = []
  for (let at = 0; ; ) {
    const cell = text[at] === '"' ? quotedCell(text, at, separator) : plainCell(text, at, separator)
    if (typeof cell === 'string') return cell
    cells.push(cell.value)
    if (cell.end >= text.length) return cells
    at = cell.end + 1
  }
}

/** A cell and where it ends: at its separator, or at the end of the text. */
interface Cell {
  readonly value: string
  readonly end: number
}

function plainCell(text: string, start: number, separator: string): Cell {
  const found = text.indexOf(separator, start)
  const end = found < 0 ? text.length : found
  return { value: text.slice(start, end), end }
}

function quotedCell(text: string, start: number, separator: string): Cell | 'open' | 'broken' {
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return 'open'
    if (text[quote + 1] === '"') {
      from = quote + 2
      continue
    }
    const value = text.slice(start + 1, quote).replaceAll('""', '"')
    const { value: behind, end } = plainCell(text, quote + 1, separator)
    // Bills of some banks write a tab behind each value so that a spreadsheet takes it for text.
    return behind.trim() === '' ? { value, end } : 'broken'
  }
}
