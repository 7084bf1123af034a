import { describe, expect, test } from 'vitest'
import { isListed, nameOf } from './dictionaries.ts'
import { readOrdStas } from './order-status.ts'

describe('nameOf', () => {
  test('shows code and name', () => {
    expect(nameOf('ordStas', '6')).toBe('6 结算完成')
    expect(nameOf('psnCertType', '01')).toBe('01 居民身份证（户口簿）')
    expect(nameOf('insutype', '390')).toBe('390 城乡居民基本医疗保险')
  })

  test('shows an unknown code as itself', () => {
    expect(nameOf('ordStas', '99')).toBe('99')
    expect(nameOf('rxCircFlag', '012')).toBe('012')
    expect(nameOf('psnType', '156001')).toBe('156001')
    expect(nameOf('ordStas', '__proto__')).toBe('__proto__')
    expect(nameOf('ordStas', 'toString')).toBe('toString')
  })

  test('names regional sub-codes by their two-digit stem, and no others', () => {
    expect(nameOf('medType', '110104')).toBe('110104 普通门诊')
    expect(nameOf('medChrgitmType', '1415')).toBe('1415 其他费')
    expect(nameOf('medType', '15')).toBe('15')
    expect(nameOf('medType', '9901')).toBe('9901')
    expect(nameOf('medType', '11x4')).toBe('11x4')
    expect(nameOf('insutype', '3101')).toBe('3101')
  })

  test('names of the site stand above the shipped ones, also by stem; an empty one hides nothing', () => {
    const site = { medType: { '11': '门诊', '9901': '互联网门诊', '12': '' } }
    expect(nameOf('medType', '11', site)).toBe('11 门诊')
    expect(nameOf('medType', '110104', site)).toBe('110104 门诊')
    expect(nameOf('medType', '9901', site)).toBe('9901 互联网门诊')
    expect(nameOf('medType', '12', site)).toBe('12 门诊挂号')
    expect(nameOf('insutype', '390', site)).toBe('390 城乡居民基本医疗保险')
    expect(nameOf('medType', '__proto__', site)).toBe('__proto__')
  })

  test('an empty channel has a meaning', () => {
    expect(nameOf('channel', '')).toBe('国家医保APP')
    expect(nameOf('ordStas', '')).toBe('')
  })
})

test('every named status code proves something, and every status that proves something is named', () => {
  const codes = Array.from({ length: 30 }, (_, code) => String(code))
  expect(codes.filter((code) => isListed('ordStas', code))).toEqual(
    codes.filter((code) => readOrdStas(code, null) !== undefined),
  )
})
