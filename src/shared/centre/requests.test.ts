import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BILL_TYPES, readDownloadBillRequest, writeDownloadBillRequest } from './download-bill.ts'
import { MSG_TYPES, readNotifyClinicRequest, writeNotifyClinicRequest } from './notify-clinic.ts'
import { readQueryOrderRequest, writeQueryOrderRequest } from './query-order.ts'
import { REFD_TYPES, type RefundRequest, readRefundRequest, writeRefundRequest } from './refund.ts'
import { readRevokeUploadRequest, writeRevokeUploadRequest } from './revoke-upload.ts'
import { readUploadFeesRequest, writeUploadFeesRequest } from './upload-fees.ts'

/** Any text that is not blank, quotes and Chinese included; the wire trims, so no blanks at the ends. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((value) => value.trim())
  .filter((value) => value !== '')
const maybe = fc.option(text, { nil: undefined })
const orderNumbers = fc.oneof(
  fc.record({ payOrdId: text, medOrgOrd: maybe }),
  fc.record({ payOrdId: maybe, medOrgOrd: text }),
)
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''))

const refund: fc.Arbitrary<RefundRequest> = fc
  .tuple(
    orderNumbers,
    fc.record({ appId: text, appRefdSn: text, refdType: fc.constantFrom(...REFD_TYPES) }),
    fc.oneof(
      fc.record({ refChannel: fc.constant('offline' as const), ecToken: text }),
      fc.record({ refChannel: fc.constant('online' as const), ecToken: fc.constant(undefined) }),
    ),
  )
  .map(([numbers, rest, channel]) => ({ ...numbers, ...rest, ...channel }))

describe('every request is read as it was written', () => {
  function identity<T>(
    name: string,
    any: fc.Arbitrary<T>,
    write: (value: T) => string,
    read: (body: string) => unknown,
  ) {
    test(name, () => {
      fc.assert(
        fc.property(any, (value) => {
          expect(read(write(value))).toEqual({ ok: true, value, drift: [] })
        }),
      )
    })
  }

  const order = fc.tuple(fc.record({ appId: text }), orderNumbers).map(([app, numbers]) => ({ ...app, ...numbers }))
  identity('1.3', order, writeQueryOrderRequest, readQueryOrderRequest)
  identity('1.4', refund, writeRefundRequest, readRefundRequest)
  identity(
    '1.5',
    fc.record({ appId: text, orgCodg: text, billDate: day, billType: fc.constantFrom(...BILL_TYPES) }),
    writeDownloadBillRequest,
    readDownloadBillRequest,
  )
  const codes = fc.oneof(fc.record({ ecToken: text, payAuthNo: maybe }), fc.record({ ecToken: maybe, payAuthNo: text }))
  identity(
    '1.6',
    fc.tuple(fc.record({ appId: text, medOrgOrd: text }), codes).map(([rest, code]) => ({ ...rest, ...code })),
    writeUploadFeesRequest,
    readUploadFeesRequest,
  )
  identity('1.7', order, writeRevokeUploadRequest, readRevokeUploadRequest)
  identity(
    '1.8',
    fc.record({
      appId: text,
      psnName: text,
      idType: text,
      idNo: text,
      orgCodg: text,
      msgType: fc.constantFrom(...MSG_TYPES),
      channel: maybe,
    }),
    writeNotifyClinicRequest,
    readNotifyClinicRequest,
  )
})

describe('what the document forbids is refused by name', () => {
  const refused = (path: string) => ({ ok: false, problems: [{ path }] })
  const base = { appId: 'A' }

  test.each([
    ['1.3', readQueryOrderRequest],
    ['1.7', readRevokeUploadRequest],
  ])('%s without an order number', (_name, read) => {
    expect(read(JSON.stringify(base))).toMatchObject(refused('payOrdId/medOrgOrd'))
    expect(read(JSON.stringify({ ...base, payOrdId: '', medOrgOrd: null }))).toMatchObject(
      refused('payOrdId/medOrgOrd'),
    )
    expect(read('{"medOrgOrd":"M"}')).toMatchObject(refused('appId'))
  })

  test('1.6 with neither token nor authorisation; one of them is enough (Q13)', () => {
    const order = { ...base, medOrgOrd: 'M' }
    expect(readUploadFeesRequest(JSON.stringify({ ...order, ecToken: '' }))).toMatchObject(refused('ecToken/payAuthNo'))
    expect(readUploadFeesRequest(JSON.stringify({ ...order, payAuthNo: 'P' }))).toMatchObject({ ok: true })
    expect(readUploadFeesRequest(JSON.stringify({ ...order, ecToken: 'E' }))).toMatchObject({ ok: true })
  })

  const aRefund = { ...base, medOrgOrd: 'M', appRefdSn: 'S', refChannel: 'online', refdType: 'ALL' }

  test.each([
    [{ refChannel: 'offline' }, 'ecToken'],
    [{ refChannel: 'offline', ecToken: ' ' }, 'ecToken'],
    [{ refChannel: 'OFFLINE' }, 'refChannel'],
    [{ refdType: 'PART' }, 'refdType'],
    [{ medOrgOrd: undefined }, 'payOrdId/medOrgOrd'],
    [{ appRefdSn: undefined }, 'appRefdSn'],
  ])('1.4 with %j', (change, path) => {
    expect(readRefundRequest(JSON.stringify({ ...aRefund, ...change }))).toMatchObject(refused(path))
  })

  test('1.4 offline with a token is read', () => {
    const offline = { ...aRefund, refChannel: 'offline', ecToken: 'E' }
    expect(readRefundRequest(JSON.stringify(offline))).toMatchObject({ ok: true, value: { ecToken: 'E' } })
  })

  test('1.5 with an impossible day, or a type that is missing or unknown', () => {
    const bill = { ...base, orgCodg: 'H', billDate: '20220519', billType: 'ALL' }
    expect(readDownloadBillRequest(JSON.stringify({ ...bill, billType: undefined }))).toMatchObject(refused('billType'))
    expect(readDownloadBillRequest(JSON.stringify({ ...bill, billDate: '2022-05-19' }))).toMatchObject({
      ok: true,
      value: { billDate: '20220519' },
    })
    expect(readDownloadBillRequest(JSON.stringify({ ...bill, billDate: '20220532' }))).toMatchObject(
      refused('billDate'),
    )
    expect(readDownloadBillRequest(JSON.stringify({ ...bill, billType: 'NONE' }))).toMatchObject(refused('billType'))
  })

  test('1.8 without a channel means the national app only, and the field is not sent (Q12)', () => {
    const notice = { ...base, psnName: '测试甲', idType: '01', idNo: 'I', orgCodg: 'H', msgType: '1' as const }
    expect(writeNotifyClinicRequest({ ...notice, channel: undefined })).not.toContain('channel')
    for (const channel of [undefined, '', null]) {
      const read = readNotifyClinicRequest(JSON.stringify({ ...notice, channel }))
      expect(read).toMatchObject({ ok: true })
      expect(read.ok && read.value.channel).toBeUndefined()
    }
    expect(readNotifyClinicRequest(JSON.stringify({ ...notice, msgType: '3' }))).toMatchObject(refused('msgType'))
  })
})
