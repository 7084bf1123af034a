import { describe, expect, it } from 'vitest'
import { judgeSettlement, messageKey } from './judge-settlement.ts'

const EXPECTED = { orgCodg: 'H99', appId: 'APP' }
const MESSAGE = {
  ...{ medOrgOrd: 'MZ1', payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'R1', hiChrgTime: '20261123090000' },
  ...{ setlType: 'ALL', appId: 'APP', orgCodg: 'H99', extData: {}, uploadInfo: {}, ordStas: '6' },
  ...{ feeSumamt: 40.09, outOfMIFee: 1, fundPay: 21.5, psnAcctPay: 0, ownpayAmt: 18.59, prePaidDeduction: 1 },
}

function judge(over: object = {}) {
  return judgeSettlement(JSON.stringify({ ...MESSAGE, ...over }), EXPECTED)
}

function settlement(over: object = {}) {
  const judgement = judge(over)
  if (judgement.kind !== 'settlement') throw new Error(`not a settlement: ${JSON.stringify(judgement)}`)
  return judgement.settlement
}

describe('judging a settlement', () => {
  it('reads it as evidence of a callback', () => {
    expect(settlement()).toMatchObject({
      medOrgOrd: 'MZ1',
      statement: {
        ...{ source: 'callback', ordStas: '6', setlType: 'ALL', payOrdId: 'ORD1', hiDocSn: 'S1', hiRgstSn: 'R1' },
        amounts: {
          ...{ feeSumFen: 4009, outOfCatalogueFen: 100, fundFen: 2150 },
          ...{ accountFen: 0, ownPayFen: 1859, prepaidFen: 100 },
        },
      },
    })
  })

  it.each([
    [{ orgCodg: 'H98' }, 'orgCodg：不是本机构的代码'],
    [{ appId: 'OTHER' }, 'appId：不是本应用的编号'],
    [{ medOrgOrd: undefined }, 'medOrgOrd'],
  ])('refuses what is not ours or cannot be read: %o', (over, words) => {
    expect(judge(over)).toMatchObject({ kind: 'refused', words: expect.stringContaining(words) })
  })

  it('refuses a sum that fails by one fen, with the sum in words', () => {
    expect(judge({ ownpayAmt: 18.6 })).toMatchObject({
      kind: 'identityFails',
      words: expect.stringContaining('相差'),
      settlement: { medOrgOrd: 'MZ1' },
    })
  })

  it('a part that 2.2 leaves out is nothing, not unknown', () => {
    const { amounts } = settlement({ outOfMIFee: undefined, prePaidDeduction: undefined, ownpayAmt: 18.59 }).statement
    expect(amounts).toMatchObject({ outOfCatalogueFen: 0, prepaidFen: 0 })
  })

  it('without a code means settled; a type that is none of ours is told by no name', () => {
    expect(settlement({ ordStas: undefined }).statement.ordStas).toBe('6')
    expect(settlement({ setlType: 'OTHER' }).statement.setlType).toBeNull()
  })
})

describe('the keys', () => {
  it('are the same for the same message in another spelling', () => {
    const wrapped = judgeSettlement(JSON.stringify({ code: 1, message: 'x', data: MESSAGE }), EXPECTED)
    expect(wrapped).toMatchObject({
      settlement: { dedupeKey: settlement().dedupeKey, moneyKey: settlement().moneyKey },
    })
  })

  it.each([{ medOrgOrd: 'MZ2' }, { payOrdId: 'ORD2' }, { hiDocSn: 'S2' }, { ordStas: '5' }])(
    '%o is another message',
    (over) => {
      expect(settlement(over).dedupeKey).not.toBe(settlement().dedupeKey)
      expect(settlement(over).moneyKey).toBe(settlement().moneyKey)
    },
  )

  it.each([
    { feeSumamt: 40.1, ownpayAmt: 18.6 },
    { fundPay: 21.51, ownpayAmt: 18.58 },
    { psnAcctPay: 0.01, ownpayAmt: 18.58 },
    { outOfMIFee: 1.01, ownpayAmt: 18.6 },
    { prePaidDeduction: 0.99, ownpayAmt: 18.6 },
    { setlType: 'HI' },
  ])('%o is the same message with other money', (over) => {
    expect(settlement(over).dedupeKey).toBe(settlement().dedupeKey)
    expect(settlement(over).moneyKey).not.toBe(settlement().moneyKey)
  })

  it('take no two lists of parts for one', () => {
    expect(messageKey('a', 'bc')).not.toBe(messageKey('ab', 'c'))
    expect(messageKey('a', 'b')).toMatch(/^[0-9a-f]{64}$/)
  })
})
