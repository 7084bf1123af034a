import { expect, it } from 'vitest'
import { billCsv } from './export-csv.ts'

it('an empty comparison is a header', () => {
  expect(billCsv([])).toMatch(/^\uFEFF"对账结果".*\r\n$/)
})
