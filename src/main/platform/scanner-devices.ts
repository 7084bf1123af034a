import type { Session } from 'electron'
import { z } from 'zod'
import { isOwnPage } from './app-protocol.ts'

/**
 * USB ids as Electron hands them: numbers for HID; for a serial port decimal text when it is to be chosen, and when it
 * was allowed before numbers under other names, or on Windows nothing but the device's path (`USB\VID_0C2E&PID_0B61\…`).
 */
const deviceSchema = z.object({
  vendorId: z.coerce.number().optional(),
  productId: z.coerce.number().optional(),
  vendor_id: z.number().optional(),
  product_id: z.number().optional(),
  device_instance_id: z.string().optional(),
})

/**
 * HID-POS and serial scanners: our own page may open the devices that the settings name (`0c2e:0b61`), and none other.
 * Nobody is asked: the first named device is the one. Set after `denyPermissions`, which it replaces for these two.
 */
export function allowNamedScanners(session: Session, usbDevices: () => readonly string[]): void {
  const isNamed = (device: unknown) => isNamedDevice(device, usbDevices())
  session.setPermissionCheckHandler((contents, permission, origin) => {
    const isScanner = permission === 'hid' || permission === 'serial'
    return isScanner && usbDevices().length > 0 && isOwnPage(contents?.getURL() ?? `${origin}/`)
  })
  session.setDevicePermissionHandler(({ deviceType, device, origin }) => {
    const isScanner = deviceType === 'hid' || deviceType === 'serial'
    return isScanner && isOwnPage(`${origin}/`) && isNamed(device)
  })
  session.on('select-hid-device', (event, { deviceList }, choose) => {
    event.preventDefault()
    choose(deviceList.find(isNamed)?.deviceId ?? null)
  })
  session.on('select-serial-port', (event, ports, _contents, choose) => {
    event.preventDefault()
    choose(ports.find(isNamed)?.portId ?? '')
  })
}

/** @param named vendor and product in hexadecimal, as the settings hold them. */
export function isNamedDevice(device: unknown, named: readonly string[]): boolean {
  const ids = usbIdsOf(device)
  return ids !== undefined && named.some((name) => name.toLowerCase() === ids)
}

/** `0c2e:0b61`; `undefined` for what has no USB ids. */
function usbIdsOf(device: unknown): string | undefined {
  const read = deviceSchema.safeParse(device)
  if (!read.success) return undefined
  const { vendorId, productId, vendor_id, product_id, device_instance_id = '' } = read.data
  const [, vendor, product] = /VID_([0-9a-f]{4})&PID_([0-9a-f]{4})/i.exec(device_instance_id) ?? []
  if (vendor !== undefined) return `${vendor}:${product}`.toLowerCase()
  const ids = [vendorId ?? vendor_id, productId ?? product_id]
  if (ids.some((id) => id === undefined)) return undefined
  return ids.map((id) => (id ?? 0).toString(16).padStart(4, '0')).join(':')
}
