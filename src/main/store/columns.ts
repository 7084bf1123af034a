import { type Fen, fen } from '#shared/domain/money.ts'

/** A column that holds one of a few words. @throws when the database holds another: it was not written by us. */
export function oneOf<const T extends readonly string[]>(words: T, value: string): T[number] {
  const word = words.find((candidate) => candidate === value)
  if (word === undefined) throw new Error(`unexpected word in the database: ${value}`)
  return word
}

export function nullableFen(value: number | null): Fen | null {
  return value === null ? null : fen(value)
}
