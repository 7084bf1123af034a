import { expect, test } from 'vitest'
import { ERROR_CODES, errorGroup, failure } from './error-codes.ts'

test.each(ERROR_CODES)('%s has a Chinese sentence and says what to do next', (code) => {
  expect(failure(code).message).toMatch(/[\u4e00-\u9fff]/)
  expect(['retryNow', 'correctInput', 'otherWay', 'waitUnknown', 'callSomeone', 'signIn']).toContain(errorGroup(code))
})

test('a failure carries more exact words and details when it is given them', () => {
  expect(failure('INPUT_INVALID')).toEqual({ code: 'INPUT_INVALID', message: '输入的内容不符合要求' })
  expect(failure('INPUT_INVALID', '金额：应为数字', { path: 'amount' })).toEqual({
    code: 'INPUT_INVALID',
    message: '金额：应为数字',
    details: { path: 'amount' },
  })
})

test('the words for an unknown outcome forbid charging again', () => {
  expect(failure('OUTCOME_UNKNOWN').message).toContain('请勿再次收费')
  expect(errorGroup('OUTCOME_UNKNOWN')).toBe('waitUnknown')
})
