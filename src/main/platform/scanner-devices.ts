import type { Session } from 'electron'
import { isOwnPage } from './app-protocol.ts'

/** USB ids as Electron hands them: numbers for HID, decimal text for serial ports. */
interface UsbIds {
  readonly vendorId?: number | string | undefined
  readonly productId?: number | string | undefined
}

/**
 * HID-POS and serial scanners: our own page may open the devices that the settings name (`0c2e:0b61`), and none other.
 * Nobody is asked: the first named device is the one. Set after `denyPermissions`, which it replaces for these two.
 */
export function allowNamedScanners(session: Session, usbDevices: () => readonly string[]): void {
  const isNamed = (device: UsbIds) => isNamedDevice(device, usbDevices())
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
export function isNamedDevice({ vendorId, productId }: UsbIds, named: readonly string[]): boolean {
  const [vendor, product] = [Number(vendorId ?? Number.NaN), Number(productId ?? Number.NaN)]
  return named.some((name) => {
    const [namedVendor = '', namedProduct = ''] = name.split(':')
    return Number.parseInt(namedVendor, 16) === vendor && Number.parseInt(namedProduct, 16) === product
  })
}
