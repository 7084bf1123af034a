import defaults from './dictionaries.json' with { type: 'json' }

/**
 * The code lists that the interface document refers to and does not print. They are defaults from public material and
 * stand as data, because sites differ: nothing may be decided by them, they only name a code for people.
 */
export type DictionaryName = keyof typeof defaults

const dictionaries: Readonly<Record<DictionaryName, Readonly<Record<string, string>>>> = defaults

/** `code 名称`, e.g. "6 结算完成"; an unknown code is shown as itself (quirks Q17, Q20). */
export function nameOf(dictionary: DictionaryName, code: string): string {
  const name = lookUp(dictionary, code)
  return name === undefined ? code : `${code} ${name}`.trim()
}

/** Whether the dictionary lists exactly this code. */
export function isListed(dictionary: DictionaryName, code: string): boolean {
  return Object.hasOwn(dictionaries[dictionary], code)
}

/** Regions add sub-codes of four or six digits to these: they are named by their two-digit stem. */
const NAMED_BY_STEM: ReadonlySet<DictionaryName> = new Set(['medType', 'medChrgitmType'])

function lookUp(dictionary: DictionaryName, code: string): string | undefined {
  if (isListed(dictionary, code)) return dictionaries[dictionary][code]
  const stem = code.slice(0, 2)
  const hasStem = NAMED_BY_STEM.has(dictionary) && /^\d{4}(\d{2})?$/.test(code) && isListed(dictionary, stem)
  return hasStem ? dictionaries[dictionary][stem] : undefined
}
