import type { CounterStep } from '../../ui/words/counter.ts'

/** What each step of the payment card is drawn from, beside the counter's store. */
export interface StepProps {
  readonly step: CounterStep
  readonly nowMs: number
  readonly onNextPatient: () => void
}
