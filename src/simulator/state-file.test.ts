import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { JsonNumber } from '#shared/centre/json.ts'
import { tempDir } from '#test/support/temp-dir.ts'
import { centreChargeSchema } from './charge.ts'
import { createOrderBook } from './orders.ts'
import { createRefundBook } from './refund-book.ts'
import { readState, writeState } from './state-file.ts'

const CHARGE = centreChargeSchema.parse({
  orgCodg: 'H99010100001',
  medOrgOrd: 'MZ1',
  userName: '测试甲',
  idNo: '99010119900101001X',
  deptName: '内科',
  medfeeSumamt: '40.09',
  outOfMIFee: '1',
  begntime: '2026-01-02 08:00:00',
  diseinfoList: [{ diagName: '感冒' }],
  feedetailList: [{ feedetlSn: '1', detItemFeeSumamt: '41.090000', cnt: '1.0000', pric: '41.090000' }],
})

it('what is written is what is read: orders with charge, amounts and messages, refunds with their digits', () => {
  const path = join(tempDir(), 'sub', 'centre.json')
  const book = createOrderBook()
  const { payOrdId } = book.open(CHARGE, { returnUrl: null, notifyUrl: 'http://127.0.0.1/n' }, 1_700_000_000_000)
  const order = book.change(payOrdId, {
    ordStas: '9',
    settledAtMs: 2,
    refunds: [{ appRefdSn: 'R1', refdType: 'CASH', atMs: 3, insurance: false, cash: true }],
    callbacks: [{ interfaceId: '2.2', sentAtMs: 2, status: null, code: null, message: '没有应答' }],
  })
  const refunds = createRefundBook()
  refunds.record('R1', { content: '[]', answer: { code: new JsonNumber('1'), feeSumamt: new JsonNumber('40.10') } })
  const state = { port: 9100, orders: [order], refunds: refunds.all() }
  writeState(path, state)
  expect(readState(path)).toEqual(state)
})

it.each(['', 'no JSON', '[]', '{"port":1,"orders":[{}],"refunds":[]}'])(
  'a file that says %j is moved aside, and nothing is known',
  (text) => {
    const dir = tempDir()
    const path = join(dir, 'centre.json')
    writeFileSync(path, text)
    expect(readState(path)).toEqual({ port: null, orders: [], refunds: [] })
    expect(readdirSync(dir)).toEqual(['centre.json.unreadable'])
  },
)

it('a folder in the place of the file is moved aside as well', () => {
  const path = join(tempDir(), 'centre.json')
  mkdirSync(path)
  expect(readState(path).orders).toEqual([])
})
