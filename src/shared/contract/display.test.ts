import { describe, expect, test } from 'vitest'
import { fen } from '../domain/money.ts'
import { displayContentSchema, displayName } from './display.ts'

const PAYMENT = {
  kind: 'payment',
  step: 'pay',
  shownName: '周*行',
  split: { totalFen: fen(1), fundFen: null, accountFen: null, ownPayFen: null, prepaidFen: null, isForecast: true },
  payCode: { url: 'https://centre.example/pay', fromMs: 0, untilMs: 1 },
}
const holds = (content: unknown) => displayContentSchema.safeParse(content).success

describe("what the patient's display can hold", () => {
  test('is a payment with a masked name, and nothing at all', () => {
    expect(holds(PAYMENT)).toBe(true)
    expect(holds({ kind: 'idle' })).toBe(true)
  })

  test.each(['周知行', '周*知行', '周', '', '周* 行', '1*9', '990101199001010019', '周*行，内科'])(
    'is no name like %j',
    (shownName) => {
      expect(holds({ ...PAYMENT, shownName })).toBe(false)
    },
  )

  test.each([
    { maskedIdNo: '990•••001X' },
    { deptName: '肿瘤内科' },
    { medOrgOrd: 'MZ1' },
    { words: '请到 3 号窗口' },
    { split: { ...PAYMENT.split, diagnosis: 'C34' } },
    { payCode: { ...PAYMENT.payCode, title: '周知行' } },
    { payCode: { ...PAYMENT.payCode, url: 'javascript:alert(1)' } },
    { step: '请到 3 号窗口' },
  ])('is nothing beside that: %j', (more) => {
    expect(holds({ ...PAYMENT, ...more })).toBe(false)
  })

  test('takes no text into the idle screen', () => {
    expect(holds({ kind: 'idle', shownName: '周*行' })).toBe(false)
  })
})

test.each([
  ['周知行', '周*行'],
  ['周行', '周*'],
  ['周', '*'],
  ['', '*'],
  ['古丽·阿卜杜热西提·买买提', '古**提'],
  ['测试 1 号', '测*号'],
  ['*行*', '*'],
])('%j is shown as %j, and that can be held', (name, shown) => {
  expect(displayName(name)).toBe(shown)
  expect(holds({ ...PAYMENT, shownName: shown })).toBe(true)
})
