import { EventEmitter } from 'node:events'
import type { Session } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { WINDOW_URL } from './app-protocol.ts'
import { allowNamedScanners, isNamedDevice } from './scanner-devices.ts'

const NAMED = { vendorId: 0x0c2e, productId: 0x0b61, deviceId: 'named', portId: 'named' }
const OTHER = { vendorId: 0x046d, productId: 0xc52b, deviceId: 'other', portId: 'other' }
const OWN_ORIGIN = WINDOW_URL.replace(/\/[^/]*$/, '')

/** Electron's session: keeps the handlers and raises its events. */
class FakeSession extends EventEmitter {
  check: ((contents: null, permission: string, origin: string) => boolean) | undefined
  device: ((details: object) => boolean) | undefined
  readonly setPermissionCheckHandler = (handler: never) => {
    this.check = handler
  }
  readonly setDevicePermissionHandler = (handler: never) => {
    this.device = handler
  }
}

function guarded(usbDevices: readonly string[]) {
  const session = new FakeSession()
  // The fake has what the function uses.
  allowNamedScanners(session as unknown as Session, () => usbDevices)
  const chosen = (event: string, ...args: readonly unknown[]) => {
    const choose = vi.fn()
    const preventDefault = vi.fn()
    session.emit(event, { preventDefault }, ...args, choose)
    expect(preventDefault).toHaveBeenCalled()
    return choose.mock.calls[0]?.[0]
  }
  return { session, chosen }
}

describe('a scanner that the settings name', () => {
  test('may be opened by our own page', () => {
    const { session, chosen } = guarded(['0C2E:0B61'])
    expect(session.check?.(null, 'hid', OWN_ORIGIN)).toBe(true)
    expect(session.device?.({ deviceType: 'hid', device: NAMED, origin: OWN_ORIGIN })).toBe(true)
    expect(chosen('select-hid-device', { deviceList: [OTHER, NAMED] })).toBe('named')
    expect(chosen('select-serial-port', [OTHER, { ...NAMED, vendorId: '3118', productId: '2913' }], null)).toBe('named')
  })

  test('is the only thing that may: no other device, page or permission', () => {
    const { session, chosen } = guarded(['0c2e:0b61'])
    expect(session.device?.({ deviceType: 'hid', device: OTHER, origin: OWN_ORIGIN })).toBe(false)
    expect(session.device?.({ deviceType: 'usb', device: NAMED, origin: OWN_ORIGIN })).toBe(false)
    expect(session.device?.({ deviceType: 'hid', device: NAMED, origin: 'https://elsewhere.example' })).toBe(false)
    expect(session.check?.(null, 'hid', 'https://elsewhere.example')).toBe(false)
    expect(session.check?.(null, 'media', OWN_ORIGIN)).toBe(false)
    expect(chosen('select-hid-device', { deviceList: [OTHER] })).toBeNull()
    expect(chosen('select-serial-port', [OTHER], null)).toBe('')
  })

  test('and where none is named, nothing may', () => {
    const { session } = guarded([])
    expect(session.check?.(null, 'hid', OWN_ORIGIN)).toBe(false)
    expect(session.device?.({ deviceType: 'hid', device: NAMED, origin: OWN_ORIGIN })).toBe(false)
  })
})

describe('a serial port that was allowed before', () => {
  const allows = (device: object) => {
    const { session } = guarded(['0c2e:0b61'])
    return session.device?.({ deviceType: 'serial', device, origin: OWN_ORIGIN })
  }

  test('is known by what Electron tells of it there, which is another thing on each system', () => {
    expect(allows({ name: 'Scanner', vendor_id: 0x0c2e, product_id: 0x0b61, serial_number: '1' })).toBe(true)
    expect(allows({ name: 'Scanner', device_instance_id: 'USB\\VID_0C2E&PID_0B61\\1' })).toBe(true)
  })

  test('is not taken for a named one', () => {
    expect(allows({ name: 'Modem', vendor_id: 0x046d, product_id: 0x0b61, serial_number: '1' })).toBe(false)
    expect(allows({ name: 'Modem', device_instance_id: 'USB\\VID_046D&PID_0B61\\VID_0C2E' })).toBe(false)
    expect(allows({ name: 'COM1', device_instance_id: 'ACPI\\PNP0501\\1' })).toBe(false)
    expect(allows({ name: 'COM1', token: 'AAAA' })).toBe(false)
  })
})

test('a device without ids is no named one', () => {
  expect(isNamedDevice({}, ['0c2e:0b61'])).toBe(false)
})
