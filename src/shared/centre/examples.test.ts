import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { CENTRE_EXAMPLES, centreExample, changedExample, changedExampleData } from '#test/fixtures/centre-example.ts'
import { fen } from '../domain/money.ts'
import { readDownloadBillReply, readDownloadBillRequest } from './download-bill.ts'
import { readFeeDetailReply, readFeeDetailRequest } from './fee-detail.ts'
import { readFeeListReply, readFeeListRequest } from './fee-list.ts'
import { readInboundReply } from './inbound-reply.ts'
import { JsonNumber } from './json.ts'
import { readMiniProgramResult } from './mini-program-result.ts'
import { readNotifyClinicReply, readNotifyClinicRequest } from './notify-clinic.ts'
import { readQueryOrderReply, readQueryOrderRequest } from './query-order.ts'
import { readRefundReply, readRefundRequest, viewRefund } from './refund.ts'
import { readRevokeUploadReply, readRevokeUploadRequest } from './revoke-upload.ts'
import { readSettlementResult } from './settlement-result.ts'
import { readUploadFeesReply, readUploadFeesRequest } from './upload-fees.ts'
import type { ReplyRead, WireRead } from './wire-read.ts'

type Reader = (bodyText: string) => WireRead<unknown> | ReplyRead<unknown>

/** Every published example, its reader, and the values that matter in it. */
const EXAMPLES: Readonly<Record<string, readonly [Reader, unknown]>> = {
  '1.3-query-order.request.medOrgOrd': [
    readQueryOrderRequest,
    { appId: '1G38HV9M80183F60C80A0000AA1A14C1', medOrgOrd: 'P32165835646' },
  ],
  '1.3-query-order.request.payOrdId': [readQueryOrderRequest, { payOrdId: 'ORD140100202206061105470000005' }],
  '1.3-query-order.response': [
    readQueryOrderReply,
    {
      ordStas: '6',
      setlType: 'HI',
      medOrgOrd: '20230418357521677136928360',
      payOrdId: 'ORD420100202304181134110052588',
      feeSumamt: fen(3909),
      fundPay: fen(2150),
      psnAcctPay: fen(0),
      ownPayAmt: fen(1759),
      traceTime: { text: '20230418113442', atMs: Date.UTC(2023, 3, 18, 3, 34, 42) },
      hiDocSn: '420700G9000572017647',
      hiRgstSn: '420700G9000411167987',
    },
  ],
  '1.4-refund.request': [
    readRefundRequest,
    { medOrgOrd: 'H2023010100024', appRefdSn: 'ASS1231241', refChannel: 'online', refdType: 'ALL' },
  ],
  '1.4-refund.response': [
    readRefundReply,
    { medOrgOrd: 'H2023010100024', feeSumamt: fen(4868), ownpayRefAmt: fen(-761), ownpayChannel: '中国银行' },
  ],
  '1.5-download-bill.request': [
    readDownloadBillRequest,
    { orgCodg: 'H4101002252', billDate: '20220519', billType: 'ALL' },
  ],
  '1.5-download-bill.response': [readDownloadBillReply, { downloadUrl: 'https://xxxx.xxxxx.gov.cn/downbill' }],
  '1.6-upload-fees.request.ecToken': [
    readUploadFeesRequest,
    { medOrgOrd: 'P32165835646', ecToken: '510000ec8pfd85o1f35635a8c000002f3d795f' },
  ],
  '1.6-upload-fees.request.payAuthNo': [readUploadFeesRequest, { payAuthNo: '8pfd85o1f35635a8c000002f3d795f' }],
  '1.6-upload-fees.response': [
    readUploadFeesReply,
    {
      payOrdId: 'ORD410100202207201638500000506',
      payToken: 'AUTH410100202207201638430008345',
      cashierUrl: 'https://www.example.gov.cn/pmc/?xx=xxx&xxx=xxxx',
      extData: { mdtrtId: '20220720163847154748' },
    },
  ],
  '1.7-revoke-upload.request.medOrgOrd': [readRevokeUploadRequest, { medOrgOrd: 'P32165835646' }],
  '1.7-revoke-upload.request.payOrdId': [readRevokeUploadRequest, { payOrdId: 'ORD140100202206061105470000005' }],
  '1.7-revoke-upload.response': [readRevokeUploadReply, { success: true }],
  '1.8-notify-clinic.request': [
    readNotifyClinicRequest,
    { psnName: '测试乙', idType: '01', idNo: '510100XXXXXXXXXXXX', msgType: '1', channel: '13' },
  ],
  '1.8-notify-clinic.response': [readNotifyClinicReply, { success: true }],
  '2.1-pending-fee-detail.request': [readFeeDetailRequest, { orgCodg: 'H4101002252', medOrgOrd: 'HISq13134123131' }],
  '2.1-pending-fee-detail.response': [
    readFeeDetailReply,
    {
      detail: {
        medOrgOrd: '0123463841823824512354123',
        medfeeSumamt: fen(4012),
        outOfMIFee: fen(2050),
        prePaidBalc: fen(10000),
        diseinfoList: [{ diagCode: 'Z00.001', diagName: '健康查体', diagType: '1' }],
        feedetailList: [{ pric: '40.123456', cnt: '1.0000', detItemFeeSumamt: '40.123456', bilgDrName: '008' }],
      },
    },
  ],
  '2.2-settlement-result.request': [
    readSettlementResult,
    {
      medOrgOrd: '20230418357521677136928360',
      payOrdId: 'ORD420100202304181134110052588',
      setlType: 'HI',
      ordStas: '6',
      feeSumamt: fen(4009),
      outOfMIFee: fen(0),
      fundPay: fen(2150),
      psnAcctPay: fen(0),
      ownPayAmt: fen(1759),
      prePaidDeduction: fen(100),
      hiChrgTime: { atMs: Date.UTC(2023, 3, 18, 3, 34, 42) },
      uploadInfo: { mdtrtId: '510100CD000001016011' },
    },
  ],
  '2.2-settlement-result.response': [readInboundReply, {}],
  '2.3-mini-program-result.request': [
    readMiniProgramResult,
    {
      feeSumamt: fen(3268),
      fundPay: fen(0),
      psnAcctPay: fen(20223),
      ownPayAmt: fen(0),
      chrgTime: { text: '20220720172252' },
      notifyHisStatus: '1',
    },
  ],
  '2.3-mini-program-result.response': [readInboundReply, {}],
  '2.4-pending-charge-list.request': [readFeeListRequest, { orgCodg: 'H4101002252', idNo: '210123xxxxxxxx1412' }],
  '2.4-pending-charge-list.response': [
    readFeeListReply,
    {
      pendingChargeList: [
        { medOrgOrd: '20230418357521677136928360', medfeeSumamt: fen(3909), deptName: '内科', drName: '王医生' },
        { medfeeSumamt: fen(5800), visitTime: { atMs: Date.UTC(2023, 3, 18, 8, 31, 31) } },
      ],
    },
  ],
}

