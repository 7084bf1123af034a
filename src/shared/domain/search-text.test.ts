import { describe, expect, it } from 'vitest'
import { readSearchText } from './search-text.ts'

/** 2026-03-20 10:00 in UTC+8. */
const NOW_MS = Date.UTC(2026, 2, 20, 2)
const read = (text: string) => readSearchText(text, NOW_MS)

describe('the words of the search box', () => {
  it.each([
    ['MZ20260318000101', { kind: 'number', text: 'MZ20260318000101', amountFen: undefined }],
    ['102X', { kind: 'number', text: '102X', amountFen: undefined }],
    ['1234', { kind: 'number', text: '1234', amountFen: 123400 }],
    ['¥1,234.56', { kind: 'number', text: '¥1,234.56', amountFen: 123456 }],
    ['32.5元', { kind: 'number', text: '32.5元', amountFen: 3250 }],
    ['１２３４', { kind: 'number', text: '1234', amountFen: 123400 }],
    ['zzx', { kind: 'letters', text: 'zzx' }],
    ['知行', { kind: 'name', text: '知行' }],
    ['古丽·阿', { kind: 'name', text: '古丽·阿' }],
  ])('%s', (text, word) => {
    expect(read(text)).toEqual({ words: [word] })
  })

  it.each([
    ['今天', '2026-03-20', '2026-03-20'],
    ['昨天', '2026-03-19', '2026-03-19'],
    ['前天', '2026-03-18', '2026-03-18'],
    ['2026-03-18', '2026-03-18', '2026-03-18'],
    ['2026/3/8', '2026-03-08', '2026-03-08'],
    ['2026年3月18日', '2026-03-18', '2026-03-18'],
    ['3月18日', '2026-03-18', '2026-03-18'],
    ['12月31号', '2025-12-31', '2025-12-31'],
    ['2024年2月', '2024-02-01', '2024-02-29'],
  ])('%s is a day', (text, from, to) => {
    expect(read(text)).toEqual({ words: [], from, to })
  })

  it('reads the last hour before midnight in Beijing as that day', () => {
    expect(readSearchText('今天', Date.UTC(2026, 2, 20, 15, 59))).toMatchObject({ from: '2026-03-20' })
    expect(readSearchText('今天', Date.UTC(2026, 2, 20, 16, 0))).toMatchObject({ from: '2026-03-21' })
  })

  it('takes a day beside other words, whatever their order', () => {
    const words = [{ kind: 'name', text: '周知行' }]
    expect(read('周知行 今天')).toEqual({ words, from: '2026-03-20', to: '2026-03-20' })
    expect(read('  今天　周知行 ')).toEqual({ words, from: '2026-03-20', to: '2026-03-20' })
  })

  it('finds nothing where two days contradict each other', () => {
    const { from = '', to = '' } = read('今天 昨天')
    expect(from > to).toBe(true)
  })

  it('searches for a day that does not exist as for any number', () => {
    expect(read('2026-02-30')).toEqual({ words: [{ kind: 'number', text: '2026-02-30', amountFen: undefined }] })
    expect(read('2月30日').words).toEqual([{ kind: 'name', text: '2月30日' }])
  })
})
