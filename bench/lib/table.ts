import type { Budget, Figure } from './measurement.ts'

/** A figure as it came out. */
export interface Row extends Figure {
  readonly name: string
  readonly ratio: number | null
  readonly passed: boolean
}

/** @param stretch how many times longer everything may take. */
export function judge(name: string, figure: Figure, stretch: number): Row {
  const ratio = figure.reference === undefined ? null : figure.measured / figure.reference.value
  return { ...figure, name, ratio, passed: keeps(figure, ratio, stretch) }
}

function keeps({ budget, measured }: Figure, ratio: number | null, stretch: number): boolean {
  if (budget.of === 'ratio' && ratio === null) throw new Error('a budget of a ratio needs a reference')
  const value = budget.of === 'ratio' && ratio !== null ? ratio : measured
  const room = budget.of === 'time' ? stretch : 1
  const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = budget
  return value <= atMost * room && value >= atLeast / room
}

/** The rows as a table in Markdown, which is what the console and docs/performance.md show. */
export function writeTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    withUnit(row.measured, row.unit),
    row.reference === undefined ? '–' : `${withUnit(row.reference.value, row.unit)} (${row.reference.what})`,
    row.ratio === null ? '–' : `${digits(row.ratio)}×`,
    budgetWords(row.budget, row.unit),
    isBounded(row.budget) ? (row.passed ? 'pass' : '**FAIL**') : '–',
  ])
  const head = ['what', 'this', 'reference', 'ratio', 'budget', '']
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

function isBounded({ atMost, atLeast }: Budget): boolean {
  return atMost !== undefined || atLeast !== undefined
}

function budgetWords(budget: Budget, unit: string): string {
  if (!isBounded(budget)) return '–'
  const { of, atMost, atLeast } = budget
  const shown = (value: number) => (of === 'ratio' ? `${value}×` : `${value} ${unit}`)
  return [atMost === undefined ? [] : `≤ ${shown(atMost)}`, atLeast === undefined ? [] : `≥ ${shown(atLeast)}`]
    .flat()
    .join(', ')
}

function withUnit(value: number, unit: string): string {
  return `${digits(value)} ${unit}`
}

/** Three digits that mean something. */
function digits(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}