describe('the published examples', () => {
  test('are all read by a reader named here', () => {
    const files = readdirSync(CENTRE_EXAMPLES).filter((name) => name.endsWith('.json'))
    expect(Object.keys(EXAMPLES).toSorted()).toEqual(files.map((name) => name.slice(0, -'.json'.length)).toSorted())
    expect(files).toHaveLength(23)
  })

  test.each(Object.entries(EXAMPLES))('%s is read', (name, [read, expected]) => {
    const answer = read(centreExample(name))
    expect(answer).toMatchObject('outcome' in answer ? { outcome: 'success' } : { ok: true })
    expect(answer).toHaveProperty('value', expect.objectContaining({}))
    if (!('value' in answer)) throw new Error('unreachable: checked above')
    expect(answer.value).toMatchObject(expected as object)
  })

  test('1.4 becomes one positive refund whose parts make the total (Q9)', () => {
    const read = readRefundReply(centreExample('1.4-refund.response'))
    if (read.outcome !== 'success') throw new Error('the example is read')
    expect(viewRefund(read.value)).toEqual({
      totalFen: 4868,
      cashFen: 761,
      fundFen: 2434,
      accountFen: 1673,
      cashChannel: '中国银行',
    })
    expect(761 + 2434 + 1673).toBe(4868)
  })

  test('2.1 hands every digit of the charge on', () => {
    const read = readFeeDetailReply(centreExample('2.1-pending-fee-detail.response'))
    if (read.outcome !== 'success') throw new Error('the example is read')
    const published = JSON.parse(centreExample('2.1-pending-fee-detail.response')) as { data: unknown }
    expect(read.value.detailJson).toBe(JSON.stringify(published.data))
  })

  test('1.6 keeps the digits of the insurance details', () => {
    const read = readUploadFeesReply(centreExample('1.6-upload-fees.response'))
    if (read.outcome !== 'success') throw new Error('the example is read')
    const [line] = read.value.extData.result as { pric_uplmt_amt: unknown }[]
    expect(line?.pric_uplmt_amt).toEqual(new JsonNumber('5.000000'))
  })

  test.each(Object.entries(EXAMPLES))(
    '%s with fields that nobody listed is read the same, and they are counted',
    (name, [read]) => {
      const known = read(centreExample(name))
      const isReply = 'outcome' in known
      const change = isReply ? changedExampleData : changedExample
      const answer = read(change(name, { newField: { a: [1] }, snake_case: null, another_one: '' }))
      const path = isReply || (name.startsWith('2.2') && !name.endsWith('response')) ? 'data.' : ''
      if (!('value' in answer) || !('value' in known)) throw new Error('an unknown field broke the reading')
      expect(answer.value).toMatchObject({ ...(known.value as object), ...EXTRA_BYTES[name] })
      const counted = answer.drift.filter((drift) => !known.drift.some((old) => old.path === drift.path))
      expect(counted.map((drift) => drift.kind)).toEqual(['unknownField', 'unknownField', 'unknownField'])
      expect(counted.map((drift) => drift.path.replace(path, ''))).toEqual(['newField', 'snake_case', 'another_one'])
    },
  )
})

/** The charge of 2.1 is handed on whole, unknown fields too. */
const EXTRA_BYTES: Readonly<Record<string, object>> = {
  '2.1-pending-fee-detail.response': { detailJson: expect.stringContaining('"newField":{"a":[1]}') },
}
