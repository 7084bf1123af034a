import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BillType } from '#shared/centre/download-bill.ts'
import { settingsSchema } from '#shared/contract/settings.ts'
import type { BillNames } from '#shared/domain/bill-columns.ts'
import { fen, yuanText } from '#shared/domain/money.ts'
import { type BillForm, billBytes, billFile, encodeText, packBill, zipOf } from '#test/support/bill-files.ts'
import type { ExpansionLimits } from './bill-bytes.ts'
import { CsvSplitter } from './csv-records.ts'
import { type BillFacts, type BillLine, readBill } from './read-bill.ts'

const NAMES: BillNames = settingsSchema.parse({ environment: 'simulated' }).bills

interface Read {
  readonly facts: BillFacts
  readonly lines: readonly BillLine[]
}

async function readBytes(
  bytes: Buffer | string,
  options: { billType?: BillType; names?: BillNames; limits?: ExpansionLimits } = {},
): Promise<Read> {
  const lines: BillLine[] = []
  const { billType = 'ALL', names = NAMES, limits } = options
  const take = (batch: readonly BillLine[]) => void lines.push(...batch)
  const read = await readBill(billFile(bytes), { names, billType, take, ...(limits === undefined ? {} : { limits }) })
  if (!read.ok) throw new Error(`${read.error.code}: ${read.error.words} [${read.error.headers.join(' ')}]`)
  return { facts: read.value, lines }
}

const problemOf = (bytes: Buffer | string, limits?: ExpansionLimits) =>
  readBytes(bytes, limits === undefined ? {} : { limits }).then(
    () => 'read',
    (error: Error) => error.message,
  )
const rowsOf = (read: Read) =>
  read.lines.flatMap((line) => (line.kind === 'row' ? [{ line: line.line, ...line.row }] : []))
const reasonsOf = (read: Read) =>
  read.lines.flatMap((line) => (line.kind === 'unreadable' ? [[line.line, line.reason]] : []))

describe('what is written is what is read', () => {
  const text = (characters: string, min: number) =>
    fc.array(fc.constantFrom(...characters), { minLength: min, maxLength: 12 }).map((part) => part.join(''))
  const row = fc.record({
    medOrgOrd: text('MZ0123456789', 1),
    payOrdId: text('ORD0123456789', 0),
    refund: fc.boolean(),
    amountFen: fc.integer({ min: 0, max: 2 ** 41 }),
    other: text('甲乙丙汉字ab 12=+-@é'.replace('é', '￥'), 0).map((value) => value.trim()),
    odd: text('甲a,|\t"\r\n', 0).map((value) => value.trim()),
  })
  const form: fc.Arbitrary<BillForm> = fc.record({
    encoding: fc.constantFrom('utf-8', 'utf-8 with BOM', 'gb18030', 'utf-16le'),
    separator: fc.constantFrom(',', '\t', '|'),
    quoting: fc.constantFrom('none', 'where needed', 'always', 'back-tick', 'tab behind'),
    lineEnd: fc.constantFrom('\r\n', '\n'),
    compression: fc.constantFrom('none', 'gzip', 'zip'),
  })

  it('in every encoding, separator, quoting, line end and packing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), form, async (rows, chosen) => {
        // Tab behind a value needs another separator, and odd characters need quotes.
        fc.pre(chosen.quoting !== 'tab behind' || chosen.separator !== '\t')
        const quotes = chosen.quoting !== 'none' && chosen.quoting !== 'back-tick'
        const odd = (value: string) => (quotes ? value : '')
        const table = rows.map(({ medOrgOrd, payOrdId, refund, amountFen, other, odd: oddValue }) => [
          medOrgOrd,
          payOrdId,
          refund ? '退款' : '支付',
          `${refund ? '-' : ''}${yuanText(fen(amountFen))}`,
          other,
          odd(oddValue),
        ])
        const header = ['医院订单号', '支付中心订单号', '交易类型', '自费金额', '备注一', '备注二']
        const read = await readBytes(billBytes([header, ...table], chosen))
        expect(reasonsOf(read)).toEqual([])
        expect(
          rowsOf(read).map((line) => [line.medOrgOrd, line.payOrdId ?? '', line.movement, line.amountFen]),
        ).toEqual(rows.map((one) => [one.medOrgOrd, one.payOrdId, one.refund ? 'refunded' : 'paid', one.amountFen]))
        expect(rowsOf(read).map((line) => line.others)).toEqual(rows.map((one) => [one.other, odd(one.odd)]))
        const sum = (refund: boolean) =>
          rows.filter((one) => one.refund === refund).reduce((total, one) => total + one.amountFen, 0)
        expect(read.facts.totals).toMatchObject({ paidFen: sum(false), refundedFen: sum(true) })
        expect(read.facts).toMatchObject({ separator: chosen.separator, compression: chosen.compression })
      }),
      { numRuns: 150 },
    )
  })

  it('every amount is exact to the fen: no amount passes a binary float', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt({ min: 0n, max: 2n ** 44n }), { minLength: 1, maxLength: 30 }),
        async (all) => {
          const written = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
          const read = await readBytes(billBytes([['订单号', '金额'], ...all.map((value) => ['P1', written(value)])]))
          expect(rowsOf(read).map((line) => BigInt(line.amountFen))).toEqual(all)
          expect(BigInt(read.facts.totals.paidFen)).toBe(all.reduce((total, value) => total + value, 0n))
        },
      ),
    )
  })
})

