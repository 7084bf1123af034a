import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen, MAX_FEN } from '#shared/domain/money.ts'
import { spokenAmount } from './spoken-amount.ts'

describe('an amount as it is said', () => {
  test.each([
    [26_495, '二百六十四元九角五分'],
    [0, '零元'],
    [1, '一分'],
    [2, '两分'],
    [20, '两角'],
    [25, '两角五分'],
    [100, '一元'],
    [200, '两元'],
    [220, '两元二角'],
    [105, '一元零五分'],
    [1000, '十元'],
    [1200, '十二元'],
    [11_000, '一百一十元'],
    [20_000, '二百元'],
    [10_005, '一百元零五分'],
    [100_500, '一千零五元'],
    [101_000, '一千零一十元'],
    [222_222, '两千二百二十二元二角二分'],
    [2_200_000, '两万两千元'],
    [10_000_000, '十万元'],
    [10_050_000, '十万零五百元'],
    [2_000_200, '两万零二元'],
    [20_000_000_000, '两亿元'],
    [100_000_000_500, '十亿零五元'],
  ])('%i fen', (amount, words) => {
    expect(spokenAmount(fen(amount))).toBe(words)
  })

  test('can be understood again, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_FEN }), (amount) => {
        expect(understood(spokenAmount(fen(amount)))).toBe(amount)
      }),
    )
  })

  test('never has two zeros beside each other, nor one at an end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_FEN }), (amount) => {
        expect(spokenAmount(fen(amount))).not.toMatch(/零零|^零|零$|零[元角分万亿千百十]/)
      }),
    )
  })
})

const DIGITS = '零一二三四五六七八九'
const SIZES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** The listener's side, written from how such words are read and not from how they are made. */
function understood(words: string): number {
  const [, yuan = '', jiao = '', fenWords = ''] = /^(?:(.+)元)?(?:零)?(?:(.)角)?(?:(.)分)?$/.exec(words) ?? []
  return wholeOf(yuan) * 100 + digitOf(jiao) * 10 + digitOf(fenWords)
}

function wholeOf(words: string): number {
  for (const [name, size] of [
    ['亿', 100_000_000],
    ['万', 10_000],
  ] as const) {
    const at = words.lastIndexOf(name)
    if (at >= 0) return wholeOf(words.slice(0, at)) * size + wholeOf(words.slice(at + 1))
  }
  let [sum, digit] = [0, 0]
  for (const [index, letter] of [...words].entries()) {
    const size = SIZES[letter]
    if (size === undefined) digit = digitOf(letter)
    else {
      sum += (index === 0 && letter === '十' ? 1 : digit) * size
      digit = 0
    }
  }
  return sum + digit
}

function digitOf(letter: string): number {
  return letter === '两' ? 2 : Math.max(0, DIGITS.indexOf(letter))
}
