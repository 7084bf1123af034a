import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isTextField } from '../../lib/scanner/text-leak.ts'

export interface ScanReady {
  readonly ref: RefObject<HTMLDivElement | null>
  /** Nothing that an input method serves has focus: a scan arrives whole. */
  readonly isReady: boolean
  readonly makeReady: () => void
}

/** Keeps focus on a non-editable element of the counter: there at the start, and again whenever focus falls to nothing. */
export function useScanReady(): ScanReady {
  const ref = useRef<HTMLDivElement>(null)
  const [isReady, setIsReady] = useState(false)
  const makeReady = useCallback(() => ref.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    // Tab goes from the last thing of a page to the first by way of nothing: it must not be caught on the way.
    let isTabbing = false
    const onKeyDown = (event: KeyboardEvent) => {
      isTabbing = event.code === 'Tab'
    }
    const look = () => {
      if (document.activeElement === document.body && !isTabbing) makeReady()
      setIsReady(document.hasFocus() && !isTextField(document.activeElement))
    }
    // While focus is on its way from one element to the next, the body has it.
    const lookSoon = () => setTimeout(look, 0)
    makeReady()
    look()
    document.addEventListener('keydown', onKeyDown, { capture: true })
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', lookSoon)
    window.addEventListener('focus', lookSoon)
    window.addEventListener('blur', lookSoon)
    return () => {
      document.removeEventListener('keydown', onKeyDown, { capture: true })
      document.removeEventListener('focusin', look)
      document.removeEventListener('focusout', lookSoon)
      window.removeEventListener('focus', lookSoon)
      window.removeEventListener('blur', lookSoon)
    }
  }, [makeReady])
  return { ref, isReady, makeReady }
}