describe('a bill as WeChat writes it', () => {
  const bill = [
    '交易时间,公众账号ID,微信订单号,商户订单号,交易类型,交易状态,应结订单金额,商户退款单号,退款金额,订单金额',
    '`2026-11-23 09:00:00,`wx1,`42000001,`P1,`JSAPI,`SUCCESS,`12.30,`0,`0.00,`12.30',
    '`2026-11-23 09:10:00,`wx1,`42000001,`P1,`JSAPI,`REFUND,`0.00,`R1,`12.30,`0.00',
    '总交易单数,应结订单总金额,退款总金额',
    '`2,`12.30,`12.30',
    '',
  ].join('\r\n')

  it('is read: back-ticks gone, refund positive, summary apart, the rest unmapped', async () => {
    const read = await readBytes(encodeText(bill, 'gb18030'))
    expect(read.facts).toMatchObject({
      encoding: 'gb18030',
      rows: 2,
      unreadable: 0,
      notes: bill.split('\r\n').slice(3, 5),
    })
    expect(rowsOf(read)).toMatchObject([
      { line: 2, movement: 'paid', medOrgOrd: 'P1', payOrdId: '42000001', amountFen: 1230, others: ['wx1', '12.30'] },
      { line: 3, movement: 'refunded', appRefdSn: 'R1', amountFen: 1230, tradeTime: '2026-11-23 09:10:00' },
    ])
    expect(read.facts.totals).toMatchObject({ paidFen: 1230, refundedFen: 1230, netFen: 0 })
  })
})

it('a bill as Alipay writes it: title block, tabs behind values, comment lines below', async () => {
  const bill = [
    '#支付宝业务明细查询',
    '#账号：[20880000]',
    '#-----------------业务明细列表----------------',
    '支付宝交易号,商户订单号,业务类型,完成时间,订单金额（元）,退款批次号/请求号,备注',
    '2026112322001\t,P1\t,交易\t,2026-11-23 09:00:00,40.10,,',
    '2026112322001\t,P1\t,退款\t,2026-11-23 10:00:00,-40.10,R1\t,',
    '#-----------------业务明细列表结束------------',
    '#交易合计：1笔，商家实收共40.10元',
  ].join('\n')
  const read = await readBytes(encodeText(bill, 'gb18030'))
  expect(read.facts).toMatchObject({ rows: 2, unreadable: 0, separator: ',' })
  expect(read.facts.notes).toHaveLength(5)
  expect(read.facts.totals).toMatchObject({ paidFen: 4010, refundedFen: 4010 })
})

