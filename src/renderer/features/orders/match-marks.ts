import type { OrderSummary } from '#shared/contract/orders.ts'
import { formatYuan } from '#shared/domain/money.ts'
import type { Mark } from '../../ui/marked.tsx'

/** Where a search text stands in what a row of the list shows. */
export interface RowMarks {
  readonly name: readonly Mark[]
  readonly number: readonly Mark[]
  readonly idTail: readonly Mark[]
  readonly total: readonly Mark[]
}

/** How much of the masked number a row shows. */
export const ID_TAIL = 4

export function marksOf(order: OrderSummary, text: string): RowMarks {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const tail = order.maskedIdNo.slice(-ID_TAIL).toLowerCase()
  const isTail = (word: string) => (word.length <= ID_TAIL ? tail.endsWith(word) : word.endsWith(tail))
  const tailWord = words.find(isTail)
  return {
    name: partsOf(order.patientName, words),
    number: partsOf(order.medOrgOrd, words),
    idTail: tailWord === undefined ? [] : [{ from: Math.max(0, ID_TAIL - tailWord.length), to: ID_TAIL }],
    total: words.some((word) => word.replaceAll(',', '') === formatYuan(order.totalFen).replaceAll(',', ''))
      ? [{ from: 0, to: formatYuan(order.totalFen).length }]
      : [],
  }
}

/** The first place of each word, from left to right; words that overlap are one. */
function partsOf(text: string, words: readonly string[]): readonly Mark[] {
  const lower = text.toLowerCase()
  const found = words
    .map((word) => ({ from: lower.indexOf(word), to: lower.indexOf(word) + word.length }))
    .filter(({ from }) => from >= 0)
    .toSorted((left, right) => left.from - right.from)
  return found.filter(({ from }, index) => index === 0 || from >= (found[index - 1]?.to ?? 0))
}
