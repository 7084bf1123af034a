import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { centreExample, changedExampleData, parsedExample } from '#test/fixtures/centre-example.ts'
import { fen, sumYuanTextsToFen } from '../domain/money.ts'
import { readFeeDetailReply, writeFeeDetailReply } from './fee-detail.ts'
import { readFeeListReply, writeFeeListReply } from './fee-list.ts'
import { readInboundReply, writeInboundReply } from './inbound-reply.ts'
import { JsonNumber, stringifyJson } from './json.ts'

const NAME = '2.1-pending-fee-detail.response'

describe('a fee detail (2.1)', () => {
  test('is embedded byte for byte, so that every digit and unknown field reaches the centre', () => {
    const detailJson = '{"medfeeSumamt": 40.120, "pric":"40.123456",\n "字段":1e2, "big":12345678901234567890}'
    expect(writeFeeDetailReply(detailJson)).toBe(`{"code":1,"message":"成功","data":${detailJson}}`)
  })

  test('is read back from our own answer with the same digits', () => {
    const detailJson = stringifyJson(parsedExample(NAME).data)
    const read = readFeeDetailReply(writeFeeDetailReply(detailJson))
    expect(read).toMatchObject({ outcome: 'success', value: { detailJson } })
  })

  test('keeps the digits of numbers as well as of text (Q8)', () => {
    const read = readFeeDetailReply(changedExampleData(NAME, { medfeeSumamt: new JsonNumber('40.120') }))
    if (read.outcome !== 'success') throw new Error('it is read')
    expect(read.value.detailJson).toContain('"medfeeSumamt":40.120,')
    expect(read.value.detail.medfeeSumamt).toBe(4012)
  })

  test('names its total inside the catalogue, and its lines make it after rounding to fen (Q10)', () => {
    const read = readFeeDetailReply(centreExample(NAME))
    if (read.outcome !== 'success') throw new Error('the example is read')
    const { medfeeSumamt, feedetailList } = read.value.detail
    expect(medfeeSumamt).toBe(4012)
    expect(sumYuanTextsToFen(feedetailList.map((line) => line.detItemFeeSumamt))).toBe(medfeeSumamt)
  })

  test('with nonsense codes is read and shows them raw (Q17)', () => {
    const read = readFeeDetailReply(changedExampleData(NAME, { medType: '??', insutype: 'x9', idType: '77' }))
    expect(read).toMatchObject({
      outcome: 'success',
      value: { detail: { medType: '??', insutype: 'x9', idType: '77', feedetailList: [{ bilgDrName: '008' }] } },
    })
  })

  test('a blank optional time is not told; an impossible one is refused by name', () => {
    const blank = readFeeDetailReply(changedExampleData(NAME, { begntime: '' }))
    expect(blank.outcome === 'success' && blank.value.detail.begntime).toBeUndefined()
    expect(readFeeDetailReply(changedExampleData(NAME, { begntime: '2023-02-30 00:00:00' }))).toMatchObject({
      outcome: 'unreadable',
      problems: [{ path: 'data.begntime' }],
    })
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['no lines', { feedetailList: [] }, 'data.feedetailList'],
    ['lines that are no list', { feedetailList: {} }, 'data.feedetailList'],
    [
      'a line without amount',
      { feedetailList: [{ feedetlSn: '1', cnt: '1', pric: '1' }] },
      'data.feedetailList.0.detItemFeeSumamt',
    ],
    ['no name', { userName: ' ' }, 'data.userName'],
    ['a total of less than a fen', { medfeeSumamt: '0.001' }, 'data.medfeeSumamt'],
  ])('with %s is refused by name', (_name, change, path) => {
    expect(readFeeDetailReply(changedExampleData(NAME, change))).toMatchObject({
      outcome: 'unreadable',
      problems: [{ path }],
    })
  })
})

describe('a pending charge list (2.4)', () => {
  test('is read as it was written', () => {
    const charge = fc.record({
      medOrgOrd: fc.stringMatching(/^[A-Za-z0-9]{12,30}$/),
      medfeeSumamt: fc.integer({ min: 0, max: 10_000_000_00 }).map(fen),
      deptName: fc.constant('内科'),
      drName: fc.constant('测试医生'),
      visitTime: fc.constantFrom('2023-04-18 14:51:11', '2024-02-29 00:00:00'),
    })
    fc.assert(
      fc.property(fc.array(charge, { maxLength: 5 }), (charges) => {
        const read = readFeeListReply(writeFeeListReply(charges))
        if (read.outcome !== 'success') throw new Error('it is read')
        const list = read.value.pendingChargeList.map((item) => ({ ...item, visitTime: item.visitTime?.text }))
        expect(list).toEqual(charges)
      }),
    )
  })

  test('writes amounts as numbers with two decimals', () => {
    const charge = {
      medOrgOrd: 'M',
      medfeeSumamt: fen(5800),
      deptName: '内科',
      drName: '甲',
      visitTime: '2023-04-18 14:51:11',
    }
    expect(writeFeeListReply([charge])).toContain('"medfeeSumamt":58.00,')
    expect(writeFeeListReply([])).toBe('{"code":1,"message":"成功","data":{"pendingChargeList":[]}}')
  })
})

test('an answer without data has the same bytes every time, and is read by the same envelope', () => {
  expect(writeInboundReply(1, '成功')).toBe('{"code":1,"message":"成功"}')
  expect(readInboundReply(writeInboundReply(1, '成功'))).toMatchObject({ outcome: 'success' })
  expect(readInboundReply(writeInboundReply(0, '订单号："不存在"'))).toEqual({
    outcome: 'refused',
    code: '0',
    message: '订单号："不存在"',
  })
})
