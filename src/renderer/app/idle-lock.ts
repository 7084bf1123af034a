import { useEffect } from 'react'
import { useApp, useAppStore } from '../lib/feature-store.tsx'

const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Locks the window when nobody has touched it for as long as the settings say; 0 minutes: never. */
export function useIdleLock(): void {
  const app = useAppStore()
  const minutes = useApp((state) => state.settings?.desk.lockAfterMinutes ?? 0)
  useEffect(() => {
    if (minutes === 0) return
    let timer: ReturnType<typeof setTimeout>
    const wait = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void app.lockWindow(), minutes * 60_000)
    }
    wait()
    for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, wait, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, wait, { capture: true })
    }
  }, [app, minutes])
}
