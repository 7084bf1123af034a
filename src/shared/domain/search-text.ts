import { type Fen, fenFromYuanText } from './money.ts'
import { dayOf, parseWireTime } from './time.ts'

/** One word of the search box: what its form says it may find. */
export type SearchWord =
  /** Holds a digit: the whole of a number of ours, its beginning, its tail; or an amount. */
  | { readonly kind: 'number'; readonly text: string; readonly amountFen: Fen | undefined }
  /** Letters alone: pinyin initials, or the beginning of a number. */
  | { readonly kind: 'letters'; readonly text: string }
  /** Anything else stands somewhere in a name. */
  | { readonly kind: 'name'; readonly text: string }

/** What the one search box asks for. */
export interface SearchText {
  readonly words: readonly SearchWord[]
  /** Calendar days in UTC+8 that its words name, inclusive; the range is empty where they contradict each other. */
  readonly from?: string
  readonly to?: string
}

/**
 * Reads the search box: digits find numbers, tails and amounts; letters find pinyin initials; other characters find
 * names; 今天, 昨天, 前天, 3月18日, 2026-03-18 and 2026年3月 are days. All words must fit.
 */
export function readSearchText(text: string, nowMs: number): SearchText {
  let days: Days | undefined
  const words: SearchWord[] = []
  for (const word of text.normalize('NFKC').split(/\s+/)) {
    if (word === '') continue
    const named = daysOf(word, nowMs)
    if (named === undefined) words.push(wordOf(word))
    else days = days === undefined ? named : { from: later(days.from, named.from), to: earlier(days.to, named.to) }
  }
  return { words, ...days }
}

interface Days {
  readonly from: string
  readonly to: string
}

function wordOf(text: string): SearchWord {
  if (/^[a-z]+$/i.test(text)) return { kind: 'letters', text }
  const amountFen = amountOf(text)
  if (amountFen !== undefined || /^[\x21-\x7e]*\d[\x21-\x7e]*$/.test(text)) return { kind: 'number', text, amountFen }
  return { kind: 'name', text }
}

/** Yuan as people write them: 32, 32.5, 1,234.56, ¥32.50, 32元. */
function amountOf(text: string): Fen | undefined {
  const match = /^¥?(\d{1,9}|\d{1,3}(?:,\d{3})+)(\.\d{1,2})?元?$/.exec(text)
  return match === null ? undefined : fenFromYuanText(`${match[1]?.replaceAll(',', '')}${match[2] ?? ''}`)
}

const DAY_MS = 24 * 60 * 60 * 1000
const DAYS_AGO: Readonly<Record<string, number>> = { 今天: 0, 昨天: 1, 前天: 2 }

function daysOf(word: string, nowMs: number): Days | undefined {
  const daysAgo = Object.hasOwn(DAYS_AGO, word) ? DAYS_AGO[word] : undefined
  if (daysAgo !== undefined) return oneDay(dayOf(nowMs - daysAgo * DAY_MS))
  return dayWithYear(word) ?? dayOfLastYear(word, nowMs) ?? monthWithYear(word)
}

/** 2026-03-18, 2026/3/18, 2026年3月18日. */
function dayWithYear(word: string): Days | undefined {
  const match = /^(\d{4})([-/.年])(\d{1,2})(?:\2|月)(\d{1,2})[日号]?$/.exec(word)
  return match === null ? undefined : oneDay(dayText(match[1], match[3], match[4]))
}

/** 3月18日: the last one that has been. */
function dayOfLastYear(word: string, nowMs: number): Days | undefined {
  const match = /^(\d{1,2})月(\d{1,2})[日号]?$/.exec(word)
  if (match === null) return undefined
  const today = dayOf(nowMs)
  const year = Number(today.slice(0, 4))
  const day = dayText(String(year), match[1], match[2])
  return oneDay(day <= today ? day : dayText(String(year - 1), match[1], match[2]))
}

/** 2026年3月. */
function monthWithYear(word: string): Days | undefined {
  const match = /^(\d{4})年(\d{1,2})月$/.exec(word)
  if (match === null || Number(match[2]) < 1 || Number(match[2]) > 12) return undefined
  const last = new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate()
  return { from: dayText(match[1], match[2], '1'), to: dayText(match[1], match[2], String(last)) }
}

/** `undefined` for a day that does not exist: the word is then searched for as it stands. */
function oneDay(day: string): Days | undefined {
  return parseWireTime(day) === undefined ? undefined : { from: day, to: day }
}

function dayText(year = '', month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function later(left: string, right: string): string {
  return left > right ? left : right
}

function earlier(left: string, right: string): string {
  return left < right ? left : right
}
