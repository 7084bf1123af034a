import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskIdNo, maskName, maskToken } from './masks.ts'

test('a token shows its first 6 and last 4', () => {
  expect(maskToken('510000ec8pfd85o1f35635a8c000002f3d795f')).toBe('510000••••795f')
  expect(maskToken('short-token')).toBe('••••')
  expect(maskToken('')).toBe('••••')
})

test('a resident id shows 3 and 4 of its characters', () => {
  expect(maskIdNo('99010119900101001X')).toBe('990•••••••••••001X')
  expect(maskIdNo('990101900101001')).toBe('990••••••••1001')
  expect(maskIdNo('1234567')).toBe('••••')
  expect(maskIdNo('')).toBe('••••')
})

test('a name keeps its first and last character, a short one its first', () => {
  expect(maskName('张三丰')).toBe('张*丰')
  expect(maskName('张三')).toBe('张*')
  expect(maskName('张')).toBe('*')
  expect(maskName('')).toBe('*')
  expect(maskName('买买提·艾力')).toBe('买****力')
  expect(maskName('𠮷野家')).toBe('𠮷*家')
})

test('a mask never gives more than its ends away', () => {
  const digits = fc.stringMatching(/^[0-9]{18}$/)
  fc.assert(fc.property(digits, (id) => !maskIdNo(id).includes(id.slice(3, 14))))
  const token = fc.stringMatching(/^[0-9]{6}ec[a-z0-9]{30}$/)
  fc.assert(fc.property(token, (text) => maskToken(text).length === 14 && !maskToken(text).includes(text.slice(6, 34))))
})
