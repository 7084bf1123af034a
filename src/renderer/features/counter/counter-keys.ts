import type { Order } from '#shared/contract/orders.ts'
import { noReceipt, noRefund, notLegal } from '../../ui/order-words.ts'
import { type CounterStep, STEP_WORDS } from '../../ui/words/counter.ts'
import { KEY_OFF_WORDS } from '../../ui/words/keys.ts'
import { CUE_WORDS } from '../../ui/words/scan.ts'
import type { CounterFacts } from './counter-flow.ts'

/** Why a key of the counter does nothing now; `null` where it acts. */
export interface CounterKeysOff {
  readonly upload: string | null
  readonly revoke: string | null
  readonly query: string | null
  readonly refund: string | null
  readonly print: string | null
  readonly back: string | null
}

/** Pure: from what the main process says may be done, and from what is under way. `block`: nothing may be sent now. */
export function counterKeysOff(
  facts: CounterFacts & { readonly askingRevoke: boolean },
  step: CounterStep,
  block: string | null,
): CounterKeysOff {
  const { order, busy } = facts
  const isBusy = busy === null ? null : KEY_OFF_WORDS.busy
  const noOrder = facts.medOrgOrd === null ? KEY_OFF_WORDS.noPatient : isBusy
  return {
    upload: noOrder ?? noUpload(facts, step, block),
    revoke: noOrder ?? (order === null ? KEY_OFF_WORDS.notUploaded : (notLegal('revoke', order) ?? block)),
    query: noOrder ?? (order?.may.query === true ? null : KEY_OFF_WORDS.notUploaded),
    refund: noOrder ?? (order === null ? KEY_OFF_WORDS.notUploaded : noRefund(order)),
    print: noOrder ?? noPrint(order, step),
    back: facts.askingRevoke ? null : (noOrder ?? noBack(facts, step)),
  }
}

function noUpload({ order }: CounterFacts, step: CounterStep, block: string | null): string | null {
  const reason = order === null ? null : notLegal('upload', order)
  if (reason !== null) return reason
  // Before an upload the step is `confirm` just as long as a code is held.
  if (step !== 'confirm') return CUE_WORDS.nothingScanned
  return block
}

function noPrint(order: Order | null, step: CounterStep): string | null {
  if (order === null) return KEY_OFF_WORDS.notUploaded
  return noReceipt(order) ?? (step === 'settled' ? null : STEP_WORDS[step].title)
}

/** A payment that is under way is not left by a key. */
function noBack({ order, token }: CounterFacts, step: CounterStep): string | null {
  const mayLeave = order === null || order.may.upload || token !== null || step === 'settled' || step === 'review'
  return mayLeave ? null : KEY_OFF_WORDS.paymentOpen
}
