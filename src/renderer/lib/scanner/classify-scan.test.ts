import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { classifyScan, isResidentId, type ScanKind } from './classify-scan.ts'

const nothingPending = () => false

describe('a scanned text', () => {
  test.each<[string, ScanKind]>([
    ['990101ec8pfd85o1f35635a8c000002f3d795f', 'ecToken'],
    ['990101EC8pfd85o1f35635a8c000002f3d795f', 'unknown'],
    ['990101ec8pfd85o1f35635a8c000002f3d795', 'unknown'],
    ['AUTH990101202601051000000000001', 'payAuthNo'],
    ['a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5', 'payAuthNo'],
    ['8pfd85o1f35635a8c000002f3d795f', 'payAuthNo'],
    ['990101ec8pfd85o1f35635a8c00000', 'unknown'],
    ['90101ec8pfd85o1f35635a8c000002', 'unknown'],
    ['99010119880307102X', 'residentId'],
    ['99010119880307102x', 'residentId'],
    ['990101900101001', 'residentId'],
    ['990101199001010011', 'unknown'],
    ['134567890123456789', 'wechatPayCode'],
    ['281234567890123456', 'alipayPayCode'],
    ['301234567890123456789012', 'alipayPayCode'],
    ['https://example.org/pay?x=1', 'url'],
    ['wxp://f2f0abc', 'url'],
    ['6901234567892', 'drugBarcode'],
    ['81234567890123456789', 'drugBarcode'],
    ['', 'unknown'],
    ['患者', 'unknown'],
  ])('%j is %s', (text, kind) => {
    expect(classifyScan(text, nothingPending).kind).toBe(kind)
  })

  test('that is the number of a pending charge is that, whatever else it looks like', () => {
    const pending = new Set(['6901234567892', 'P32165835646'])
    expect(classifyScan('6901234567892', (number) => pending.has(number))).toEqual({
      kind: 'chargeNumber',
      value: '6901234567892',
    })
    expect(classifyScan('P32165835646', nothingPending).kind).toBe('unknown')
  })

  test('is a token only in its whole and exact form', () => {
    const token = fc.stringMatching(/^\d{6}ec[a-z0-9]{30}$/)
    fc.assert(fc.property(token, (text) => classifyScan(text, nothingPending).kind === 'ecToken'))
    fc.assert(
      fc.property(token, fc.integer({ min: 0, max: 37 }), (text, at) => {
        const lostOneKey = text.slice(0, at) + text.slice(at + 1)
        return classifyScan(lostOneKey, nothingPending).kind !== 'ecToken'
      }),
    )
  })
})

test('an authorisation number that only its length tells is not sure', () => {
  const sureOf = (text: string) => {
    const scan = classifyScan(text, nothingPending)
    return scan.kind === 'payAuthNo' && scan.isSure
  }
  expect(sureOf('AUTH990101202601051000000000001')).toBe(true)
  expect(sureOf('8pfd85o1f35635a8c000002f3d795f')).toBe(false)
})

test('a resident id has a true day and check character', () => {
  expect(isResidentId('99010119880307102X')).toBe(true)
  expect(isResidentId('990101199002300010')).toBe(false)
  expect(isResidentId('990101199001010010')).toBe(false)
})
