import { describe, expect, test } from 'vitest'
import { anOrder, NOW_MS } from '#test/support/window-fixtures.ts'
import { moveInList } from './list-keys.ts'
import { centreWords, notLegal, wordsFor } from './order-words.ts'
import { ageWords, countdownWords, shortTime } from './time-words.ts'

describe('a list', () => {
  const keys = ['a', 'b', 'c']
  test.each([
    ['ArrowDown', null, 'a'],
    ['ArrowDown', 'a', 'b'],
    ['ArrowDown', 'c', 'c'],
    ['ArrowUp', null, 'c'],
    ['ArrowUp', 'a', 'a'],
    ['Home', 'c', 'a'],
    ['End', 'a', 'c'],
    ['PageDown', 'a', 'c'],
    ['KeyX', 'a', undefined],
    ['toString', 'a', undefined],
  ])('%s from %s goes to %s', (code, from, to) => {
    expect(moveInList(code, keys, from)).toBe(to)
  })
  test('without rows goes nowhere', () => {
    for (const code of ['ArrowDown', 'ArrowUp', 'Home', 'End']) expect(moveInList(code, [], null)).toBeUndefined()
  })
  test('keeps its row when others arrive above it', () => {
    expect(moveInList('ArrowDown', ['new', ...keys], 'a')).toBe('b')
  })
})

describe('words of an order', () => {
  test('say first why a person must look', () => {
    const attention = { reason: 'identityFailed', sinceMs: NOW_MS, detail: null } as const
    expect(wordsFor(anOrder({ state: 'settled', attention })).name).toBe('金额不平')
    expect(wordsFor(anOrder({ state: 'settled' })).name).toBe('已结清')
  })
  test('give a reason for what is not legal, and none for what is', () => {
    const settled = anOrder({ state: 'settled', may: { upload: false, revoke: false, query: true } })
    expect(notLegal('revoke', settled)).toBe('患者已支付，不能撤销上传')
    expect(notLegal('upload', anOrder())).toBeNull()
  })
  test('carry the words that came with a failed operation', () => {
    const operation = { id: '1', kind: 'upload', state: 'failed', startedAtMs: NOW_MS, message: '不在参保期' } as const
    expect(centreWords(anOrder({ operation }))).toBe('不在参保期')
    expect(centreWords(anOrder({ operation: { ...operation, state: 'succeeded' } }))).toBeNull()
  })
})

test('times are short near by and whole far away', () => {
  expect(shortTime(NOW_MS - 60_000, NOW_MS)).toBe('09:59')
  expect(shortTime(NOW_MS - 86_400_000, NOW_MS)).toBe('01-04 10:00')
  expect(shortTime(NOW_MS - 10 * 86_400_000, NOW_MS)).toBe('2025-12-26 10:00')
  expect([1000, 9000, 61_000, 7_200_000].map((age) => ageWords(NOW_MS - age, NOW_MS))).toEqual([
    '刚刚',
    '9 秒前',
    '1 分钟前',
    '2 小时前',
  ])
  expect([299_001, 61_000, 0, -5000].map(countdownWords)).toEqual(['5:00', '1:01', '0:00', '0:00'])
})
