import { z } from 'zod'
import { addFen, type Fen, fenSchema, formatYuan, subtractFen, ZERO_FEN } from './money.ts'

/**
 * Amounts of one settlement. `null` means "not told yet", which differs from zero: 1.3 names neither the amount
 * outside the catalogue nor the prepaid deduction.
 */
export const settlementAmountsSchema = z.object({
  feeSumFen: fenSchema.nullable(),
  fundFen: fenSchema.nullable(),
  accountFen: fenSchema.nullable(),
  ownPayFen: fenSchema.nullable(),
  outOfCatalogueFen: fenSchema.nullable(),
  prepaidFen: fenSchema.nullable(),
})
export type SettlementAmounts = z.infer<typeof settlementAmountsSchema>

export const NO_AMOUNTS: SettlementAmounts = {
  feeSumFen: null,
  fundFen: null,
  accountFen: null,
  ownPayFen: null,
  outOfCatalogueFen: null,
  prepaidFen: null,
}

export interface IdentityCheck {
  readonly holds: boolean
  /** Both optional parts were told. An incomplete one that does not hold may only lack a part (1.3 tells neither). */
  readonly complete: boolean
  /** feeSumamt + outOfMIFee */
  readonly leftFen: Fen
  /** fundPay + psnAcctPay + ownpayAmt + prePaidDeduction */
  readonly rightFen: Fen
  /** left − right; zero when it holds. */
  readonly differenceFen: Fen
}

/**
 * The settlement identity of interface 2.2: `feeSumamt + outOfMIFee = fundPay + psnAcctPay + ownpayAmt +
 * prePaidDeduction`, in whole fen. `undefined` while one of the four required amounts is not known; the two optional
 * ones count as zero when nobody has told them.
 */
export function checkIdentity(amounts: SettlementAmounts): IdentityCheck | undefined {
  const { feeSumFen, fundFen, accountFen, ownPayFen } = amounts
  if (feeSumFen === null || fundFen === null || accountFen === null || ownPayFen === null) return undefined
  const leftFen = addFen(feeSumFen, amounts.outOfCatalogueFen ?? ZERO_FEN)
  const rightFen = addFen(fundFen, accountFen, ownPayFen, amounts.prepaidFen ?? ZERO_FEN)
  const differenceFen = subtractFen(leftFen, rightFen)
  const complete = amounts.outOfCatalogueFen !== null && amounts.prepaidFen !== null
  return { holds: differenceFen === 0, complete, leftFen, rightFen, differenceFen }
}

/** The identity as one line in words, for the callback's answer and the desk: names both sums and the difference. */
export function identityInWords(amounts: SettlementAmounts): string {
  const check = checkIdentity(amounts)
  if (check === undefined) return '金额不全，无法核对'
  const part = (amount: Fen | null) => formatYuan(amount ?? ZERO_FEN)
  const left = `费用总额${part(amounts.feeSumFen)}+目录外${part(amounts.outOfCatalogueFen)}=${formatYuan(check.leftFen)}`
  const right =
    `基金${part(amounts.fundFen)}+个账${part(amounts.accountFen)}+自费${part(amounts.ownPayFen)}` +
    `+预交金${part(amounts.prepaidFen)}=${formatYuan(check.rightFen)}`
  return check.holds ? `${left}，${right}` : `${left}，${right}，相差${formatYuan(check.differenceFen)}`
}

/** Whether a settlement adds up, for people: `null` while what was told is not enough to say no. */
export function identityVerdict(amounts: SettlementAmounts): boolean | null {
  const check = checkIdentity(amounts)
  if (check === undefined) return null
  return check.holds || (check.complete ? false : null)
}
