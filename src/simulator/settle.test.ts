import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fen } from '#shared/domain/money.ts'
import { checkIdentity } from '#shared/domain/settlement.ts'
import { type ChargeToSplit, splitCharge } from './settle.ts'

const amount = (most: number) => fc.integer({ min: 0, max: most }).map(fen)
const charge: fc.Arbitrary<ChargeToSplit> = fc.record({
  medOrgOrd: fc.string({ minLength: 1, maxLength: 30 }),
  feeSumFen: amount(2 ** 50),
  outOfCatalogueFen: amount(2 ** 49),
  prepaidBalanceFen: amount(2 ** 49),
  accountUsable: fc.boolean(),
})
const setlType = fc.constantFrom(undefined, 'ALL' as const, 'CASH' as const, 'HI' as const)

const example: ChargeToSplit = {
  medOrgOrd: 'P32165835646',
  feeSumFen: fen(4012),
  outOfCatalogueFen: fen(2050),
  prepaidBalanceFen: fen(0),
  accountUsable: true,
}

describe('splitting a charge', () => {
  it('satisfies the identity with no negative part, for any charge and settlement type', () => {
    fc.assert(
      fc.property(charge, setlType, (any, type) => {
        const { amounts } = splitCharge(any, type)
        expect(checkIdentity(amounts)?.holds).toBe(true)
        expect(Object.values(amounts).every((part) => part >= 0)).toBe(true)
        expect(amounts.prepaidFen).toBeLessThanOrEqual(any.prepaidBalanceFen)
      }),
    )
  })

  it('gives the same amounts for the same charge', () => {
    expect(splitCharge(example)).toEqual(splitCharge({ ...example }))
  })

  it('divides an ordinary charge between fund, account and self-pay', () => {
    const { setlType: type, amounts } = splitCharge(example)
    expect(type).toBe('ALL')
    expect(Math.min(amounts.fundFen, amounts.accountFen, amounts.ownPayFen)).toBeGreaterThan(0)
  })

  it('is cash only where nothing is inside the catalogue', () => {
    const { setlType: type, amounts } = splitCharge({ ...example, feeSumFen: fen(0) })
    expect([type, amounts.ownPayFen]).toEqual(['CASH', 2050])
  })

  it('is insurance only where prepaid money covers the rest', () => {
    const { setlType: type, amounts } = splitCharge({ ...example, prepaidBalanceFen: fen(10_000) })
    expect([type, amounts.ownPayFen]).toEqual(['HI', 0])
    expect(amounts.prepaidFen).toBeGreaterThan(0)
  })

  it('leaves insurance out of a payment that is wanted as cash', () => {
    const { amounts } = splitCharge(example, 'CASH')
    expect([amounts.fundFen, amounts.accountFen, amounts.ownPayFen]).toEqual([0, 0, 6062])
  })

  it('leaves the account alone where there is none', () => {
    expect(splitCharge({ ...example, accountUsable: false }).amounts.accountFen).toBe(0)
  })
})
