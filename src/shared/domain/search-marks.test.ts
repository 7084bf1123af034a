import { describe, expect, it } from 'vitest'
import { fen } from './money.ts'
import { type SearchedOrder, searchMarks } from './search-marks.ts'
import { readSearchText } from './search-text.ts'

const ORDER: SearchedOrder = {
  medOrgOrd: 'MZ20260318000102',
  payOrdId: 'ORD99010020260318093001000012',
  patientName: '周知行',
  nameInitials: 'zzx',
  idNo: '99010219620918011X',
  totalFen: fen(123456),
}
const marks = (text: string, order = ORDER) => searchMarks(readSearchText(text, 0).words, order)

describe('where a word was found', () => {
  it.each([
    ['MZ20260318000102', { field: 'medOrgOrd', from: 0, to: 16 }],
    ['mz2026', { field: 'medOrgOrd', from: 0, to: 6 }],
    ['000102', { field: 'medOrgOrd', from: 10, to: 16 }],
    ['000012', { field: 'payOrdId', from: 23, to: 29 }],
    ['011x', { field: 'maskedIdNo', from: 14, to: 18 }],
    ['1234.56', { field: 'amount', from: 0, to: 8 }],
    ['知行', { field: 'patientName', from: 1, to: 3 }],
    ['zz', { field: 'patientName', from: 0, to: 2 }],
    ['ORD9901', { field: 'payOrdId', from: 0, to: 7 }],
  ])('%s', (text, mark) => {
    expect(marks(text)).toEqual([mark])
  })

  it('marks each word at its own place', () => {
    expect(marks('周 011X')).toEqual([
      { field: 'patientName', from: 0, to: 1 },
      { field: 'maskedIdNo', from: 14, to: 18 },
    ])
  })

  it('counts no initial for the dot in a name', () => {
    const order = { ...ORDER, patientName: '古丽·阿卜', nameInitials: 'glab' }
    expect(marks('gla', order)).toEqual([{ field: 'patientName', from: 0, to: 4 }])
  })

  it('marks nothing where nothing of the shown text is meant', () => {
    expect(marks('张')).toEqual([])
    expect(marks('今天')).toEqual([])
  })
})
