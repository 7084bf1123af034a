import { describe, expect, test } from 'vitest'
import { isMismatch, matchPerson } from './same-person.ts'

const CHARGE = { patientName: '古丽·阿卜杜热西提', idNo: '99010119880307102X' }
const told = (userName: string | null, idNo: string | null) => ({ userName, idNo, insuOrg: null })

describe('what is told of an e-voucher’s person', () => {
  test.each([
    ['古丽·阿卜杜热西提', '99010119880307102X'],
    ['古丽•阿卜杜热西提', '99010119880307102x'],
    [' 古丽 阿卜杜热西提 ', '990101880307102'],
    ['古*提', '990***********102X'],
    ['古丽·阿卜杜热西提', null],
    [null, '99010119880307102X'],
    ['***', '99010119880307102X'],
  ])('%s, %s is the charge’s', (userName, idNo) => {
    expect(isMismatch(matchPerson(told(userName, idNo), CHARGE))).toBe(false)
  })

  test.each([
    ['周知行', '99010119880307102X'],
    ['古丽·阿卜杜热西提', '990102196209180116'],
    ['古*', '990***********0116'],
    ['周*', null],
    ['古丽', null],
    ['周.*', null],
  ])('%s, %s is somebody else’s', (userName, idNo) => {
    expect(isMismatch(matchPerson(told(userName, idNo), CHARGE))).toBe(true)
  })

  test('says nothing where nothing is told, or where the charge has no number', () => {
    expect(matchPerson(told(null, null), CHARGE)).toEqual({ name: null, idNo: null })
    expect(matchPerson(told(null, '99010119880307102X'), { ...CHARGE, idNo: '' })).toEqual({ name: null, idNo: null })
  })
})
