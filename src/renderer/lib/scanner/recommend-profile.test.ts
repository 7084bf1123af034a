import { describe, expect, test } from 'vitest'
import { diagnoseScan } from './diagnose-scan.ts'
import type { RecordedKey } from './key-recorder.ts'
import { recommendProfile } from './recommend-profile.ts'

const CODE = 'MZ-ab7Qz'
const CODES: Readonly<Record<string, string>> = { '-': 'Minus', '\n': 'Enter', '\t': 'Tab' }

/** The keys of a scanner that types this text. */
function keysOf(text: string, gapMs = 10, change: Partial<RecordedKey> = {}): RecordedKey[] {
  return [...text].map((key, index) => ({
    code: CODES[key] ?? (/\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`),
    key,
    shift: /[A-Z]/.test(key),
    alt: false,
    capsLock: false,
    composed: false,
    atMs: 1000 + index * gapMs,
    ...change,
  }))
}

const recommend = (...scans: RecordedKey[][]) =>
  recommendProfile(
    scans.map((keys) => diagnoseScan(keys, CODE)),
    CODE,
  )
const thrice = (keys: RecordedKey[]) => recommend(keys, keys, keys)

describe('a scanner that works', () => {
  test('is recommended as it is', () => {
    expect(thrice(keysOf(`${CODE}\n`))).toEqual({
      profile: { prefix: '', suffix: 'Enter', fastGapMs: 50, letterCase: 'asSent' },
      advice: [],
    })
  })

  test('with prefix, Tab, slow pace and swapped letters is recommended so', () => {
    expect(thrice(keysOf('77mz-AB7qZ\t', 60))).toEqual({
      profile: { prefix: '77', suffix: 'Tab', fastGapMs: 90, letterCase: 'swapped' },
      advice: ['swapped'],
    })
  })

  test('without a suffix works, more slowly', () => {
    expect(thrice(keysOf(CODE))).toMatchObject({ profile: { suffix: '' }, advice: ['noSuffix'] })
  })
})

describe('a scanner that cannot work', () => {
  test.each([
    ['lost', keysOf('MZ-ab7z\n')],
    ['keyboardLanguage', keysOf('MW-qb7Aw\n')],
    ['oneCase', keysOf('MZ-AB7QZ\n')],
    ['capsLock', keysOf('mz-AB7qZ\n', 10, { capsLock: true })],
    ['ime', keysOf(`${CODE}\n`, 10, { composed: true })],
    ['tooSlow', keysOf(`${CODE}\n`, 90)],
    ['extra', keysOf(`${CODE}99\n`)],
    [
      'altCodes',
      keysOf(`${CODE}\n`, 10, { alt: true }).map((key) => ({ ...key, code: key.code.replace('Digit', 'Numpad') })),
    ],
  ] as const)('is told what to change: %s', (advice, keys) => {
    const found = thrice([...keys])
    expect(found.profile).toBeNull()
    expect(found.advice).toContain(advice)
  })

  test('because it is another each time', () => {
    expect(recommend(keysOf(`${CODE}\n`), keysOf(`9${CODE}\n`), keysOf(`${CODE}\n`))).toEqual({
      profile: null,
      advice: ['differs'],
    })
  })
})

test('a diagnosis gives the gaps in milliseconds', () => {
  const keys = keysOf(`${CODE}\n`, 12).map((key, index) => ({ ...key, atMs: key.atMs + (index > 4 ? 100 : 0) }))
  expect(diagnoseScan(keys, CODE).gapsMs).toEqual({ median: 12, least: 12, most: 112 })
})
