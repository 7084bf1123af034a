import { expect, it } from 'vitest'
import { feeFingerprint } from './fee-fingerprint.ts'

const LINE = '{"feedetlSn":"1","medListCodg":"012","cnt":"1.0000","pric":"15.000000","detItemFeeSumamt":"15.000000"}'
const OTHER = '{"feedetlSn":"2","medListCodg":"X","cnt":1,"pric":1.5,"detItemFeeSumamt":1.50}'
const charge = (lines: string, amounts = '"medfeeSumamt":"16.50"', rest = '') =>
  feeFingerprint(`{${amounts}${rest},"feedetailList":[${lines}]}`)
const BASE = charge(`${LINE},${OTHER}`)

it.each([
  ['lines in another order', charge(`${OTHER},${LINE}`)],
  ['numbers in another spelling', charge(`${LINE.replace('"1.0000"', '1')},${OTHER.replace('1.50', '"1.5000"')}`)],
  [
    'fields in another order',
    charge(`${LINE},{"pric":1.5,"cnt":1,"detItemFeeSumamt":1.5,"medListCodg":"X","feedetlSn":"2"}`),
  ],
  ['an empty field', charge(`${LINE.replace('{', '{"memo":"",')},${OTHER}`)],
  ['an amount of nothing', charge(`${LINE},${OTHER}`, '"medfeeSumamt":16.5,"outOfMIFee":"0.00"')],
  ['another patient text', charge(`${LINE},${OTHER}`, undefined, ',"mainCondDscr":"咳嗽"')],
])('%s is the same fee', (_what, fingerprint) => expect(fingerprint).toBe(BASE))

it.each([
  ['another price', charge(`${LINE.replace('15.000000', '15.000001')},${OTHER}`)],
  ['another count', charge(`${LINE.replace('1.0000', '2.0000')},${OTHER}`)],
  ['a line less', charge(LINE)],
  ['another code, though the same number', charge(`${LINE.replace('012', '12')},${OTHER}`)],
  ['another total', charge(`${LINE},${OTHER}`, '"medfeeSumamt":"16.51"')],
  ['something outside the catalogue', charge(`${LINE},${OTHER}`, '"medfeeSumamt":"16.50","outOfMIFee":1')],
])('%s is another fee', (_what, fingerprint) => expect(fingerprint).not.toBe(BASE))
