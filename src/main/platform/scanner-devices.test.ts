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

test('a device without ids is no named one', () => {
  expect(isNamedDevice({}, ['0c2e:0b61'])).toBe(false)
})
