import { fenSchema, formatYuan } from '#shared/domain/money.ts'
import { orderStateSchema } from '#shared/domain/order-status.ts'
import { codeAndName } from '../../ui/code-names.ts'
import { FACT_WORDS, STATE_WORDS } from '../../ui/words.ts'

export interface Fact {
  readonly name: string
  readonly value: string
}

/** The short facts of a timeline entry in words: states and codes by name, `…Ms` as seconds, `…Fen` as yuan. */
export function factsOf(data: Readonly<Record<string, string>>): readonly Fact[] {
  return Object.entries(data).map(([key, value]) => ({ name: FACT_WORDS[key] ?? key, value: valueInWords(key, value) }))
}

function valueInWords(key: string, value: string): string {
  if (key === 'ordStas') return codeAndName('ordStas', value)
  if (key.endsWith('Ms') && /^\d+$/.test(value)) return `${(Number(value) / 1000).toFixed(1)} 秒`
  if (key.endsWith('Fen') && /^-?\d+$/.test(value)) {
    const amount = fenSchema.safeParse(Number(value))
    return amount.success ? formatYuan(amount.data) : value
  }
  const state = orderStateSchema.safeParse(value)
  return state.success ? STATE_WORDS[state.data].name : value
}
