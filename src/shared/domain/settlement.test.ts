import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen } from './money.ts'
import { checkIdentity, identityInWords, identityVerdict, NO_AMOUNTS, type SettlementAmounts } from './settlement.ts'

/** The published example of 2.2: 40.09 + 0 = 21.50 + 0 + 17.59 + 1. */
const PUBLISHED: SettlementAmounts = {
  feeSumFen: fen(4009),
  outOfCatalogueFen: fen(0),
  fundFen: fen(2150),
  accountFen: fen(0),
  ownPayFen: fen(1759),
  prepaidFen: fen(100),
}

describe('the settlement identity', () => {
  test('holds for the published example of 2.2', () => {
    expect(checkIdentity(PUBLISHED)).toEqual({
      holds: true,
      complete: true,
      leftFen: 4009,
      rightFen: 4009,
      differenceFen: 0,
    })
    expect(identityInWords(PUBLISHED)).toBe(
      '费用总额40.09+目录外0.00=40.09，基金21.50+个账0.00+自费17.59+预交金1.00=40.09',
    )
  })

  test('without the optional parts nobody can say that it does not hold', () => {
    const untold = { ...PUBLISHED, prepaidFen: null }
    expect(identityVerdict(untold)).toBeNull()
    expect(identityVerdict(PUBLISHED)).toBe(true)
    expect(identityVerdict({ ...PUBLISHED, ownPayFen: fen(1758) })).toBe(false)
    expect(identityVerdict({ ...untold, ownPayFen: fen(1859) })).toBe(true)
  })

  test('one fen too little is found and named', () => {
    const short = { ...PUBLISHED, ownPayFen: fen(1758) }
    expect(checkIdentity(short)).toEqual({
      holds: false,
      complete: true,
      leftFen: 4009,
      rightFen: 4008,
      differenceFen: 1,
    })
    expect(identityInWords(short)).toMatch(/=40\.08，相差0\.01$/)
  })

  test('does not hold for the published example of 2.3 (Q16)', () => {
    const published = { feeSumFen: fen(3268), fundFen: fen(0), accountFen: fen(20223), ownPayFen: fen(0) }
    expect(checkIdentity({ ...NO_AMOUNTS, ...published })?.differenceFen).toBe(3268 - 20223)
  })

  test('the two optional amounts count as zero when nobody has told them', () => {
    expect(checkIdentity({ ...PUBLISHED, outOfCatalogueFen: null, prepaidFen: null })?.differenceFen).toBe(100)
  })

  test.each(['feeSumFen', 'fundFen', 'accountFen', 'ownPayFen'] as const)('cannot be judged without %s', (name) => {
    const incomplete = { ...PUBLISHED, [name]: null }
    expect(checkIdentity(incomplete)).toBeUndefined()
    expect(identityInWords(incomplete)).toBe('金额不全，无法核对')
  })

  test('holds exactly when the parts make the whole', () => {
    const part = fc.integer({ min: 0, max: 100_000_000 })
    fc.assert(
      fc.property(
        part,
        part,
        part,
        part,
        part,
        fc.integer({ min: -3, max: 3 }),
        (fund, account, own, pre, out, off) => {
          const check = checkIdentity({
            fundFen: fen(fund),
            accountFen: fen(account),
            ownPayFen: fen(own),
            prepaidFen: fen(pre),
            outOfCatalogueFen: fen(out),
            feeSumFen: fen(fund + account + own + pre - out + off),
          })
          return check?.holds === (off === 0) && check.differenceFen === off
        },
      ),
    )
  })
})
