import { createDeviceScan } from './device-scan.ts'
import { inTurn } from './device-turns.ts'
import type { Hid, HidDevice, HidInputEvent } from './device-types.ts'
import { layoutOf, readScanReport, SCANNER_USAGE_PAGE } from './hid-report.ts'
import type { ScanOutcome } from './scan-outcome.ts'

export interface DeviceLinks {
  /** Names of what is connected now, with vendor and product as settings name them: `Scanner 0c2e:0b61`. */
  names(): readonly string[]
  /** Lets the person choose a device; needs a key or a click of theirs. False: none was chosen, or it cannot be opened. */
  ask(): Promise<boolean>
  stop(): void
}

/** `isLost`: the plug was pulled, or the device went away by itself. */
export type OnDeviceChange = (change: { readonly isLost: boolean }) => void

/** HID-POS scanners: opens those that were allowed before, and opens them again when they are plugged in. */
export function linkHidScanners(
  hid: Hid,
  onOutcome: (outcome: ScanOutcome) => void,
  onChange: OnDeviceChange,
): DeviceLinks {
  const open = new Map<HidDevice, () => void>()
  let isStopped = false
  const drop = (device: HidDevice) => {
    open.get(device)?.()
    if (open.delete(device)) onChange({ isLost: true })
  }
  const link = async (device: HidDevice): Promise<boolean> => {
    const isScanner = device.collections.some(({ usagePage }) => usagePage === SCANNER_USAGE_PAGE)
    if (!isScanner || isStopped || open.has(device)) return isScanner && !isStopped
    try {
      if (!device.opened) await device.open()
    } catch {
      // Another program has it, or the system does not let us: the page says that it cannot be opened.
      return false
    }
    open.set(device, listen(device, onOutcome))
    onChange({ isLost: false })
    return true
  }
  const linkInTurn = (device: HidDevice) => inTurn(device, () => link(device))
  const onConnect = ({ device }: { readonly device: HidDevice }) => void linkInTurn(device)
  const onDisconnect = ({ device }: { readonly device: HidDevice }) => drop(device)
  hid.addEventListener('connect', onConnect)
  hid.addEventListener('disconnect', onDisconnect)
  void hid.getDevices().then((devices) => Promise.all(devices.map(linkInTurn)))
  return {
    names: () =>
      [...open.keys()].map((device) => `${device.productName} ${usbName(device.vendorId, device.productId)}`),
    async ask() {
      try {
        const chosen = await hid.requestDevice({ filters: [{ usagePage: SCANNER_USAGE_PAGE }] })
        return (await Promise.all(chosen.map(linkInTurn))).some(Boolean)
      } catch {
        // The browser throws where the question may not be asked.
        return false
      }
    },
    stop() {
      isStopped = true
      hid.removeEventListener('connect', onConnect)
      hid.removeEventListener('disconnect', onDisconnect)
      for (const [device, unlisten] of open) {
        unlisten()
        void inTurn(device, () => device.close()).catch(() => undefined)
      }
      open.clear()
    },
  }
}

/** `0c2e:0b61`, as the settings name a device. */
export function usbName(vendorId: number, productId: number): string {
  return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':')
}

function listen(device: HidDevice, onOutcome: (outcome: ScanOutcome) => void): () => void {
  const layout = layoutOf(device.collections)
  const scan = createDeviceScan(onOutcome)
  const onReport = ({ reportId, data }: HidInputEvent) => {
    if (reportId !== layout.reportId) return
    const report = readScanReport(layout, data)
    scan.piece(report?.bytes)
    if (report?.isContinued !== true) scan.end()
  }
  device.addEventListener('inputreport', onReport)
  return () => device.removeEventListener('inputreport', onReport)
}
