import defaults from './bill-columns.json' with { type: 'json' }

/** What this desk looks for in a bill of interface 1.5. The document names no format: a bill may lack any of them. */
export const BILL_FIELDS = [
  'medOrgOrd',
  'payOrdId',
  'tradeTime',
  'amount',
  'refundAmount',
  'tradeType',
  'status',
  'appRefdSn',
] as const
export type BillField = (typeof BILL_FIELDS)[number]

/** What a row of a bill moved. `ignored` says that it moved nothing: failed, closed, never paid. */
export const BILL_MOVEMENTS = ['paid', 'refunded', 'ignored'] as const
export type BillMovement = (typeof BILL_MOVEMENTS)[number]

/** Header names of each field, and the words that tell a row's movement. The stronger name stands first. */
export interface BillNames {
  readonly columns: Readonly<Record<BillField, readonly string[]>>
  readonly words: Readonly<Record<BillMovement, readonly string[]>>
}

export const DEFAULT_BILL_NAMES: BillNames = defaults

/** One column of a bill as it was found. `field` is null where nothing in the table names it: kept, shown, never used. */
export interface BillColumn {
  readonly header: string
  readonly field: BillField | null
  /** Amounts are in yuan unless the header says 分. */
  readonly inFen: boolean
}

/**
 * Which column holds which field. What the site says stands above the defaults; in one list the first name that is
 * found wins. A name that two columns bear decides nothing, because choosing between them would be a guess.
 */
export function mapBillColumns(headers: readonly string[], site: BillNames): readonly BillColumn[] {
  const read = headers.map(readHeader)
  const fields = new Map<number, BillField>()
  for (const { columns } of [site, DEFAULT_BILL_NAMES]) {
    for (const field of BILL_FIELDS) {
      if ([...fields.values()].includes(field)) continue
      const index = findColumn(read, columns[field])
      if (index !== undefined && !fields.has(index)) fields.set(index, field)
    }
  }
  return read.map(({ header, inFen }, index) => ({ header, field: fields.get(index) ?? null, inFen }))
}

/** A bill can be compared with orders when it has an order number and an amount of either kind. */
export function isBillHeader(columns: readonly BillColumn[]): boolean {
  const has = (field: BillField) => columns.some((column) => column.field === field)
  return (has('medOrgOrd') || has('payOrdId')) && (has('amount') || has('refundAmount'))
}

/** What each word of a type or status column says, in its plain spelling; a word of the site stands above the defaults. */
export type MovementWords = ReadonlyMap<string, BillMovement>

export function movementWords(site: BillNames): MovementWords {
  const listed = ({ words }: BillNames) =>
    BILL_MOVEMENTS.flatMap((movement) => words[movement].map((word) => [plain(word), movement] as const))
  return new Map([...listed(DEFAULT_BILL_NAMES), ...listed(site)].filter(([word]) => word !== ''))
}

/** `undefined` for a word that no table lists. */
export function movementOf(word: string, words: MovementWords): BillMovement | undefined {
  return words.get(plain(word))
}

interface ReadHeader {
  readonly header: string
  readonly name: string
  readonly inFen: boolean
}

/** `金额（元）` is 金额 in yuan, `金额(分)` is 金额 in fen. */
function readHeader(header: string): ReadHeader {
  const name = plain(header)
  const unit = /\((?:单位:)?(元|分)\)$/.exec(name)
  return { header, name: unit === null ? name : name.slice(0, unit.index), inFen: unit?.[1] === '分' }
}

function findColumn(read: readonly ReadHeader[], names: readonly string[]): number | undefined {
  for (const wanted of names.map(plain)) {
    const bearing = read.flatMap(({ name }, index) => (name === wanted && wanted !== '' ? [index] : []))
    if (bearing.length === 1) return bearing[0]
    if (bearing.length > 1) return undefined
  }
  return undefined
}

/** Case, width, blanks, `_` and `-` are spelling: `own_pay_amt`, `OwnPayAmt` and `ownPayAmt` are one name. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '')
}
