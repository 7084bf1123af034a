import type { CounterStep } from '../../ui/words/counter.ts'
import type { TourStop } from '../../ui/words/tour.ts'

const STOPS: Readonly<Record<CounterStep, TourStop | null>> = {
  choose: 'choose',
  scan: 'scan',
  confirm: 'confirm',
  uploading: 'confirm',
  revoking: null,
  paying: 'pay',
  expired: 'pay',
  settled: 'settled',
  // What went wrong is told by the card itself; a tour on top of it would be in the way.
  half: null,
  unknown: null,
  review: null,
}

/** Where the tour stands: where the payment stands. After a payment it has nothing left to show. */
export function tourStop(step: CounterStep, hasSettled: boolean): TourStop | null {
  return step === 'choose' && hasSettled ? 'end' : STOPS[step]
}

/** What each stop points at, the first of these that is on the screen. */
export const STOP_TARGETS: Readonly<Record<TourStop, readonly string[]>> = {
  choose: ['charge-list'],
  scan: ['simulate-scan', 'scan-ready'],
  confirm: ['confirm-upload', 'say-to-patient'],
  pay: ['pay-qr'],
  settled: ['settled-card'],
  end: ['open-help'],
}
