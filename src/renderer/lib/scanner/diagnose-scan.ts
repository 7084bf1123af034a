import type { RecordedKey } from './key-recorder.ts'
import { characterOf } from './scan-keys.ts'

/** What one scan of a known code tells of the scanner, the keyboard layout and the input method. */
export interface ScanDiagnosis {
  /** Characters of the code that did not come. */
  readonly lost: number
  /** Letters that came in the other case, of small ones and of capitals. */
  readonly flipped: { readonly small: number; readonly capital: number }
  /** Characters that came as others: another keyboard language is set. */
  readonly replaced: number
  readonly prefix: string
  /** Characters after the code, before the suffix key. */
  readonly extra: string
  readonly suffix: 'Enter' | 'Tab' | ''
  /** Between two keys, in ms. */
  readonly gapsMs: { readonly median: number; readonly least: number; readonly most: number }
  /** An input method took keys. */
  readonly ime: boolean
  readonly capsLock: boolean
  /** Characters came as Alt codes: numbers typed with Alt held. */
  readonly altCodes: boolean
}

export function diagnoseScan(keys: readonly RecordedKey[], expected: string): ScanDiagnosis {
  const typed = keys.flatMap(({ code, shift }) => characterOf(code, shift) ?? [])
  const text = typed.join('')
  const at = text.toLowerCase().indexOf(expected.toLowerCase())
  const isWhole = at >= 0
  const body = isWhole ? text.slice(at, at + expected.length) : text
  return {
    ...(isWhole ? { lost: 0, replaced: 0 } : losses(body, expected)),
    flipped: isWhole ? flips(body, expected) : { small: 0, capital: 0 },
    prefix: isWhole ? text.slice(0, at) : '',
    extra: isWhole ? text.slice(at + expected.length) : '',
    suffix: suffixOf(keys),
    gapsMs: gapsOf(keys),
    ime: keys.some(({ composed }) => composed),
    capsLock: keys.some(({ capsLock }) => capsLock),
    altCodes: keys.some(({ alt, code }) => alt && code.startsWith('Numpad')),
  }
}

/** As many characters as expected, but others: replaced. Fewer: lost. */
function losses(body: string, expected: string): Pick<ScanDiagnosis, 'lost' | 'replaced'> {
  if (body.length < expected.length) return { lost: expected.length - body.length, replaced: 0 }
  const wanted = [...expected.toLowerCase()]
  const replaced = wanted.filter((character, index) => body[index]?.toLowerCase() !== character).length
  return { lost: 0, replaced }
}

function flips(body: string, expected: string): ScanDiagnosis['flipped'] {
  const flipped = [...expected].filter((character, index) => body[index] !== character)
  return {
    small: flipped.filter((character) => character === character.toLowerCase()).length,
    capital: flipped.filter((character) => character === character.toUpperCase()).length,
  }
}

function suffixOf(keys: readonly RecordedKey[]): ScanDiagnosis['suffix'] {
  const last = keys.at(-1)?.code
  if (last === 'Enter' || last === 'NumpadEnter') return 'Enter'
  return last === 'Tab' ? 'Tab' : ''
}

function gapsOf(keys: readonly RecordedKey[]): ScanDiagnosis['gapsMs'] {
  const gaps = keys.slice(1).map(({ atMs }, index) => atMs - (keys[index]?.atMs ?? atMs))
  const sorted = gaps.toSorted((left, right) => left - right)
  const round = (ms: number | undefined) => Math.round(ms ?? 0)
  return { median: round(sorted[Math.floor(sorted.length / 2)]), least: round(sorted[0]), most: round(sorted.at(-1)) }
}
