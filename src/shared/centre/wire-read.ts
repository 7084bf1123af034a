import type { z } from 'zod'
import { wireEmbedded } from './fields.ts'
import { isJsonObject, JsonNumber, type JsonObject, parseJson, stringifyJson } from './json.ts'
import { findDrift, joinDrift, joinPath, MOST_FINDINGS, type WireDrift } from './wire-drift.ts'
import { factsOf } from './wire-facts.ts'
import { safeFieldName, shapeOf } from './wire-shape.ts'

/** One thing that is wrong with a message: the field's path on the wire and what was expected, in zh-CN. */
export interface WireProblem {
  readonly path: string
  readonly expected: string
}

export type WireRead<T> =
  | { readonly ok: true; readonly value: T; readonly drift: readonly WireDrift[] }
  | { readonly ok: false; readonly problems: readonly WireProblem[] }

/** An answer of the centre: it did it, it refused, or nobody can tell (which for a write means unknown). */
export type ReplyRead<T> =
  | { readonly outcome: 'success'; readonly value: T; readonly drift: readonly WireDrift[] }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string }
  | { readonly outcome: 'unreadable'; readonly problems: readonly WireProblem[] }

/** Text of a body to an object, or the problem in words. */
export function readObject(bodyText: string): WireRead<JsonObject> {
  const parsed = parseJson(bodyText)
  if (parsed === undefined) return { ok: false, problems: [{ path: '', expected: '应为 JSON' }] }
  if (!isJsonObject(parsed.value)) return { ok: false, problems: [{ path: '', expected: '应为 JSON 对象' }] }
  return { ok: true, value: parsed.value, drift: [] }
}

/** Reads a request: an object whose fields stand at the top level. */
export function readRequest<S extends z.ZodObject>(schema: S, bodyText: string): WireRead<z.output<S>> {
  const body = readObject(bodyText)
  return body.ok ? readFields(schema, body.value) : body
}

/** A rule over several fields of one message; a message that breaks it is answered with the problem. */
export function requireThat<T>(read: WireRead<T>, holds: (value: T) => boolean, problem: WireProblem): WireRead<T> {
  return !read.ok || holds(read.value) ? read : { ok: false, problems: [problem] }
}

/**
 * Reads one object by its schema. Whatever differs from the document is counted as drift below `path`, and so are
 * embedded details that cannot be read: they stand beside the money, so nothing is refused for them (Q15).
 */
export function readFields<S extends z.ZodObject>(schema: S, object: JsonObject, path = ''): WireRead<z.output<S>> {
  const unreadable = unreadableDetails(schema, object)
  const read = schema.safeParse({ ...object, ...Object.fromEntries(unreadable.map((key) => [key, undefined])) })
  if (!read.success) {
    return {
      ok: false,
      problems: read.error.issues.map((issue) => ({
        path: joinPath(path, issue.path.map(String).join('.')),
        expected: isPresent(object, issue.path) ? issue.message : '缺少必填字段',
      })),
    }
  }
  const unreadableDrift = unreadable.map(
    (key): WireDrift => ({ kind: 'unreadableField', path: joinPath(path, key), sample: shapeOf(object[key]) }),
  )
  return { ok: true, value: read.data, drift: joinDrift(unreadableDrift, findDrift(schema, object, path)) }
}

function unreadableDetails(schema: z.ZodObject, object: JsonObject): string[] {
  return Object.entries(schema.shape)
    .filter(([key, field]) => factsOf(field).embedded && Object.hasOwn(object, key))
    .map(([key]) => key)
    .filter((key) => !wireEmbedded.safeParse(object[key]).success)
}

const ENVELOPE: ReadonlySet<string> = new Set(['code', 'message', 'data', 'success'])

/** Fields beside those of 1.1; `success` stands in examples (Q3), and `message` may be missing (Q2). */
function envelopeDrift(body: JsonObject): readonly WireDrift[] {
  return Object.keys(body)
    .filter((key) => !ENVELOPE.has(key))
    .slice(0, MOST_FINDINGS)
    .map((key) => ({ kind: 'unknownField', path: safeFieldName(key), sample: shapeOf(body[key]) }))
}

