import type { Order } from '#shared/contract/orders.ts'
import type { ToneName } from '../../lib/sound/tones.ts'
import type { Sentence } from '../../lib/sound/voice.ts'
import type { CounterStep } from '../../ui/words/counter.ts'
import type { CounterData } from './counter-state.ts'

/** What of the counter can be heard: compared with how it was before, so that drawing it again sounds nothing. */
export interface Audible extends Pick<CounterData, 'medOrgOrd' | 'order' | 'token' | 'cue' | 'failure'> {
  readonly step: CounterStep
  /** The charge is on the screen; until then the step may still change with what is being read. */
  readonly isRead: boolean
}

export interface Sound {
  readonly tone: ToneName | null
  readonly sentence: Sentence | null
}

/** What one change of the counter sounds like. Pure. */
export function soundOf(before: Audible, now: Audible): Sound {
  return { tone: toneOf(before, now), sentence: sentenceOf(before, now) }
}

function toneOf(before: Audible, now: Audible): ToneName | null {
  if (now.failure !== null && now.failure !== before.failure) return 'error'
  if (before.medOrgOrd !== now.medOrgOrd) return null
  if (now.token !== null && now.token !== before.token) return 'scan'
  if (now.cue !== before.cue && now.cue?.tone === 'warning') return 'attention'
  // An order that was just opened is read, not happening.
  if (before.order === null || now.order === null) return null
  if (now.order.state === 'failed' && before.order.state !== 'failed') return 'error'
  return before.step === now.step ? null : STEP_TONES[now.step]
}

const STEP_TONES: Readonly<Record<CounterStep, ToneName | null>> = {
  choose: null,
  scan: null,
  confirm: null,
  uploading: null,
  revoking: null,
  paying: null,
  expired: 'attention',
  settled: 'success',
  half: 'attention',
  unknown: 'error',
  review: 'attention',
}

function sentenceOf(before: Audible, now: Audible): Sentence | null {
  const isSame = before.medOrgOrd === now.medOrgOrd
  if (now.step === 'scan' && now.isRead && !(isSame && before.isRead)) return { say: 'showVoucher' }
  if (!isSame || before.step === now.step || now.order === null) return null
  if (now.step === 'paying' && before.step === 'uploading') return toPay(now.order)
  return now.step === 'settled' && before.order !== null ? { say: 'paid' } : null
}

/** The own part where the centre has named it; before that only what the whole costs is known. */
function toPay({ amounts, totalFen }: Order): Sentence {
  return amounts.ownPayFen === null
    ? { say: 'total', amountFen: totalFen }
    : { say: 'pay', amountFen: amounts.ownPayFen }
}
