import defaults from './dictionaries.json' with { type: 'json' }

/**
 * The code lists that the interface document refers to and does not print. They are defaults from public material and
 * stand as data, because sites differ: nothing may be decided by them, they only name a code for people.
 */
export type DictionaryName = keyof typeof defaults

/** Names of one site, above the shipped ones; a code that nobody shipped may be among them. */
export type DictionaryOverrides = Readonly<Partial<Record<DictionaryName, Readonly<Record<string, string>>>>>

const dictionaries: Readonly<Record<DictionaryName, Readonly<Record<string, string>>>> = defaults

export const DICTIONARY_NAMES = Object.keys(defaults) as readonly DictionaryName[]

/** `code 名称`, e.g. "6 结算完成"; an unknown code is shown as itself (quirks Q17, Q20). */
export function nameOf(dictionary: DictionaryName, code: string, overrides?: DictionaryOverrides): string {
  const name = lookUp(dictionary, code, overrides?.[dictionary])
  return name === undefined ? code : `${code} ${name}`.trim()
}

/** Code and name as shipped, in the order of the file. */
export function shippedNames(dictionary: DictionaryName): Readonly<Record<string, string>> {
  return dictionaries[dictionary]
}

/** Whether the shipped dictionary lists exactly this code. */
export function isListed(dictionary: DictionaryName, code: string): boolean {
  return Object.hasOwn(dictionaries[dictionary], code)
}

/** Whether the shipped dictionary has a name for this code, by its stem too. */
export function isNamed(dictionary: DictionaryName, code: string): boolean {
  return lookUp(dictionary, code) !== undefined
}

/** Regions add sub-codes of four or six digits to these: they are named by their two-digit stem. */
const NAMED_BY_STEM: ReadonlySet<DictionaryName> = new Set(['medType', 'medChrgitmType'])

/** The exact code first, the site's name before ours; then the stem in the same order. */
function lookUp(
  dictionary: DictionaryName,
  code: string,
  site: Readonly<Record<string, string>> = {},
): string | undefined {
  const exact = ownName(site, code) ?? ownName(dictionaries[dictionary], code)
  if (exact !== undefined || !NAMED_BY_STEM.has(dictionary) || !/^\d{4}(\d{2})?$/.test(code)) return exact
  const stem = code.slice(0, 2)
  return ownName(site, stem) ?? ownName(dictionaries[dictionary], stem)
}

/** Own names only, so that `__proto__` is as unknown as any other word; an empty name of a site hides nothing. */
function ownName(names: Readonly<Record<string, string>>, code: string): string | undefined {
  const name = Object.hasOwn(names, code) ? names[code] : undefined
  return name === '' ? undefined : name
}
