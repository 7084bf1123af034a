import type { z } from 'zod'

/** One mistake in an input: where it is and what belongs there. Never what was found there. */
export interface InputProblem {
  /** Dotted, list places in brackets: `centre.baseUrl`, `states[0]`; empty for the input as a whole. */
  readonly path: string
  /** zh-CN: what was expected. */
  readonly expected: string
}

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly InputProblem[] }

/** Parses with words for people: the schema's own where it has some, ours where it has none. */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): Read<z.output<S>> {
  const read = schema.safeParse(input, { error: expectation })
  return read.success
    ? { ok: true, value: read.data }
    : { ok: false, problems: read.error.issues.flatMap(problemsOfIssue).slice(0, MOST_PROBLEMS) }
}

/** One sentence that names every field: `centre.baseUrl：应为 http 或 https 网址；listener.port：…`. */
export function describeProblems(problems: readonly InputProblem[]): string {
  return problems.map((problem) => `${problem.path === '' ? '内容' : problem.path}：${problem.expected}`).join('；')
}

/** A hostile input may hold thousands of mistakes; nobody reads more than these. */
const MOST_PROBLEMS = 50
const LONGEST_NAME = 64

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

function problemsOfIssue(issue: Issue): InputProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: pathText(issue.path), expected: issue.message }]
  return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), expected: '没有这一项，请检查拼写' }))
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const name = String(part).slice(0, LONGEST_NAME)
    return text === '' ? name : `${text}.${name}`
  }, '')
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: '应为文本',
  number: '应为数字',
  int: '应为整数',
  boolean: '应为 true 或 false',
  array: '应为列表',
  object: '应为对象',
  record: '应为对象',
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  uuid: '应为 uuid',
  url: '应为网址',
  date: '应为日期 YYYY-MM-DD',
}

function expectation(issue: RawIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? '必填' : (TYPE_WORDS[issue.expected] ?? '类型不对')
  }
  if (issue.code === 'invalid_value') return `应为 ${issue.values.map(String).join('、')} 之一`
  if (issue.code === 'too_big') return `最多 ${issue.maximum}${unit(issue.origin)}`
  if (issue.code === 'too_small') return `最少 ${issue.minimum}${unit(issue.origin)}`
  if (issue.code === 'invalid_format') return FORMAT_WORDS[issue.format] ?? '格式不对'
  return '内容不符合要求'
}

function unit(origin: string): string {
  if (origin === 'string') return ' 个字符'
  return origin === 'array' ? ' 项' : ''
}
