import { useEffect, useRef } from 'react'
import { playTone } from '../../lib/sound/tones.ts'
import { speak } from '../../lib/sound/voice.ts'
import type { CounterStep } from '../../ui/words/counter.ts'
import { spokenWords } from '../../ui/words/sound.ts'
import { type Audible, soundOf } from './counter-sounds.ts'
import type { CounterData } from './counter-state.ts'

/** Lets the counter be heard: once for every change of it that has a sound. */
export function useCounterSounds(counter: CounterData, step: CounterStep): void {
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
