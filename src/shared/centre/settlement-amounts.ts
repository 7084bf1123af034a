import type { Fen } from '../domain/money.ts'
import type { SettlementAmounts } from '../domain/settlement.ts'

/** The amounts as 1.3, 2.2 and 2.3 name them; the last two stand in 2.2 only. */
export interface WireAmounts {
  readonly feeSumamt: Fen
  readonly fundPay: Fen
  readonly psnAcctPay: Fen
  readonly ownPayAmt: Fen
  readonly outOfMIFee?: Fen | undefined
  readonly prePaidDeduction?: Fen | undefined
}

/** The one place where the wire's names become ours. A part that was not told is `null`, which is not zero. */
export function toSettlementAmounts(wire: WireAmounts): SettlementAmounts {
  return {
    feeSumFen: wire.feeSumamt,
    fundFen: wire.fundPay,
    accountFen: wire.psnAcctPay,
    ownPayFen: wire.ownPayAmt,
    outOfCatalogueFen: wire.outOfMIFee ?? null,
    prepaidFen: wire.prePaidDeduction ?? null,
  }
}
