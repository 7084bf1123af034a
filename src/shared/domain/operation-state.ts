import type { OperationState } from './order-view.ts'

/**
 * What can happen to an operation. `send`: the next step hands its bytes to the network. `abandon`: the process ended
 * before that. `lose`: it may have reached the centre and no answer proves what came of it. `prove`: an answer or a
 * callback did so later. `decide…`: a person did, with evidence of his own.
 */
export const OPERATION_EVENTS = [
  'send',
  'abandon',
  'succeed',
  'fail',
  'lose',
  'prove',
  'decideHappened',
  'decideDidNotHappen',
] as const
export type OperationEvent = (typeof OPERATION_EVENTS)[number]

/** Every step there is; what does not stand here cannot happen (money-safety.md, rules 1 to 3). */
const STEPS: Readonly<Record<OperationState, Readonly<Partial<Record<OperationEvent, OperationState>>>>> = {
  prepared: { send: 'sent', abandon: 'failed' },
  sent: { succeed: 'succeeded', fail: 'failed', lose: 'unknown' },
  unknown: { prove: 'resolved', decideHappened: 'resolved', decideDidNotHappen: 'failed' },
  succeeded: {},
  failed: {},
  resolved: {},
}

/** The state after this event; `undefined` where it cannot happen, which is a bug of the caller. Pure and total. */
export function nextOperationState(state: OperationState, event: OperationEvent): OperationState | undefined {
  return STEPS[state][event]
}
