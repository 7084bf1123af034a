import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCashierLink, writeCashierLink } from './cashier-link.ts'

const PAGE = 'https://centre.example/pmc/cashier'
const LINK = { appId: 'A', medOrgOrd: 'P1', openId: undefined, returnUrl: undefined, notifyUrl: undefined }

test('every value is percent-encoded exactly once', () => {
  const url = writeCashierLink(PAGE, {
    ...LINK,
    openId: 'o+1 2/3',
    returnUrl: 'https://his.example/back?id=1&name=测试#top',
    notifyUrl: 'https://his.example/a%20b',
  })
  expect(url).toBe(
    `${PAGE}?appId=A&medOrgOrd=P1&openId=o%2B1%202%2F3` +
      '&returnUrl=https%3A%2F%2Fhis.example%2Fback%3Fid%3D1%26name%3D%E6%B5%8B%E8%AF%95%23top' +
      '&notifyUrl=https%3A%2F%2Fhis.example%2Fa%2520b',
  )
})

test('what was written is read, whatever the values hold, and a browser reads the same', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((value) => value.trim())
    .filter((value) => value !== '')
  const maybe = fc.option(text, { nil: undefined })
  const anyLink = fc.record({ appId: text, medOrgOrd: text, openId: maybe, returnUrl: maybe, notifyUrl: maybe })
  fc.assert(
    fc.property(anyLink, (link) => {
      const url = writeCashierLink(PAGE, link)
      expect(readCashierLink(url)).toEqual({ ok: true, value: link, drift: [] })
      const seen = new URL(url).searchParams
      for (const [name, value] of Object.entries(link)) expect(seen.get(name) ?? undefined).toBe(value)
    }),
  )
})

test('a page with a query of its own, or behind a hash, keeps it', () => {
  expect(writeCashierLink(`${PAGE}?v=2`, LINK)).toBe(`${PAGE}?v=2&appId=A&medOrgOrd=P1`)
  expect(readCashierLink(`${PAGE}?v=2&appId=A&medOrgOrd=P1`)).toMatchObject({
    ok: true,
    drift: [{ kind: 'unknownField', path: 'v' }],
  })
  expect(readCashierLink('https://centre.example/#/cashier?appId=A&medOrgOrd=P1')).toMatchObject({ ok: true })
  expect(readCashierLink(`${PAGE}?appId=A&medOrgOrd=P1#top`)).toMatchObject({ ok: true, value: { medOrgOrd: 'P1' } })
})

test.each([
  [`${PAGE}?medOrgOrd=P1`, 'appId'],
  [`${PAGE}?appId=A`, 'medOrgOrd'],
  [`${PAGE}?appId=A&medOrgOrd=`, 'medOrgOrd'],
  [`${PAGE}?appId=A&medOrgOrd=1&medOrgOrd=2`, 'medOrgOrd'],
  [`${PAGE}?appId=A&medOrgOrd=%E6%B5`, ''],
  [`${PAGE}?appId=A&__proto__=1`, 'medOrgOrd'],
])('%s is refused', (url, path) => {
  expect(readCashierLink(url)).toMatchObject({ ok: false, problems: [{ path }] })
})

test('a page without any parameter names both that are missing', () => {
  expect(readCashierLink(PAGE)).toMatchObject({ ok: false, problems: [{ path: 'appId' }, { path: 'medOrgOrd' }] })
})
