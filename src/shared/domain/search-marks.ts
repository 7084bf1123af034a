import { z } from 'zod'
import { type Fen, formatYuan } from './money.ts'
import type { SearchWord } from './search-text.ts'

/** Where a word of the search box was found in what is shown of an order: characters `from` (inclusive) to `to`. */
export const searchMarkSchema = z.object({
  field: z.enum(['medOrgOrd', 'payOrdId', 'patientName', 'maskedIdNo', 'amount']),
  from: z.int(),
  to: z.int(),
})
export type SearchMark = z.infer<typeof searchMarkSchema>

/** What is shown of an order, and what of it is searched. */
export interface SearchedOrder {
  readonly medOrgOrd: string
  readonly payOrdId: string | null
  readonly patientName: string
  readonly nameInitials: string
  /** As long as `maskedIdNo`, which shows its tail at the same place. */
  readonly idNo: string
  /** Shown as `formatYuan` writes it. */
  readonly totalFen: Fen
}

/** One mark a word: where it fits best, by the same order of worth as the search itself. */
export function searchMarks(words: readonly SearchWord[], order: SearchedOrder): readonly SearchMark[] {
  return words.flatMap((word) => markOf(word, order) ?? [])
}

function markOf(word: SearchWord, order: SearchedOrder): SearchMark | undefined {
  switch (word.kind) {
    case 'name':
      return nameMark(word.text, order.patientName)
    case 'letters':
      return initialsMark(word.text.toLowerCase(), order) ?? numberMark(word.text, order, headOf)
    case 'number':
      return (
        tailMark(word.text, 'maskedIdNo', order.idNo) ??
        numberMark(word.text, order, tailOf) ??
        amountMark(word.amountFen, order.totalFen) ??
        numberMark(word.text, order, headOf)
      )
  }
}

type Place = { readonly from: number; readonly to: number }
type Find = (wanted: string, text: string) => Place | undefined

function tailOf(wanted: string, text: string): Place | undefined {
  return text.endsWith(wanted) ? { from: text.length - wanted.length, to: text.length } : undefined
}

function headOf(wanted: string, text: string): Place | undefined {
  return text.startsWith(wanted) ? { from: 0, to: wanted.length } : undefined
}

function numberMark(word: string, { medOrgOrd, payOrdId }: SearchedOrder, find: Find): SearchMark | undefined {
  const ours = find(word.toUpperCase(), medOrgOrd.toUpperCase())
  if (ours !== undefined) return { field: 'medOrgOrd', ...ours }
  const theirs = find(word.toUpperCase(), payOrdId?.toUpperCase() ?? '')
  return theirs === undefined ? undefined : { field: 'payOrdId', ...theirs }
}

function tailMark(word: string, field: 'maskedIdNo', text: string): SearchMark | undefined {
  const place = word.length < 4 ? undefined : tailOf(word.toUpperCase(), text.toUpperCase())
  return place === undefined ? undefined : { field, ...place }
}

function amountMark(wanted: Fen | undefined, totalFen: Fen): SearchMark | undefined {
  return wanted === totalFen ? { field: 'amount', from: 0, to: formatYuan(totalFen).length } : undefined
}

function nameMark(word: string, name: string): SearchMark | undefined {
  const from = name.indexOf(word)
  return from < 0 ? undefined : { field: 'patientName', from, to: from + word.length }
}

/** Each initial is one character of the name; a dot between names has none. */
function initialsMark(initials: string, { patientName, nameInitials }: SearchedOrder): SearchMark | undefined {
  if (!nameInitials.startsWith(initials)) return undefined
  let left = initials.length
  let to = 0
  for (const character of patientName) {
    if (left === 0) break
    to += character.length
    if (/\p{L}/u.test(character)) left -= 1
  }
  return { field: 'patientName', from: 0, to }
}
