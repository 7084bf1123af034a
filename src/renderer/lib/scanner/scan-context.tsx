import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { attachScanner } from './attach-scanner.ts'
import type { Hid, Serial } from './device-types.ts'
import { type DeviceLinks, linkHidScanners, type OnDeviceChange } from './hid-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import type { ScannerProfile } from './scan-profile.ts'
import { linkSerialScanners } from './serial-scanner.ts'

type ScanHandler = (outcome: ScanOutcome) => void

/** Scanners that are reached without the keyboard; absent where the browser offers none. */
export interface LinkedScanners {
  readonly hid?: DeviceLinks
  readonly serial?: DeviceLinks
  /** Counts what was plugged in or out, so that a page which shows them draws anew. */
  readonly changes: number
  /** The last one that was connected has gone, and none has come since. */
  readonly isLost: boolean
}

interface ScanWorld {
  readonly handler: { current: ScanHandler | undefined }
  readonly linked: LinkedScanners
}

const NO_LINKS: LinkedScanners = { changes: 0, isLost: false }
const ScanContext = createContext<ScanWorld>({ handler: { current: undefined }, linked: NO_LINKS })

interface ScannerProviderProps {
  readonly profile: ScannerProfile
  readonly baudRate: number
  readonly children: ReactNode
}

/**
 * One scanner for the whole window, so that a scan presses no button on any screen. The screen shown takes the codes;
 * on a screen that takes none they have no effect.
 */
export function ScannerProvider({ profile, baudRate, children }: ScannerProviderProps) {
  const handler = useRef<ScanHandler | undefined>(undefined)
  const [linked, setLinked] = useState<LinkedScanners>(NO_LINKS)
  const { prefix, suffix, fastGapMs, letterCase } = profile
  useEffect(
    () => attachScanner({ prefix, suffix, fastGapMs, letterCase }, (outcome) => handler.current?.(outcome)),
    [prefix, suffix, fastGapMs, letterCase],
  )
  useEffect(() => {
    const take: ScanHandler = (outcome) => handler.current?.(outcome)
    const onChange: OnDeviceChange = ({ isLost }) =>
      setLinked((before) => ({ ...before, changes: before.changes + 1, isLost: isLost && !hasAny(before) }))
    // TypeScript does not know these two of the browser's.
    const { hid, serial } = navigator as Navigator & { hid?: Hid; serial?: Serial }
    const links = {
      ...(hid !== undefined && { hid: linkHidScanners(hid, take, onChange) }),
      ...(serial !== undefined && { serial: linkSerialScanners(serial, { baudRate, prefix, suffix }, take, onChange) }),
    }
    setLinked({ ...NO_LINKS, ...links })
    return () => {
      links.hid?.stop()
      links.serial?.stop()
    }
  }, [baudRate, prefix, suffix])
  return <ScanContext value={{ handler, linked }}>{children}</ScanContext>
}

function hasAny({ hid, serial }: LinkedScanners): boolean {
  return [hid, serial].some((links) => links !== undefined && links.names().length > 0)
}

/** Takes the scanner's codes while the component is shown. */
export function useScanHandler(onScan: ScanHandler): void {
  const { handler } = useContext(ScanContext)
  useEffect(() => {
    handler.current = onScan
    return () => {
      if (handler.current === onScan) handler.current = undefined
    }
  }, [handler, onScan])
}

export function useLinkedScanners(): LinkedScanners {
  return useContext(ScanContext).linked
}
