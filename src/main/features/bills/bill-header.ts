import { type BillColumn, type BillNames, isBillHeader, mapBillColumns } from '#shared/domain/bill-columns.ts'
import { cleanCell } from './bill-cells.ts'
import { BillProblem } from './bill-problem.ts'
import type { BillEncoding, BillHead } from './bill-text.ts'
import { type CsvRecord, CsvSplitter } from './csv-records.ts'

export const BILL_SEPARATORS = [',', '\t', '|'] as const
export type BillSeparator = (typeof BILL_SEPARATORS)[number]

export interface BillLayout {
  readonly encoding: BillEncoding
  readonly separator: BillSeparator
  /** Line of the header; what stands above it is a title. */
  readonly headerLine: number
  readonly columns: readonly BillColumn[]
}

/** A title block is shorter than this. */
const MOST_TITLE_RECORDS = 60

/**
 * Finds encoding, separator and header together: the reading under which a line names an order number and an amount,
 * and of several separators the one that names most. @throws BillProblem when no reading does.
 */
export function findBillLayout(head: BillHead, names: BillNames): BillLayout {
  const readings = head.encodings.map((encoding) =>
    BILL_SEPARATORS.map((separator) => ({ encoding, separator, records: headRecords(head, encoding, separator) })),
  )
  for (const reading of readings) {
    const found = reading.flatMap(({ encoding, separator, records }) => {
      const header = findHeader(records, names)
      return header === undefined ? [] : [{ encoding, separator, ...header }]
    })
    const best = found.sort((left, right) => mapped(right) - mapped(left))[0]
    if (best !== undefined) return best
  }
  throw new BillProblem(
    'BILL_UNREADABLE',
    '没有找到认得出的表头：至少要有订单号和金额两列，列名可在设置 bills.columns 中登记',
    likelyHeaders(readings.flat().map((reading) => reading.records)),
  )
}

function headRecords(head: BillHead, encoding: BillEncoding, separator: BillSeparator): readonly CsvRecord[] {
  const splitter = new CsvSplitter(separator)
  const text = new TextDecoder(encoding).decode(head.bytes)
  return [...splitter.push(text), ...splitter.end()].slice(0, MOST_TITLE_RECORDS)
}

function findHeader(
  records: readonly CsvRecord[],
  names: BillNames,
): Pick<BillLayout, 'headerLine' | 'columns'> | undefined {
  for (const { cells, line } of records) {
    const columns = cells === null ? [] : mapBillColumns(headerCells(cells), names)
    if (isBillHeader(columns)) return { headerLine: line, columns }
  }
  return undefined
}

/** A separator at the end of the line makes no column. */
function headerCells(cells: readonly string[]): readonly string[] {
  const headers = cells.map(cleanCell)
  return headers.at(-1) === '' ? headers.slice(0, -1) : headers
}

function mapped({ columns }: BillLayout): number {
  return columns.filter((column) => column.field !== null).length
}

/**
 * What may be the header of a bill that nobody knows, for IT to enter into the settings: the first line with most
 * cells, unless one of them looks like a value (a number, or long), because values may be a person's.
 */
function likelyHeaders(readings: readonly (readonly CsvRecord[])[]): readonly string[] {
  const lines = readings.flat().flatMap(({ cells }) => (cells === null ? [] : [headerCells(cells)]))
  const most = Math.max(0, ...lines.map((cells) => cells.length))
  const first = lines.find((cells) => cells.length === most)
  if (first === undefined || most < 2) return []
  return first.some((cell) => cell.length > 32 || /\d{3}/.test(cell) || cell.includes('\uFFFD')) ? [] : first
}