describe('a row that cannot be read', () => {
  it('is counted and kept as it came, with its line and why; the others are read', async () => {
    const bill = [
      '订单号,交易类型,金额,备注',
      'P1,支付,1.00,',
      'P2,支付,1.005,',
      'P3,支付,1.2E+05,',
      'P4,部分退款,1.00,',
      ',支付,1.00,',
      'P5,支付,-1.00,',
      'P6,支付',
      'P7,支付,1.00,a,b',
      'P8,支付,"1.00,',
      'P9,支付,"1"00,',
      'P10,支付,2.00,',
    ].join('\n')
    const read = await readBytes(bill)
    expect(rowsOf(read).map((line) => line.medOrgOrd)).toEqual(['P1', 'P10'])
    expect(reasonsOf(read)).toEqual([
      [3, '金额应为数字，最多两位小数'],
      [4, '金额应为数字，最多两位小数'],
      [5, '交易类型或状态不认识，可在设置 bills.words 中登记'],
      [6, '没有订单号'],
      [7, '类型是支付，金额却是退款'],
      [8, '列数不符：表头 4 列，本行 2 列'],
      [9, '列数不符：表头 4 列，本行 5 列'],
      [10, '引号没有配对'],
      [11, '引号没有配对'],
    ])
    expect(read.lines.find((line) => line.line === 8)).toMatchObject({ raw: 'P6,支付' })
    expect(read.facts).toMatchObject({ rows: 2, unreadable: 9 })
  })

  it('a quote that never closes costs its own line, in the middle and at the end', async () => {
    const rows = Array.from({ length: 30 }, (_unused, index) => `P${index},1.00`)
    const read = await readBytes(
      ['订单号,金额', ...rows.slice(0, 15), '"open,1.00', ...rows.slice(15), '"x,1.00'].join('\n'),
    )
    expect(read.facts).toMatchObject({ rows: 30, unreadable: 2 })
    expect(reasonsOf(read).map(([line]) => line)).toEqual([17, 33])
  })

  it('a line without end is cut, and reading goes on behind it', async () => {
    const read = await readBytes(['订单号,金额', 'P1,1.00', `P2,${'9'.repeat(300_000)}`, 'P3,1.00', ''].join('\n'))
    expect(rowsOf(read).map((line) => [line.line, line.medOrgOrd])).toEqual([
      [2, 'P1'],
      [4, 'P3'],
    ])
    expect(reasonsOf(read)).toEqual([[3, '一行过长']])
  })

  it('a broken character spoils its own row, not the encoding of the file', async () => {
    const good = Buffer.from('订单号,金额,备注\nP1,1.00,甲\nP2,1.00,')
    const read = await readBytes(Buffer.concat([good, Buffer.from([0xff]), Buffer.from('\nP3,1.00,乙\n')]))
    expect(read.facts.encoding).toBe('utf-8')
    expect(rowsOf(read).map((line) => line.medOrgOrd)).toEqual(['P1', 'P3'])
    expect(reasonsOf(read)).toEqual([[3, '有无法解码的字符']])
  })
})

it('a file that ends in the middle of a character stays UTF-8, and its last row is not read', async () => {
  const read = await readBytes(Buffer.from('medOrgOrd,amount,note\nP1,1.00,甲\nP2,1.00,甲').subarray(0, -1))
  expect(read.facts).toMatchObject({ encoding: 'utf-8', rows: 1, unreadable: 1 })
})

it('rows behind an open quote come out while the file is still being read', () => {
  const splitter = new CsvSplitter(',')
  const records = splitter.push(`P1,"open\n${'P2,1.00\n'.repeat(20)}`)
  expect(records).toHaveLength(21)
  expect(splitter.end()).toEqual([])
})

describe('what moved', () => {
  const one = async (header: string, row: string, billType: BillType = 'ALL') => {
    const read = await readBytes(`${header}\n${row}\n`, { billType })
    const line = read.lines[0]
    if (line === undefined) return 'nothing'
    return line.kind === 'row' ? `${line.row.movement} ${line.row.amountFen}` : line.reason
  }

  it.each<[string, string, string, BillType?]>([
    ['订单号,金额', 'P1,1.50', 'paid 150'],
    ['订单号,金额', 'P1,-1.50', 'refunded 150'],
    ['订单号,金额', 'P1,"1,234.50"', 'paid 123450'],
    ['订单号,金额', 'P1,￥2.00', 'paid 200'],
    ['订单号,金额（分）', 'P1,150', 'paid 150'],
    ['订单号,金额（分）', 'P1,1.50', '金额应为数字，最多两位小数'],
    ['订单号,金额', '="0012",1.50', 'paid 150'],
    ['订单号,金额', 'P1,1.50', 'refunded 150', 'REFUND'],
    ['订单号,金额', 'P1,-1.50', '只含支付的账单里有退款', 'SUCCESS'],
    ['订单号,金额,退款金额', 'P1,100.00,30.00', '同一行既有支付又有退款'],
    ['订单号,金额,退款金额,交易类型', 'P1,100.00,30.00,退款', 'refunded 3000'],
    ['订单号,金额,状态', 'P1,1.00,支付失败', 'ignored 0'],
    ['订单号,金额,交易类型,状态', 'P1,1.00,退款,成功', 'refunded 100'],
    ['订单号,金额,交易类型,状态', 'P1,1.00,支付,处理中', '交易类型或状态不认识，可在设置 bills.words 中登记'],
    ['订单号,金额,状态', 'P1,-1.00,SUCCESS', 'refunded 100'],
    ['订单号,金额,退款流水号', 'P1,1.00,R1', '有退款流水号，却没有写明是退款'],
    ['订单号,金额', 'P1,', '没有金额'],
    ['订单号,金额', '合计,1.50', 'nothing'],
    ['订单号,金额', 'TOTAL-7,1.50', 'paid 150'],
    ['备注,订单号,金额', '合计,P1,1.50', 'paid 150'],
  ])('%s / %s: %s', async (header, row, expected, billType) => {
    expect(await one(header, row, billType)).toBe(expected)
  })

  it('a summary in the middle never hides the rows behind it', async () => {
    const read = await readBytes('订单号,金额,备注\nP1,1.00,\n合计,,\n,1.00,小计\nP2,2.00,\n')
    expect(rowsOf(read).map((line) => line.medOrgOrd)).toEqual(['P1', 'P2'])
  })
})

