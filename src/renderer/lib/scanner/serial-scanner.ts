import { createDeviceScan } from './device-scan.ts'
import type { Serial, SerialPort } from './device-types.ts'
import { type DeviceLinks, usbName } from './hid-scanner.ts'
import type { ScanOutcome } from './scan-outcome.ts'

/** A scanner without an ending character is over after so much silence, in ms. */
const SILENCE_MS = 100
/** Damaged reads in a row after which a port is left alone; each costs a new reader. */
const MOST_ERRORS = 100

/** Serial scanners: opens those that were allowed before, and opens them again when they are plugged in. */
export function linkSerialScanners(
  serial: Serial,
  baudRate: number,
  onOutcome: (outcome: ScanOutcome) => void,
  onChange: () => void,
): DeviceLinks {
  const open = new Map<SerialPort, AbortController>()
  const drop = (port: SerialPort) => {
    open.get(port)?.abort()
    if (open.delete(port)) onChange()
  }
  const link = async (port: SerialPort): Promise<boolean> => {
    if (open.has(port)) return true
    try {
      await port.open({ baudRate })
    } catch {
      // Another program has it: the page says that it cannot be opened.
      return false
    }
    const stop = new AbortController()
    open.set(port, stop)
    onChange()
    void readPort(port, stop.signal, onOutcome).finally(() => drop(port))
    return true
  }
  const onConnect = ({ target }: { readonly target: SerialPort }) => void link(target)
  const onDisconnect = ({ target }: { readonly target: SerialPort }) => drop(target)
  serial.addEventListener('connect', onConnect)
  serial.addEventListener('disconnect', onDisconnect)
  void serial.getPorts().then((ports) => Promise.all(ports.map(link)))
  return {
    names: () => [...open.keys()].map((port) => `串口 ${nameOf(port)}`),
    async ask() {
      try {
        return await link(await serial.requestPort())
      } catch {
        // The person chose none, or the question may not be asked.
        return false
      }
    },
    stop() {
      serial.removeEventListener('connect', onConnect)
      serial.removeEventListener('disconnect', onDisconnect)
      for (const stop of open.values()) stop.abort()
      open.clear()
    },
  }
}

function nameOf(port: SerialPort): string {
  const { usbVendorId, usbProductId } = port.getInfo()
  return usbVendorId === undefined ? '' : usbName(usbVendorId, usbProductId ?? 0)
}

/** Reads until the port is gone; a damaged byte ends one reader and the scan, not the port. */
async function readPort(
  port: SerialPort,
  signal: AbortSignal,
  onOutcome: (outcome: ScanOutcome) => void,
): Promise<void> {
  const lines = createSerialLines(onOutcome)
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

/** Bytes to scans: ended by carriage return or line feed, or by silence. */
export function createSerialLines(onOutcome: (outcome: ScanOutcome) => void) {
  const scan = createDeviceScan(onOutcome)
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    take(bytes: Uint8Array): void {
      clearTimeout(timer)
      for (const byte of bytes) {
        if (byte === 0x0d || byte === 0x0a) scan.end()
        else scan.piece(byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : undefined)
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
