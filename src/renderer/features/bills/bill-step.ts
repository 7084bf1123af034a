import type { Bill } from '#shared/contract/bills.ts'
import { lastValue, type Remote } from '../../lib/remote.ts'
import type { BillStep } from '../../ui/words/bills.ts'
import type { BillsState } from './bills-store.ts'

type OpenBill = Pick<Bill, 'billDate' | 'billType'> & { readonly comparison: Pick<Bill['comparison'], 'balances'> }

interface BillFacts extends Pick<BillsState, 'billDate' | 'billType' | 'downloading' | 'failure'> {
  readonly bill: Remote<OpenBill>
}

/** What comes next of a day's comparison. Pure. Another day than the open bill's is a new question. */
export function billStep({ bill, billDate, billType, downloading, failure }: BillFacts): BillStep {
  if (downloading) return 'downloading'
  if (billDate === '') return 'wrongDay'
  if (failure !== null) return 'failed'
  const open = lastValue(bill)
  if (open === undefined || open.billDate !== billDate || open.billType !== billType) return 'ask'
  return open.comparison.balances ? 'balances' : 'differs'
}