/**
 * Reads the envelope of 1.1 and the `data` in it. `code` is 1 or "1" and nothing else (Q1); `message` may be missing
 * (Q2); a false `success` beside code 1 is a refusal (Q3).
 */
export function readReply<S extends z.ZodObject>(
  schema: S,
  bodyText: string,
  prepare: (data: JsonObject) => WireRead<JsonObject> = (data) => ({ ok: true, value: data, drift: [] }),
): ReplyRead<z.output<S>> {
  const body = readObject(bodyText)
  if (!body.ok) return { outcome: 'unreadable', problems: body.problems }
  const code = readCode(body.value.code)
  if (code === undefined) return unreadable('code', '应为整数，1 表示成功')
  const message = typeof body.value.message === 'string' ? body.value.message : ''
  if (code !== '1') return { outcome: 'refused', code, message }

  const data = body.value.data
  if (saysNo(body.value.success) || (isJsonObject(data) && saysNo(data.success))) {
    return { outcome: 'refused', code, message }
  }
  if (data !== undefined && data !== null && !isJsonObject(data)) return unreadable('data', '应为对象')
  const prepared = prepare(data ?? {})
  if (!prepared.ok) return { outcome: 'unreadable', problems: prepared.problems }
  const read = readFields(schema, prepared.value, 'data')
  if (!read.ok) return { outcome: 'unreadable', problems: read.problems }
  const drift = joinDrift(prepared.drift, read.drift, envelopeDrift(body.value))
  return { outcome: 'success', value: read.value, drift }
}

/**
 * The envelope's code as text; whole numbers in their plain form only. `1.0`, `true`, `"01"` and `"00"` are neither
 * success nor refusal: a write that is answered so is unknown, because calling it refused could pay twice.
 */
export function readCode(code: unknown): string | undefined {
  const text = code instanceof JsonNumber ? code.text : code
  return typeof text === 'string' && /^(0|-?[1-9]\d{0,8})$/.test(text) ? text : undefined
}

/** One field under several spellings (Q4). The first is the table's; all present and different is a conflict. */
export function unifySpellings(object: JsonObject, spellings: readonly [string, ...string[]]): WireRead<JsonObject> {
  const present = spellings.filter((name) => Object.hasOwn(object, name))
  const [first] = present
  if (first === undefined) return { ok: true, value: object, drift: [] }
  const other = present.find((name) => !sameValue(object[name], object[first]))
  if (other !== undefined) {
    return { ok: false, problems: [{ path: `${first}/${other}`, expected: '两种写法的值应当相同' }] }
  }
  const rest = Object.fromEntries(Object.entries(object).filter(([key]) => !spellings.includes(key)))
  return { ok: true, value: { ...rest, [spellings[0]]: object[first] }, drift: [] }
}

/** Equal on the wire: the same number in another spelling (`0`, `0.00`, `"0"`) is the same value. */
export function sameValue(left: unknown, right: unknown): boolean {
  const leftText = scalarText(left)
  const rightText = scalarText(right)
  if (leftText === undefined || rightText === undefined) return stringifyJson(left) === stringifyJson(right)
  return leftText === rightText || (isNumeric(leftText) && trimZeros(leftText) === trimZeros(rightText))
}

export function describeProblems(problems: readonly WireProblem[]): string {
  return problems
    .map((problem) => (problem.path === '' ? problem.expected : `${problem.path}：${problem.expected}`))
    .join('；')
}

function isPresent(object: JsonObject, path: readonly PropertyKey[]): boolean {
  let value: unknown = object
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  return value !== undefined
}

function unreadable(path: string, expected: string): { outcome: 'unreadable'; problems: readonly WireProblem[] } {
  return { outcome: 'unreadable', problems: [{ path, expected }] }
}

function saysNo(success: unknown): boolean {
  return success === false || success === 'false'
}

function scalarText(value: unknown): string | undefined {
  if (value instanceof JsonNumber) return value.text
  return typeof value === 'string' ? value : undefined
}

function isNumeric(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text)
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
