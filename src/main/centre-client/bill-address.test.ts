import { describe, expect, it } from 'vitest'
import { settingsSchema } from '#shared/contract/settings.ts'
import { billAddressRules, checkBillUrl } from './bill-address.ts'

const rulesOf = (centreUrl: string, bills: object = {}) =>
  billAddressRules(settingsSchema.parse({ environment: 'simulated', bills }).bills, centreUrl)
const check = (url: string, rules = rulesOf('https://centre.example/pmc')) => {
  const checked = checkBillUrl(url, rules)
  return checked.ok ? 'allowed' : checked.error
}

describe('the address of a bill', () => {
  it.each([
    ['https://centre.example/downbill', 'allowed'],
    ['https://CENTRE.example:8443/downbill?x=1', 'allowed'],
    ['http://centre.example/downbill', 'bills.allowHttp'],
    ['https://other.example/downbill', '不在允许之列'],
    ['https://bill.centre.example/downbill', '不在允许之列'],
    ['https://centre.example.evil.example/', '不在允许之列'],
    ['https://xcentre.example/', '不在允许之列'],
    ['https://centre.example@evil.example/', '用户名或密码'],
    ['https://user:secret@centre.example/', '用户名或密码'],
    ['https://evil.example\\@centre.example/', '不在允许之列'],
    ['ftp://centre.example/', 'https'],
    ['file:///etc/passwd', 'https'],
    ['/downbill', '不是网址'],
    [`https://centre.example/${'x'.repeat(3000)}`, '不是网址'],
  ])('%s: %s', (url, words) => {
    expect(check(url)).toContain(words)
    expect(check(url)).not.toContain('secret')
  })

  it('http is allowed where the centre itself is http, unless the setting refuses it', () => {
    const bill = 'http://127.0.0.1:9100/bill/1'
    expect(check(bill, rulesOf('http://127.0.0.1:9100'))).toBe('allowed')
    expect(check(bill, rulesOf('http://127.0.0.1:9100', { allowHttp: false }))).toContain('http')
    expect(check('http://centre.example/', rulesOf('https://centre.example', { allowHttp: true }))).toBe('allowed')
  })

  it('the list replaces the centre’s host; an entry with a port allows that port only', () => {
    const rules = rulesOf('https://centre.example', { allowedHosts: ['Files.example:8443', '10.0.0.7', '[::1]:9000'] })
    expect(check('https://files.example:8443/a', rules)).toBe('allowed')
    expect(check('https://files.example/a', rules)).toContain('files.example')
    expect(check('https://10.0.0.7:99/a', rules)).toBe('allowed')
    expect(check('https://0x0a.0.0.7/a', rules)).toBe('allowed')
    expect(check('https://[::1]:9000/a', rules)).toBe('allowed')
    expect(check('https://[::1]/a', rules)).toContain('不在允许之列')
    expect(check('https://centre.example/a', rules)).toContain('不在允许之列')
  })

  it('the default port may be named', () => {
    const rules = rulesOf('https://centre.example', { allowedHosts: ['files.example:443'] })
    expect(check('https://files.example/a', rules)).toBe('allowed')
    expect(check('https://files.example:8443/a', rules)).toContain('不在允许之列')
  })
})
