import { useNow } from '../../lib/feature-store.tsx'
import { counterStep } from './counter-flow.ts'
import { displayContent } from './display-content.ts'
import { useCounter } from './use-counter.ts'
import { useCounterSounds } from './use-counter-sounds.ts'
import { useDisplay } from './use-display.ts'

/**
 * What follows the counter whichever screen is shown, because a payment may end while another order is looked up: its
 * sounds, and the patient's display. Draws nothing; a component of its own so that its clock redraws nothing else.
 */
export function CounterFollowers() {
  const counter = useCounter((state) => state)
  const nowMs = useNow()
  const step = counterStep(counter, nowMs)
  useCounterSounds(counter, step)
  useDisplay(displayContent(counter, step, nowMs))
  return null
}
