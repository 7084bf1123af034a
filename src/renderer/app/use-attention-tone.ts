import { useEffect, useRef } from 'react'
import { useApp } from '../lib/feature-store.tsx'
import { playTone } from '../lib/sound/tones.ts'

/** A tone when there is more to look at than before; fewer, and what stood there at the start, sound nothing. */
export function useAttentionTone(): void {
  const count = useApp((state) => state.health?.attentionCount)
  const isWanted = useApp((state) => state.settings?.sound.attention === true)
  const before = useRef<number | undefined>(undefined)
  useEffect(() => {
    if (isWanted && count !== undefined && before.current !== undefined && count > before.current) playTone('attention')
    before.current = count
  }, [count, isWanted])
}
