import type { InputProblem } from '#shared/contract/problems.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { DICTIONARY_NAMES, type DictionaryName } from '#shared/domain/dictionaries.ts'
import { DICTIONARY_WORDS, SETTING_WORDS, type SettingPath } from '../../ui/words/settings.ts'
import { fieldKind, optionLabel } from './setting-fields.ts'

/** Settings as they are being typed: the shape of the schema, the values perhaps wrong. */
export type Draft = Readonly<Record<string, unknown>>

/** One difference from what is in force, in words. */
export interface SettingChange {
  readonly path: string
  readonly name: string
  readonly from: string
  readonly to: string
}

// Object.keys forgets the literal names of a constant table.
const PATHS = Object.keys(SETTING_WORDS) as readonly SettingPath[]

export function valueAt(draft: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), draft)
}

/** The draft with another value there; `undefined` takes the setting out, so that its default holds. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [key = '', ...rest] = path.split('.')
  if (rest.length > 0) {
    const inner = draft[key]
    return { ...draft, [key]: withValue(isRecord(inner) ? inner : {}, rest.join('.'), value) }
  }
  if (value !== undefined) return { ...draft, [key]: value }
  return Object.fromEntries(Object.entries(draft).filter(([name]) => name !== key))
}

/** Names of one dictionary as the draft has them. */
export function siteNames(draft: Draft, dictionary: DictionaryName): Readonly<Record<string, string>> {
  const names = valueAt(draft, `dictionaries.${dictionary}`)
  const entries = isRecord(names) ? Object.entries(names) : []
  return Object.fromEntries(entries.map(([code, name]) => [code, String(name)]))
}

/** One name of the site; `undefined` removes it. Codes may hold dots, so this is no path. */
export function withSiteName(draft: Draft, dictionary: DictionaryName, code: string, name: string | undefined): Draft {
  const others = Object.entries(siteNames(draft, dictionary)).filter(([known]) => known !== code)
  const names = Object.fromEntries(name === undefined ? others : [...others, [code, name]])
  return withValue(draft, `dictionaries.${dictionary}`, Object.keys(names).length === 0 ? undefined : names)
}

/** What saving would change, setting by setting, in the order of the screen. */
export function changesOf(saved: Settings, draft: Draft): readonly SettingChange[] {
  const settings = PATHS.flatMap((path): SettingChange[] => {
    const [from, to] = [valueAt(saved, path), valueAt(draft, path)]
    if (JSON.stringify(from) === JSON.stringify(to)) return []
    return [{ path, name: SETTING_WORDS[path].name, from: valueWords(path, from), to: valueWords(path, to) }]
  })
  return [...settings, ...DICTIONARY_NAMES.flatMap((dictionary) => nameChanges(saved, draft, dictionary))]
}

function nameChanges(saved: Draft, draft: Draft, dictionary: DictionaryName): SettingChange[] {
  const [before, after] = [siteNames(saved, dictionary), siteNames(draft, dictionary)]
  const codes = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return codes
    .filter((code) => before[code] !== after[code])
    .map((code) => ({
      path: `dictionaries.${dictionary}`,
      name: `字典 ${DICTIONARY_WORDS[dictionary]} ${code}`,
      from: before[code] ?? '（出厂名称）',
      to: after[code] ?? '（出厂名称）',
    }))
}

function valueWords(path: SettingPath, value: unknown): string {
  if (fieldKind(path).kind === 'secret' && value !== '') return '••••'
  const label = optionLabel(path, value)
  if (label !== undefined) return label
  if (Array.isArray(value)) return value.length === 0 ? '（空）' : value.join('、')
  return value === undefined || value === '' ? '（空）' : String(value)
}

/** The mistakes of one field; those inside a list are the list's. */
export function problemsAt(problems: readonly InputProblem[], path: string): readonly string[] {
  const own = problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}[`))
  return [...new Set(own.map(({ path: where, expected }) => `${placeWords(where)}${expected}`))]
}

function placeWords(path: string): string {
  const place = /\[(\d+)\]$/.exec(path)
  return place === null ? '' : `第 ${Number(place[1]) + 1} 项`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
