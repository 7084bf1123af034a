import type { z } from 'zod'
import { isNamed } from '../domain/dictionaries.ts'
import { isJsonObject, JsonNumber, type JsonObject, parseJson } from './json.ts'
import { type FieldFacts, type FieldTable, fieldTable } from './wire-facts.ts'
import { safeFieldName, shapeOf } from './wire-shape.ts'

/** Something that differs from the document without being wrong: kept and counted, never a reason to refuse. */
export interface WireDrift {
  readonly kind: DriftKind
  /** Names of fields with dots; the places of a list are one: `data.feedetailList[].cnt`. */
  readonly path: string
  /** How the value is built, never the value: `"aaa-999"`. */
  readonly sample?: string
}

export const DRIFT_KINDS = [
  'unknownField',
  'missingField',
  'changedType',
  'unknownCode',
  'conflict',
  'unreadableField',
] as const
export type DriftKind = (typeof DRIFT_KINDS)[number]

/** A hostile message may differ in a million ways; nobody reads more than these. */
export const MOST_FINDINGS = 50
/** How many places of a list are looked at. */
const MOST_PLACES = 200

/** How an object differs from what the document lists for it, and the objects in it from theirs. */
export function findDrift(schema: z.ZodObject, object: JsonObject, path = ''): readonly WireDrift[] {
  const findings = new Findings()
  look(fieldTable(schema), object, path, findings)
  return findings.all()
}

/** One list without repeats and of bounded length. */
export function joinDrift(...lists: readonly (readonly WireDrift[])[]): readonly WireDrift[] {
  const findings = new Findings()
  for (const list of lists) for (const drift of list) findings.add(drift)
  return findings.all()
}

export function joinPath(parent: string, key: string): string {
  return parent === '' || key === '' ? `${parent}${key}` : `${parent}.${key}`
}

class Findings {
  readonly #found = new Map<string, WireDrift>()

  get full(): boolean {
    return this.#found.size >= MOST_FINDINGS
  }

  add(drift: WireDrift): void {
    const key = `${drift.kind} ${drift.path}`
    if (!this.full && !this.#found.has(key)) this.#found.set(key, drift)
  }

  all(): readonly WireDrift[] {
    return [...this.#found.values()]
  }
}

/** Listed fields first, so that a flood of unknown ones cannot hide them. */
function look(table: FieldTable, object: JsonObject, path: string, findings: Findings): void {
  // Neither pairs nor paths are made of the hundreds of fields that are as they should be.
  for (const name of Object.keys(table)) {
    const facts = table[name] ?? {}
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    if (value !== undefined && value !== null) lookAt(facts, value, path, name, findings)
    else if (facts.required) findings.add({ kind: 'missingField', path: joinPath(path, name) })
  }
  for (const name of Object.keys(object)) {
    if (findings.full) return
    if (Object.hasOwn(table, name)) continue
    findings.add({ kind: 'unknownField', path: joinPath(path, safeFieldName(name)), sample: shapeOf(object[name]) })
  }
}

function lookAt(facts: FieldFacts, value: unknown, parent: string, name: string, findings: Findings): void {
  if (hasChangedType(facts, value)) {
    findings.add({ kind: 'changedType', path: joinPath(parent, name), sample: shapeOf(value) })
  }
  if (hasUnknownCode(facts, value)) {
    findings.add({ kind: 'unknownCode', path: joinPath(parent, name), sample: shapeOf(value) })
  }
  if (facts.inside === undefined) return
  const path = joinPath(parent, name)
  const inner = facts.embedded && typeof value === 'string' ? parseJson(value)?.value : value
  if (isJsonObject(inner)) look(facts.inside, inner, path, findings)
  if (!Array.isArray(inner)) return
  for (const place of inner.slice(0, MOST_PLACES)) {
    if (isJsonObject(place)) look(facts.inside, place, `${path}[]`, findings)
  }
}

function hasChangedType({ type }: FieldFacts, value: unknown): boolean {
  if (type === 'String') return value instanceof JsonNumber
  return type === 'Number' && typeof value === 'string' && value.trim() !== ''
}

function hasUnknownCode({ dictionary }: FieldFacts, value: unknown): boolean {
  if (dictionary === undefined) return false
  const code = value instanceof JsonNumber ? value.text : value
  return typeof code === 'string' && code.trim() !== '' && !isNamed(dictionary, code.trim())
}
