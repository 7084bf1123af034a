import { z } from 'zod'
import type { DictionaryName } from '../domain/dictionaries.ts'

/**
 * What the document says of a field, where the reader is more tolerant than the document. It decides nothing: a message
 * that differs is read all the same, and the difference is counted (wire-drift.ts).
 */
export interface FieldFacts {
  /** JSON type; `either` or nothing where the document itself shows both (quirks Q1, Q3, Q8, Q19). */
  readonly type?: 'String' | 'Number' | 'either'
  /**
   * The table marks it Y **and** every published example of the message carries it, yet the reader goes on without it.
   * Where table and example disagree about a field, its absence is no news.
   */
  readonly required?: true
  /** Whose codes it holds. Only codes that the document's own examples do not break (Q17). */
  readonly dictionary?: DictionaryName
  /** An object, or its JSON text (Q5). */
  readonly embedded?: true
  /** The fields of the object, or of each object of the list, that stands here. */
  readonly inside?: FieldTable
}

export type FieldTable = Readonly<Record<string, FieldFacts>>

const fieldFacts = z.registry<FieldFacts>()
/** Fields of an object that the document lists and the desk does not read. */
const unreadFields = z.registry<{ readonly fields: FieldTable }>()

/** The same reader of a field, with what the document says of it beside. What was said before still holds. */
export function documented<S extends z.ZodType>(schema: S, facts: FieldFacts): S {
  const copy = schema.clone(undefined, { parent: true }) as S
  fieldFacts.add(copy, facts)
  return copy
}

/** The same reader of an object, which knows that the document lists these fields too. */
export function alsoListed<S extends z.ZodObject>(schema: S, fields: FieldTable): S {
  unreadFields.add(schema, { fields })
  return schema
}

const fieldTables = new WeakMap<z.ZodObject, FieldTable>()

/** Everything that the document lists for an object. */
export function fieldTable(schema: z.ZodObject): FieldTable {
  const known = fieldTables.get(schema)
  if (known !== undefined) return known
  const table = listFields(schema)
  fieldTables.set(schema, table)
  return table
}

function listFields(schema: z.ZodObject): FieldTable {
  const read = Object.entries(schema.shape).map(([name, field]) => [name, factsOf(field)])
  return { ...unreadFields.get(schema)?.fields, ...Object.fromEntries(read) }
}

export function factsOf(field: z.core.$ZodType): FieldFacts {
  const facts = fieldFacts.get(field) ?? {}
  const element = field instanceof z.ZodArray ? field.element : undefined
  return element instanceof z.ZodObject ? { ...facts, inside: fieldTable(element) } : facts
}
