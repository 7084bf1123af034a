import { useEffect, useState } from 'react'
import type { KeyRefusal } from '../lib/key-registry.ts'
import { KEYMAP } from '../lib/keymap.ts'
import { useKeyRefusal } from '../lib/use-keymap.ts'
import styles from './layout.module.css'

const SHOWN_MS = 6000

/** A key that was pressed in vain says why, for a few seconds, in the band above, where it covers and moves nothing. */
export function KeyRefused() {
  const refusal = useKeyRefusal()
  const [over, setOver] = useState<KeyRefusal | null>(null)
  useEffect(() => {
    if (refusal === null) return
    const timer = setTimeout(() => setOver(refusal), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [refusal])
  const isShown = refusal !== null && refusal !== over
  return (
    <div className={styles.refused} role="status" data-testid="key-refused" data-shown={isShown}>
      {isShown && (
        <>
          <kbd>{KEYMAP[refusal.action].label}</kbd> {refusal.words}：{refusal.reason}
        </>
      )}
    </div>
  )
}
