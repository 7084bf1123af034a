import { withWrittenNumbers } from './written-numbers.ts'

/**
 * JSON of the wire, read without ever turning a number into a binary float: a number keeps the text in which it was
 * written (`40.10` stays `40.10`), so that amounts are exact and a changed type can be told from a changed value.
 */
export class JsonNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type JsonObject = { readonly [key: string]: unknown }

type SourceTextReviver = (this: unknown, key: string, value: unknown, context: { readonly source?: string }) => unknown

// ECMAScript 2026 hands the reviver the source text of a primitive; TypeScript's library does not type it yet.
const parseWithSource = JSON.parse as unknown as (text: string, reviver: SourceTextReviver) => unknown
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown }

/** @returns the value with every number as a {@link JsonNumber}, or `undefined` when the text is not JSON. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return withWrittenNumbers(text, JSON.parse(text), toNumber) ?? { value: parseWithSource(text, numberOfSource) }
  } catch {
    // Not JSON is an expected answer of a far side; the caller says so in its own words.
    return undefined
  }
}

function toNumber(digits: string): JsonNumber {
  return new JsonNumber(digits)
}

function numberOfSource(_key: string, value: unknown, { source }: { readonly source?: string }): unknown {
  return typeof value === 'number' ? new JsonNumber(source ?? String(value)) : value
}

/** Writes a value that may hold {@link JsonNumber}s, each with exactly its digits. @param indent blanks, for people. */
export function stringifyJson(value: unknown, indent?: number): string {
  const withDigits = (_key: string, part: unknown) => (part instanceof JsonNumber ? rawJSON(part.text) : part)
  return JSON.stringify(value, withDigits, indent)
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}
