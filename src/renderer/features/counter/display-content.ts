import { type DisplayContent, type DisplayStep, displayName, IDLE_DISPLAY } from '#shared/contract/display.ts'
import type { Order } from '#shared/contract/orders.ts'
import { NO_AMOUNTS } from '#shared/domain/settlement.ts'
import { lastValue } from '../../lib/remote.ts'
import type { CounterStep } from '../../ui/words/counter.ts'
import { payableUrl } from './cashier-url.ts'
import type { CounterData } from './counter-state.ts'

/** A result stays in sight so long; the next in the queue must not read it. */
const RESULT_FOR_MS = 60_000
/** An order that was sent longer ago is looked up by the desk: its patient does not stand there. */
const PRESENT_FOR_MS = 30 * 60_000

const STEPS: Readonly<Record<CounterStep, DisplayStep | null>> = {
  choose: null,
  scan: 'voucher',
  confirm: 'hold',
  uploading: 'hold',
  revoking: 'hold',
  paying: 'pay',
  expired: 'expired',
  settled: 'paid',
  half: 'partlyPaid',
  unknown: 'checking',
  review: 'checking',
}

/** What the patient may see of the counter now. Pure. */
export function displayContent(
  counter: Pick<CounterData, 'charge' | 'order'>,
  step: CounterStep,
  nowMs: number,
): DisplayContent {
  const { order } = counter
  const charge = lastValue(counter.charge)
  const patientName = charge?.patientName ?? order?.patientName
  const totalFen = order?.totalFen ?? charge?.totalFen
  const shown = STEPS[step]
  if (shown === null || patientName === undefined || totalFen === undefined) return IDLE_DISPLAY
  if (order !== null && !isPresent(order, step, nowMs)) return IDLE_DISPLAY
  const { fundFen, accountFen, ownPayFen, prepaidFen } = order?.amounts ?? NO_AMOUNTS
  const isForecast = (order?.amountsFrom ?? null) === null
  return {
    kind: 'payment',
    step: shown,
    shownName: displayName(patientName),
    split: { totalFen, fundFen, accountFen, ownPayFen, prepaidFen, isForecast },
    payCode: order !== null && step === 'paying' ? payCode(order, nowMs) : null,
  }
}

function isPresent(order: Order, step: CounterStep, nowMs: number): boolean {
  if (step === 'scan' || step === 'confirm') return true
  if (step === 'settled') return order.settledAtMs !== null && nowMs - order.settledAtMs < RESULT_FOR_MS
  // Refunds end here too; their patient is told by the cashier.
  if (step === 'review' && order.attention === undefined) return false
  return nowMs - (order.uploadedAtMs ?? order.createdAtMs) < PRESENT_FOR_MS
}

function payCode({ cashierUrl, uploadedAtMs, payUntilMs }: Order, nowMs: number) {
  const url = payableUrl(cashierUrl)
  return url === null ? null : { url, fromMs: uploadedAtMs ?? nowMs, untilMs: payUntilMs }
}
