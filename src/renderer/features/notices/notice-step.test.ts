import { expect, test } from 'vitest'
import { noticeStep } from './notice-step.ts'

const FORM = { psnName: '测试丙', idType: '01', idNo: '990101199001010013', msgType: '1', channel: '' } as const
const READY = { form: FORM, sending: false, cameOf: null } as const

test('a notice asks for what lacks, one thing at a time, and then for the key that sends it', () => {
  expect(noticeStep({ ...READY, form: { ...FORM, psnName: ' ', idNo: '' } }, null)).toBe('name')
  expect(noticeStep({ ...READY, form: { ...FORM, idNo: '' } }, null)).toBe('idNo')
  expect(noticeStep(READY, null)).toBe('ready')
})

test('what came of the last one is said until the form is touched; nothing is asked for that cannot be sent', () => {
  expect(noticeStep({ ...READY, form: { ...FORM, psnName: '' }, cameOf: 'sent' }, null)).toBe('sent')
  expect(noticeStep({ ...READY, cameOf: 'unknown' }, null)).toBe('unknown')
  expect(noticeStep(READY, '连不上支付中心')).toBe('blocked')
  expect(noticeStep({ ...READY, sending: true }, '连不上支付中心')).toBe('sending')
})
