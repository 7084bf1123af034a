import { nameOf } from '#shared/domain/dictionaries.ts'
import { fenSchema, formatYuan } from '#shared/domain/money.ts'
import type { NameOf } from '../../lib/use-names.ts'
import { ATTENTION_WORDS } from '../../ui/words/attention.ts'
import { EVIDENCE_WORDS, OUTCOME_WORDS } from '../../ui/words/decisions.ts'
import { OPERATION_STATE_WORDS, OPERATION_WORDS } from '../../ui/words/operations.ts'
import { STATE_WORDS } from '../../ui/words/states.ts'
import { FACT_WORDS, REASON_WORDS } from '../../ui/words/timeline.ts'

export interface Fact {
  readonly name: string
  readonly value: string
}

/** The short facts of a timeline entry in words: states and codes by name, `…Ms` as seconds, `…Fen` as yuan. `name` knows the names of this site. */
export function factsOf(data: Readonly<Record<string, string>>, name: NameOf = nameOf): readonly Fact[] {
  return Object.entries(data)
    .map(([key, value]) => ({ name: FACT_WORDS[key] ?? key, value: valueInWords(key, value, name) }))
    .filter((fact) => fact.name !== '' && fact.value !== '')
}

const STATE_NAMES = Object.fromEntries(Object.entries(STATE_WORDS).map(([state, words]) => [state, words.name]))
const VALUE_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  reason: REASON_WORDS,
  kind: OPERATION_WORDS,
  state: OPERATION_STATE_WORDS,
  outcome: OUTCOME_WORDS,
  evidenceKind: EVIDENCE_WORDS,
  attention: Object.fromEntries(Object.entries(ATTENTION_WORDS).map(([reason, words]) => [reason, words.name])),
  receipt: { settlement: '结算', refund: '退款' },
}

function valueInWords(key: string, value: string, name: NameOf): string {
  if (key === 'ordStas') return name('ordStas', value)
  const words: Readonly<Record<string, string>> = VALUE_WORDS[key] ?? STATE_NAMES
  if (Object.hasOwn(words, value)) return words[value] ?? value
  if (key.endsWith('Ms') && /^\d+$/.test(value)) return `${(Number(value) / 1000).toFixed(1)} 秒`
  if (key.endsWith('Fen') && /^-?\d+$/.test(value)) {
    const amount = fenSchema.safeParse(Number(value))
    return amount.success ? formatYuan(amount.data) : value
  }
  return value
}