describe('what is no bill is said in words', () => {
  it.each<[string, Buffer | string, string]>([
    ['empty', '', 'BILL_UNREADABLE: 对账单文件是空的'],
    ['a web page', '\n<!DOCTYPE html><html>', '网页'],
    ['a message', '{"code": -1, "message": "no"}', 'JSON'],
    ['a broken gzip', packBill(Buffer.from('订单号,金额\nP1,1.00\n'), 'gzip').subarray(0, 20), '压缩包已损坏'],
    ['gzip in gzip', packBill(packBill(Buffer.from('x'), 'gzip'), 'gzip'), '两层'],
    ['two files', zipOf(['a', 'b'].map((name) => ({ name, bytes: Buffer.from('x') }))), '实际有 2 个'],
    ['no file', zipOf([]), '没有找到认得出的表头'],
    ['a password', zipOf([{ name: 'a', bytes: Buffer.from('x'), flags: 1 }]), '密码'],
    ['another checksum', zipOf([{ name: 'a', bytes: Buffer.from('订单号,金额\n'), crc: 7 }]), '压缩包已损坏'],
    ['half a zip', billBytes([['订单号', '金额']], { compression: 'zip' }).subarray(0, 60), '压缩包已损坏'],
  ])('%s', async (_name, bytes, words) => {
    expect(await problemOf(bytes)).toContain(words)
  })

  it('unknown headers are named, values are not', async () => {
    expect(await problemOf('Bestellung;x\nBestellung,Betrag,Tag\nP1,1.00,x\n')).toContain('[Bestellung Betrag Tag]')
    expect(await problemOf('测试甲,99010119900101001X\n测试乙,1.00\n')).toMatch(/表头.*\[\]$/)
  })

  it('and names entered at the site make the same file readable', async () => {
    const names = { ...NAMES, columns: { ...NAMES.columns, medOrgOrd: ['Bestellung'], amount: ['Betrag'] } }
    const read = await readBytes('Bestellung,Betrag,Tag\nP1,1.00,x\n', { names })
    expect(rowsOf(read)).toMatchObject([{ medOrgOrd: 'P1', amountFen: 100, others: ['x'] }])
  })

  it.each<BillForm['compression']>(['gzip', 'zip'])('a %s bomb ends in words', async (compression) => {
    const limits = { maxBytes: 1_000_000, maxRatio: 20, ratioFromBytes: 10_000 }
    const bomb = packBill(Buffer.alloc(500_000, 'P1,1.00\n'), compression)
    expect(await problemOf(bomb, limits)).toContain('BILL_TOO_LARGE')
    // Control: the same content under the ordinary limits is only no bill.
    expect(await problemOf(bomb)).toContain('BILL_UNREADABLE')
  })

  it('a bill that grows beyond the absolute limit ends in words, however little it is packed', async () => {
    const limits = { maxBytes: 1_000, maxRatio: 100, ratioFromBytes: 1_000_000 }
    const bytes = billBytes([['订单号', '金额'], ...Array.from({ length: 300 }, () => ['P1', '1.00'])])
    expect(await problemOf(bytes, limits)).toContain('BILL_TOO_LARGE')
    expect(await problemOf(bytes)).toBe('read')
  })
})
