import { createDeviceScan } from './device-scan.ts'
import { inTurn } from './device-turns.ts'
import type { Serial, SerialPort } from './device-types.ts'
import { type DeviceLinks, type OnDeviceChange, usbName } from './hid-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'
import type { ScannerProfile } from './scan-profile.ts'

/** A scanner without an ending character is over after so much silence, in ms. */
const SILENCE_MS = 100
/** Damaged reads in a row after which a port is left alone; each costs a new reader. */
const MOST_ERRORS = 100

/** As the settings have it. */
export interface SerialProfile {
  /** Bits a second. */
  readonly baudRate: number
  readonly prefix: string
  readonly suffix: ScannerProfile['suffix']
}

/** Serial scanners: opens those that were allowed before, and opens them again when they are plugged in. */
export function linkSerialScanners(
  serial: Serial,
  profile: SerialProfile,
  onOutcome: (outcome: ScanOutcome) => void,
  onChange: OnDeviceChange,
): DeviceLinks {
  const open = new Map<SerialPort, { readonly stop: AbortController; readonly read: Promise<void> }>()
  let isStopped = false
  const drop = (port: SerialPort) => {
    open.get(port)?.stop.abort()
    if (open.delete(port)) onChange({ isLost: true })
  }
  const link = async (port: SerialPort): Promise<boolean> => {
    if (isStopped || open.has(port)) return !isStopped
    try {
      await port.open({ baudRate: profile.baudRate })
    } catch {
      // Another program has it: the page says that it cannot be opened.
      return false
    }
    const stop = new AbortController()
    const read = readPort(port, stop.signal, createSerialLines(onOutcome, profile)).finally(() => drop(port))
    open.set(port, { stop, read })
    onChange({ isLost: false })
    return true
  }
  const linkInTurn = (port: SerialPort) => inTurn(port, () => link(port))
  const onConnect = ({ target }: { readonly target: SerialPort }) => void linkInTurn(target)
  const onDisconnect = ({ target }: { readonly target: SerialPort }) => drop(target)
  serial.addEventListener('connect', onConnect)
  serial.addEventListener('disconnect', onDisconnect)
  void serial.getPorts().then((ports) => Promise.all(ports.map(linkInTurn)))
  return {
    names: () => [...open.keys()].map((port) => `串口 ${nameOf(port)}`),
    async ask() {
      try {
        return await linkInTurn(await serial.requestPort())
      } catch {
        // The person chose none, or the question may not be asked.
        return false
      }
    },
    stop() {
      isStopped = true
      serial.removeEventListener('connect', onConnect)
      serial.removeEventListener('disconnect', onDisconnect)
      for (const [port, { stop, read }] of open) {
        stop.abort()
        // Whoever opens it next waits until it is closed.
        void inTurn(port, () => read)
      }
      open.clear()
    },
  }
}

function nameOf(port: SerialPort): string {
  const { usbVendorId, usbProductId } = port.getInfo()
  return usbVendorId === undefined ? '' : usbName(usbVendorId, usbProductId ?? 0)
}

/** Reads until the port is gone; a damaged byte ends one reader and the scan, not the port. */
async function readPort(port: SerialPort, signal: AbortSignal, lines: SerialLines): Promise<void> {
  for (let errors = 0; port.readable !== null && !signal.aborted && errors < MOST_ERRORS; errors += 1) {
    const reader = port.readable.getReader()
    const cancel = () => void reader.cancel().catch(() => undefined)
    signal.addEventListener('abort', cancel)
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) lines.take(read.value)
    } catch {
      // Framing or parity, or the plug was pulled: what came of the scan is not used.
      lines.damaged()
    } finally {
      signal.removeEventListener('abort', cancel)
      reader.releaseLock()
    }
  }
  await port.close().catch(() => undefined)
}

const STX = 0x02
const ETX = 0x03
const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export type SerialLines = ReturnType<typeof createSerialLines>

/**
 * Bytes to scans: ended by carriage return, line feed, ETX, Tab where that is the suffix, or by silence. STX begins one,
 * whatever came before it.
 */
export function createSerialLines(
  onOutcome: (outcome: ScanOutcome) => void,
  { prefix, suffix }: Pick<SerialProfile, 'prefix' | 'suffix'>,
) {
  const scan = createDeviceScan(onOutcome, { prefix })
  const endings = new Set([LINE_FEED, CARRIAGE_RETURN, ETX, ...(suffix === 'Tab' ? [TAB] : [])])
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    take(bytes: Uint8Array): void {
      clearTimeout(timer)
      for (const byte of bytes) {
        if (byte === STX) scan.forget()
        else if (endings.has(byte)) scan.end()
        else scan.piece([byte])
      }
      timer = setTimeout(scan.end, SILENCE_MS)
    },
    damaged(): void {
      clearTimeout(timer)
      scan.piece(undefined)
      scan.end()
    },
  }
}
