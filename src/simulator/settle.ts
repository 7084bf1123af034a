import { addFen, type Fen, fen, subtractFen, ZERO_FEN } from '#shared/domain/money.ts'
import type { SetlType } from '#shared/domain/order-status.ts'

/** What the centre needs of a charge to divide it. All amounts in fen, none negative. */
export interface ChargeToSplit {
  readonly medOrgOrd: string
  /** Inside the insurance catalogue (medfeeSumamt). */
  readonly feeSumFen: Fen
  readonly outOfCatalogueFen: Fen
  /** Prepaid money that may be used up. */
  readonly prepaidBalanceFen: Fen
  /** Whether the insured person has a personal account that may be used. */
  readonly accountUsable: boolean
}

export interface SplitAmounts {
  readonly feeSumFen: Fen
  readonly outOfCatalogueFen: Fen
  readonly fundFen: Fen
  readonly accountFen: Fen
  readonly ownPayFen: Fen
  readonly prepaidFen: Fen
}

export interface Split {
  readonly setlType: SetlType
  readonly amounts: SplitAmounts
}

/**
 * Divides a charge as a pre-settlement would. The rates come from the order number, so the same charge always gives
 * the same amounts; the self-paid part is what is left, so the identity of 2.2 holds to the fen whatever the rates.
 * A wanted settlement type overrides the natural one: CASH leaves insurance out; HI leaves the self-paid part to be
 * taken elsewhere (quirk Q14).
 */
export function splitCharge(charge: ChargeToSplit, wanted?: SetlType): Split {
  const insured = wanted !== 'CASH'
  const rate = ratesOf(charge.medOrgOrd)
  const fundFen = insured ? percentOf(charge.feeSumFen, rate.fundPercent) : ZERO_FEN
  const coveredLeft = subtractFen(charge.feeSumFen, fundFen)
  const accountFen = insured && charge.accountUsable ? percentOf(coveredLeft, rate.accountPercent) : ZERO_FEN
  const left = subtractFen(addFen(coveredLeft, charge.outOfCatalogueFen), accountFen)
  const prepaidFen = fen(Math.min(charge.prepaidBalanceFen, left))
  const amounts: SplitAmounts = {
    feeSumFen: charge.feeSumFen,
    outOfCatalogueFen: charge.outOfCatalogueFen,
    fundFen,
    accountFen,
    ownPayFen: subtractFen(left, prepaidFen),
    prepaidFen,
  }
  return { setlType: wanted ?? naturalType(amounts), amounts }
}

/** Nothing covered is cash only; nothing left to pay is insurance only. */
function naturalType(amounts: SplitAmounts): SetlType {
  if (addFen(amounts.fundFen, amounts.accountFen) === 0) return 'CASH'
  return amounts.ownPayFen === 0 ? 'HI' : 'ALL'
}

function ratesOf(medOrgOrd: string): { readonly fundPercent: number; readonly accountPercent: number } {
  let hash = 7
  for (const character of medOrgOrd) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return { fundPercent: 50 + (hash % 31), accountPercent: 20 + (hash % 41) }
}

/** Whole fen, rounded down; through BigInt, because fen × percent may leave the exact range of a float. */
function percentOf(amount: Fen, percent: number): Fen {
  return fen(Number((BigInt(amount) * BigInt(percent)) / 100n))
}
