import { addFen, type Fen, subtractFen } from '#shared/domain/money.ts'
import type { SetlType } from '#shared/domain/order-status.ts'
import { err, ok, type Result } from '#shared/domain/result.ts'
import { checkIdentity, identityInWords } from '#shared/domain/settlement.ts'
import { chargeToSplit } from './charge.ts'
import type { CentreOrder } from './orders.ts'
import { type Split, type SplitAmounts, splitCharge } from './settle.ts'

/** Amounts that a script wants, by their wire names. */
export interface WantedAmounts {
  readonly feeSumamt: Fen | undefined
  readonly outOfMIFee: Fen | undefined
  readonly fundPay: Fen | undefined
  readonly psnAcctPay: Fen | undefined
  readonly ownPayAmt: Fen | undefined
  readonly prePaidDeduction: Fen | undefined
}

/**
 * The split with what the script wants of it. A self-paid part that is not given is what is left, so one amount is
 * enough to ask for. The identity must hold: money that does not add up is the fault `badIdentity`, not a settlement.
 */
export function overrideSplit(
  order: CentreOrder,
  setlType: SetlType | undefined,
  wanted: WantedAmounts,
): Result<Split, string> {
  const natural = setlType === undefined ? order.split : splitCharge(chargeToSplit(order.charge), setlType)
  const isAsked = Object.values(wanted).some((amount) => amount !== undefined)
  if (!isAsked) return ok(natural)
  const amounts = withWanted(natural.amounts, wanted)
  if (Object.values(amounts).some((amount) => amount < 0)) return err('金额不能为负')
  if (checkIdentity(amounts)?.holds !== true) return err(identityInWords(amounts))
  return ok({ setlType: natural.setlType, amounts })
}

function withWanted(natural: SplitAmounts, wanted: WantedAmounts): SplitAmounts {
  const told = {
    feeSumFen: wanted.feeSumamt ?? natural.feeSumFen,
    outOfCatalogueFen: wanted.outOfMIFee ?? natural.outOfCatalogueFen,
    fundFen: wanted.fundPay ?? natural.fundFen,
    accountFen: wanted.psnAcctPay ?? natural.accountFen,
    prepaidFen: wanted.prePaidDeduction ?? natural.prepaidFen,
  }
  const left = subtractFen(
    addFen(told.feeSumFen, told.outOfCatalogueFen),
    addFen(told.fundFen, told.accountFen, told.prepaidFen),
  )
  return { ...told, ownPayFen: wanted.ownPayAmt ?? left }
}
