import { useEffect, useRef } from 'react'
import { useNow } from '../../lib/feature-store.tsx'
import { playTone } from '../../lib/sound/tones.ts'
import { speak } from '../../lib/sound/voice.ts'
import { spokenWords } from '../../ui/words/sound.ts'
import { counterStep } from './counter-flow.ts'
import { type Audible, soundOf } from './counter-sounds.ts'
import { useCounter } from './use-counter.ts'

/** Lets the counter be heard, whichever screen is shown: a payment may end while another order is being looked up. */
export function useCounterSounds(): void {
  const counter = useCounter((state) => state)
  const step = counterStep(counter, useNow())
  const before = useRef<Audible | null>(null)
  useEffect(() => {
    const now: Audible = { ...counter, step, isRead: counter.charge.status === 'ready' }
    const sound = before.current === null ? null : soundOf(before.current, now)
    before.current = now
    if (sound === null) return
    if (sound.tone !== null) playTone(sound.tone)
    if (sound.sentence !== null) speak(spokenWords(sound.sentence))
  }, [counter, step])
}
