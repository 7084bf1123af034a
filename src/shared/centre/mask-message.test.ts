import { describe, expect, test } from 'vitest'
import { centreExample, changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { isJsonObject, type JsonObject, stringifyJson } from './json.ts'
import { maskMessage } from './mask-message.ts'

const SETTLEMENT = '2.2-settlement-result.request'

function masked(body: string, persons: readonly string[] = []): string {
  const message = maskMessage(body, persons)
  if (!message.readable) throw new Error(message.words)
  return message.text
}

const shown = (object: JsonObject) => JSON.parse(masked(stringifyJson(object))) as unknown

/** What the published 2.2 says of its person. */
const PERSONAL = ['测试甲', '999901199511140026', '1995-11-14', '42070000000000100066667579']

describe('a raw message', () => {
  test('the published 2.2 holds these values, so that the next test can fail', () => {
    for (const value of PERSONAL) expect(centreExample(SETTLEMENT)).toContain(value)
  })

  test('the published 2.2 keeps no personal value, and its money and numbers with every digit', () => {
    const text = masked(centreExample(SETTLEMENT))
    for (const value of PERSONAL) expect(text).not.toContain(value)
    expect(text).toContain('"feeSumamt": 40.09')
    expect(text).toContain('"fundPay": 21.50')
    expect(text).toContain('"ordStas": "6"')
    expect(text).toContain('城乡居民基本医疗保险基金')
    expect(text).toContain('20230418357521677136928360')
  })

  test('the same where the details come as their JSON text (Q5)', () => {
    const { data } = parsedExample(SETTLEMENT)
    if (!isJsonObject(data)) throw new Error('the example is wrapped')
    const text = masked(changedExampleData(SETTLEMENT, { extData: stringifyJson(data.extData) }))
    for (const value of PERSONAL) expect(text).not.toContain(value)
    expect(text).toContain('fundPaySumamt')
  })

  test('the patient in a sentence of the centre is masked, told by the message itself or by the order', () => {
    const message = '患者测试甲（999901199511140026）余额不足'
    const told = masked(stringifyJson({ code: 0, message, data: { psn_name: '测试甲' } }))
    expect(told).not.toContain('测试甲')
    expect(told).not.toContain('999901199511140026')
    expect(masked(stringifyJson({ message }), ['测试甲'])).toContain('患者测*甲（999••••')
  })

  test('each spelling of a name counts', () => {
    for (const name of ['psnNo', 'psn_no', 'PSN_NO', 'certno', 'certNo', 'idNo', 'id_no', 'ID-NO']) {
      expect(shown({ [name]: '42070000000000100066667579' })).toEqual({ [name]: '420•••••••••••7579' })
    }
    for (const name of ['ecToken', 'ec_token', 'payToken', 'payAuthNo', 'newToken']) {
      expect(shown({ [name]: '990101ec8pfd85o1f35635a8c000002f3d795f' })).toEqual({ [name]: '990101••••795f' })
    }
    expect(shown({ mobile: '13800000000', brdy: '1995-11-14', tel: '028-1' })).toEqual({
      mobile: '••••',
      brdy: '••••',
      tel: '••••',
    })
  })

  test('a value too short to look for elsewhere is masked in its own place, and only there', () => {
    expect(shown({ data: [{ userName: '甲', tel: '119' }], note: '甲类 119' })).toEqual({
      data: [{ userName: '*', tel: '••••' }],
      note: '甲类 119',
    })
  })

  test('a number where text belongs is masked too, and everything below a personal name', () => {
    expect(masked('{"psnNo":42070000000000100066667579,"userName":{"first":"测试","last":["丙丁"]}}')).not.toMatch(
      /4207000|测试|丙丁/,
    )
  })

  test('of an address only the host is shown, wherever it stands', () => {
    expect(
      shown({ cashierUrl: 'https://pay.example/t/AUTH1?token=abc', message: '见 http://a.example/x?y=1。' }),
    ).toEqual({
      cashierUrl: 'https://pay.example/••••',
      message: '见 http://a.example/••••。',
    })
  })

  test('a name that holds a person is no name', () => {
    expect(masked('{"张三":1,"99010119900101001X":2}')).not.toMatch(/张三|9901/)
  })

  test('what is no JSON is described and not shown', () => {
    expect(maskMessage('<html>测试甲</html>')).toEqual({
      readable: false,
      words: '不是 JSON，共 16 个字符，内容不显示',
    })
    expect(maskMessage('[测')).toMatchObject({ readable: false })
  })

  test('hostile depth and size come back bounded', () => {
    expect(masked(`${'['.repeat(200)}"测试甲"${']'.repeat(200)}`)).not.toContain('测试甲')
    expect(masked(stringifyJson({ a: 'x'.repeat(1_000_000) })).length).toBeLessThan(101_000)
  })
})
