import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'
import { attachScanner } from './attach-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import type { ScannerProfile } from './scan-profile.ts'

type ScanHandler = (outcome: ScanOutcome) => void

const ScanContext = createContext<{ current: ScanHandler | undefined }>({ current: undefined })

/**
 * One scanner for the whole window, so that a scan presses no button on any screen. The screen shown takes the codes;
 * on a screen that takes none they have no effect.
 */
export function ScannerProvider({ profile, children }: { profile: ScannerProfile; children: ReactNode }) {
  const handler = useRef<ScanHandler | undefined>(undefined)
  const { prefix, suffix, fastGapMs, letterCase } = profile
  useEffect(
    () => attachScanner({ prefix, suffix, fastGapMs, letterCase }, (outcome) => handler.current?.(outcome)),
    [prefix, suffix, fastGapMs, letterCase],
  )
  return <ScanContext value={handler}>{children}</ScanContext>
}

/** Takes the scanner's codes while the component is shown. */
export function useScanHandler(onScan: ScanHandler): void {
  const context = useContext(ScanContext)
  useEffect(() => {
    context.current = onScan
    return () => {
      if (context.current === onScan) context.current = undefined
    }
  }, [context, onScan])
}
