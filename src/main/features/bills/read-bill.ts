import type { BillType } from '#shared/centre/download-bill.ts'
import type { BillTotals } from '#shared/contract/bills.ts'
import type { BillColumn, BillNames } from '#shared/domain/bill-columns.ts'
import { type Fen, fen, MAX_FEN, ZERO_FEN } from '#shared/domain/money.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { EXPANSION_LIMITS, type ExpansionLimits, openBillBytes } from './bill-bytes.ts'
import { cleanCell } from './bill-cells.ts'
import { type BillSeparator, findBillLayout } from './bill-header.ts'
import { BillProblem } from './bill-problem.ts'
import { type ReadRow, type RowRules, readBillRow, rowRules } from './bill-row.ts'
import { type BillEncoding, billText, readBillHead } from './bill-text.ts'
import { type CsvRecord, CsvSplitter } from './csv-records.ts'

/** Changes whenever the same file may be read differently by this code; with the site's names it dates a reading. */
export const BILL_READER_VERSION = 1

export type BillLine =
  | { readonly line: number; readonly kind: 'row'; readonly row: ReadRow }
  | { readonly line: number; readonly kind: 'unreadable'; readonly raw: string; readonly reason: string }

/** What the file as a whole turned out to be. */
export interface BillFacts {
  readonly compression: 'none' | 'gzip' | 'zip'
  readonly encoding: BillEncoding
  readonly separator: BillSeparator
  readonly columns: readonly BillColumn[]
  /** Title and summary lines, as they came. */
  readonly notes: readonly string[]
  readonly rows: number
  readonly unreadable: number
  readonly totals: BillTotals
}

export interface BillReading {
  readonly names: BillNames
  readonly billType: BillType
  /**
   * Takes lines as they are read, some thousand at a time and in the order of the file.
   * @param part how much of the file has been read by then, from 0 to 1
   */
  readonly take: (lines: readonly BillLine[], part: number) => void
  readonly limits?: ExpansionLimits
}

const MOST_NOTES = 40
const LONGEST_NOTE = 300

/**
 * Reads a bill of any of the forms that bills have: packed or not, UTF-8 or GBK, comma, tab or bar, quotes and
 * back-ticks, title above and summary below. Twice through the file in constant memory, however many rows it has.
 */
export async function readBill(
  path: string,
  reading: BillReading,
): Promise<Result<BillFacts, Pick<BillProblem, 'code' | 'words' | 'headers'>>> {
  try {
    return ok(await read(path, reading))
  } catch (error) {
    if (error instanceof BillProblem) return err(error)
    throw error
  }
}

async function read(path: string, reading: BillReading): Promise<BillFacts> {
  const { names, billType, take, limits = EXPANSION_LIMITS } = reading
  const bytes = await openBillBytes(path, limits)
  const head = await readBillHead(bytes)
  const { encoding, separator, headerLine, columns } = findBillLayout(head, names)
  const table = new TableReader(headerLine, rowRules(columns, names, billType))
  const splitter = new CsvSplitter(separator)
  for await (const { text, bytesRead } of billText(bytes, encoding)) {
    take(table.read(splitter.push(text)), bytesRead / head.bytesInAll)
  }
  take(table.read(splitter.end()), 1)
  return { compression: bytes.compression, encoding, separator, columns, ...table.facts() }
}

/** Tells rows from title and summary, and adds up. */
class TableReader {
  readonly #headerLine: number
  readonly #rules: RowRules
  readonly #notes: string[] = []
  readonly #counts = { paid: 0, refunded: 0, ignored: 0, unreadable: 0 }
  #paidFen: Fen = ZERO_FEN
  #refundedFen: Fen = ZERO_FEN
  /** Cells of the summary line before, whose values stand in a line of as many cells. */
  #summaryCells = 0

  constructor(headerLine: number, rules: RowRules) {
    this.#headerLine = headerLine
    this.#rules = rules
  }

  read(records: readonly CsvRecord[]): BillLine[] {
    const lines: BillLine[] = []
    for (const record of records) {
      const line = this.#readRecord(record)
      if (line !== undefined) lines.push(line)
    }
    return lines
  }

  facts(): Pick<BillFacts, 'notes' | 'rows' | 'unreadable' | 'totals'> {
    const { paid, refunded, ignored, unreadable } = this.#counts
    return {
      notes: this.#notes,
      rows: paid + refunded + ignored,
      unreadable,
      totals: {
        paidFen: this.#paidFen,
        refundedFen: this.#refundedFen,
        netFen: fen(this.#paidFen - this.#refundedFen),
        paidCount: paid,
        refundedCount: refunded,
        ignoredCount: ignored,
      },
    }
  }

  #readRecord(record: CsvRecord): BillLine | undefined {
    const { line, raw, cells } = record
    if (line === this.#headerLine || raw.trim() === '' || cells?.every((cell) => cleanCell(cell) === ''))
      return undefined
    if (line < this.#headerLine) return this.#note(raw)
    if (cells === null) return this.#unreadable(record, record.problem === 'quotes' ? '引号没有配对' : '一行过长')
    const read = readBillRow(cells, this.#rules)
    if (read.ok && !SUMMARY_NUMBER.test(read.row.medOrgOrd ?? read.row.payOrdId ?? '')) return this.#add(line, read.row)
    if (read.ok) return this.#note(raw)
    return this.#isSummary(cells) ? this.#note(raw) : this.#unreadable(record, read.reason)
  }

  #add(line: number, row: ReadRow): BillLine {
    this.#summaryCells = 0
    this.#counts[row.movement] += 1
    if (row.movement === 'paid') this.#paidFen = sum(this.#paidFen, row.amountFen)
    if (row.movement === 'refunded') this.#refundedFen = sum(this.#refundedFen, row.amountFen)
    return { kind: 'row', line, row }
  }

  /** Only what cannot be read as a row is ever taken for a summary, so that no money is passed over. */
  #isSummary(cells: readonly string[]): boolean {
    const wide = cells.length === this.#rules.columns.length
    const first = cells.map(cleanCell).find((cell) => cell !== '') ?? ''
    if (SUMMARY.test(first)) {
      this.#summaryCells = wide ? 0 : cells.length
      return true
    }
    const follows = this.#summaryCells === cells.length
    this.#summaryCells = 0
    return follows
  }

  #unreadable({ line, raw }: CsvRecord, reason: string): BillLine {
    this.#summaryCells = 0
    this.#counts.unreadable += 1
    return { kind: 'unreadable', line, raw, reason }
  }

  #note(raw: string): undefined {
    if (this.#notes.length < MOST_NOTES) this.#notes.push(raw.slice(0, LONGEST_NOTE))
    return undefined
  }
}

/** Where the order number stands: no order is called so. */
const SUMMARY_NUMBER = /^(合计|总计|小计|汇总|总.*(数|额|量|计)|(total|sum)$)/i
const SUMMARY = /^(#|-{3,}|={3,}|合计|总计|小计|汇总|总.*(数|额|量|计)|.*合计[:：]?$|total\b|sum\b|summary\b)/i

function sum(total: Fen, amount: Fen): Fen {
  const next = total + amount
  if (next > MAX_FEN) throw new BillProblem('BILL_UNREADABLE', '对账单的合计超出可能的范围')
  return fen(next)
}
