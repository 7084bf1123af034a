import type { Fen } from '#shared/domain/money.ts'

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const

/**
 * An amount as it is said: 26495 → 二百六十四元九角五分, 10005 → 一百元零五分, 200 → 两元. What is below zero is said by its
 * size: only amounts to pay are spoken.
 */
export function spokenAmount(amount: Fen): string {
  const size = Math.abs(amount)
  const yuan = Math.floor(size / 100)
  const [jiao, fen] = [Math.floor((size % 100) / 10), size % 10]
  if (size === 0) return '零元'
  const parts = [
    yuan > 0 ? `${aloneTwo(spokenNumber(yuan))}元` : '',
    jiao > 0 ? `${yuan > 0 ? DIGITS[jiao] : aloneTwo(digit(jiao))}角` : '',
    fen > 0 ? `${gap(yuan, jiao)}${size < 10 ? aloneTwo(digit(fen)) : digit(fen)}分` : '',
  ]
  return parts.join('')
}

/** 一元零五分: the missing 角 is heard. */
function gap(yuan: number, jiao: number): string {
  return yuan > 0 && jiao === 0 ? '零' : ''
}

/** Before a unit of money a two that stands alone is 两. */
function aloneTwo(words: string): string {
  return words === '二' ? '两' : words
}

function digit(value: number): string {
  return DIGITS[value] ?? ''
}

/** From large to small; what is left below the last is said digit by digit. */
const UNITS = [
  { size: 100_000_000, name: '亿' },
  { size: 10_000, name: '万' },
  { size: 1000, name: '千' },
  { size: 100, name: '百' },
  { size: 10, name: '十' },
] as const

/** A whole number from 1 on: 10 → 十, 110 → 一百一十, 1005 → 一千零五, 20000 → 两万. */
export function spokenNumber(value: number): string {
  const words = count(value)
  // 一十 at the very beginning is said 十.
  return words.startsWith('一十') ? words.slice(1) : words
}

function count(value: number): string {
  const unit = UNITS.find(({ size }) => value >= size)
  if (unit === undefined) return digit(value)
  const [times, rest] = [Math.floor(value / unit.size), value % unit.size]
  const head = `${timesWords(times, unit.name)}${unit.name}`
  if (rest === 0) return head
  return `${head}${rest < unit.size / 10 ? '零' : ''}${count(rest)}`
}

/** 两千, 两万, 两亿, but 二百 and 二十. */
function timesWords(times: number, unit: string): string {
  const words = count(times)
  return words === '二' && unit !== '百' && unit !== '十' ? '两' : words
}
